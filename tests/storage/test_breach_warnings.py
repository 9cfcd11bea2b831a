"""Warnings come back as they were saved, each field with a value of its own; and are found by what is asked."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from storage.store import Store
from tests.fakes.organisation import objective, organise

NOON = datetime(2026, 11, 23, 12, 0, 30, 250_000, tzinfo=UTC)
HOUR = timedelta(hours=1)
EPISODE = Episode(
    objective="checkout",
    kind=WarningKind.FORECAST,
    severity=Severity.PAGE,
    began_at=NOON - 3 * HOUR,
    opened_at=NOON - 2 * HOUR,
    resolved_at=NOON - HOUR,
    breached_at=NOON - timedelta(minutes=90),
    reopened=2,
    probability=0.1 + 0.2,
    window_end=NOON + timedelta(days=7),
    below_since=NOON - timedelta(minutes=100),
)
OPEN = Episode("search", WarningKind.FORECAST, Severity.TICKET, NOON - HOUR, NOON - HOUR)
WARNING = BreachWarning(
    number=42,
    kind=WarningKind.FORECAST,
    team="payments",
    channel="#payments",
    service="shop",
    opened_at=NOON - 2 * HOUR,
    episodes=(EPISODE, OPEN),
    said_at=NOON - timedelta(minutes=119),
    drawn_at=NOON - timedelta(minutes=5),
    acknowledged_by="U0ANA",
    acknowledged_at=NOON - timedelta(minutes=110),
    snoozed_by="U0BEN",
    snoozed_until=NOON + HOUR,
    urgent_at=NOON - timedelta(minutes=115),
    reminded=2,
)


@pytest.fixture
def store(store: Store) -> Store:
    """Three objectives, on both databases in turn."""
    organise(store, [], [objective(name, None) for name in ("checkout", "search", "mail")])
    return store


def burning(name: str, since: datetime, until: datetime | None = None) -> Episode:
    return Episode(name, WarningKind.BURN, Severity.PAGE, since, since, until)


def of(number: int, *episodes: Episode) -> BreachWarning:
    return BreachWarning(
        number, WarningKind.BURN, None, "", "shop", min(one.began_at for one in episodes), episodes
    )


def save(store: Store, *warnings: BreachWarning) -> None:
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        for one in warnings:
            tx.breach_warnings.save(one)


def test_every_field_of_the_examples_differs_from_its_default() -> None:
    for example in (WARNING, EPISODE):
        for field in fields(example):
            assert getattr(example, field.name) != field.default


def test_a_warning_comes_back_as_it_was_saved(store: Store) -> None:
    plain = of(43, burning("mail", NOON))
    save(store, WARNING, plain)
    with store.read() as tx:
        assert tx.breach_warnings.by_number(42) == WARNING
        assert tx.breach_warnings.by_number(43) == plain
        assert tx.breach_warnings.by_number(44) is None
        assert tx.breach_warnings.open() == [WARNING, plain]
        assert tx.breach_warnings.next_number() == 44


def test_a_warning_is_replaced_with_all_its_episodes(store: Store) -> None:
    save(store, WARNING)
    changed = replace(
        WARNING.hand_back(),
        episodes=(replace(EPISODE, resolved_at=None), burning("mail", NOON)),
        snoozed_by=None,
        snoozed_until=None,
    )
    save(store, changed)
    with store.read() as tx:
        assert tx.breach_warnings.open() == [changed]


def test_episodes_are_in_the_order_of_their_beginning(store: Store) -> None:
    first, second, third = burning("search", NOON - HOUR), burning("checkout", NOON), burning("mail", NOON)
    save(store, of(1, third, first, second))
    with store.read() as tx:
        assert tx.breach_warnings.open()[0].episodes == (first, second, third)


def test_which_are_open_and_which_were(store: Store) -> None:
    still, over = of(1, burning("checkout", NOON - 9 * HOUR)), of(2, burning("search", NOON - 2 * HOUR, NOON))
    old = of(3, burning("mail", NOON - 9 * HOUR, NOON - 8 * HOUR))
    save(store, still, over, old)
    with store.read() as tx:
        assert tx.breach_warnings.open() == [still]
        assert tx.breach_warnings.since(NOON) == [still, over]
        assert tx.breach_warnings.since(NOON + HOUR) == [still]
        assert tx.breach_warnings.since(NOON - 8 * HOUR) == [still, over, old]
        assert tx.breach_warnings.since(NOON - 8 * HOUR, until=NOON - 2 * HOUR) == [still, old]
        assert tx.breach_warnings.of(["search", "nothing"], since=NOON) == [over]
        assert tx.breach_warnings.of(["mail"], since=NOON) == []


def test_an_objective_is_warned_from_the_opening_of_its_episode_to_before_its_end(store: Store) -> None:
    save(store, of(1, burning("checkout", NOON - HOUR, NOON), burning("search", NOON)))
    with store.read() as tx:
        ids = tx.objectives.ids()
        assert tx.breach_warnings.warned(at=NOON - HOUR - timedelta(seconds=1)) == set()
        assert tx.breach_warnings.warned(at=NOON - HOUR) == {ids["checkout"]}
        assert tx.breach_warnings.warned(at=NOON) == {ids["search"]}


def test_the_newest_episode_of_each_objective(store: Store) -> None:
    newer = burning("checkout", NOON)
    save(
        store,
        of(1, burning("checkout", NOON - 9 * HOUR, NOON - 8 * HOUR), burning("mail", NOON - 9 * HOUR, NOON)),
        of(2, newer),
        WARNING,
    )
    with store.read() as tx:
        assert tx.breach_warnings.episodes(WarningKind.BURN, since=NOON + HOUR) == {"checkout": newer}
        assert set(tx.breach_warnings.episodes(WarningKind.BURN, since=NOON)) == {"checkout", "mail"}
        assert tx.breach_warnings.episodes(WarningKind.FORECAST, since=NOON) == {"search": OPEN}
        assert tx.breach_warnings.episodes(WarningKind.SILENT, since=NOON) == {}


def test_episodes_that_were_opened_in_a_span(store: Store) -> None:
    first, second = burning("mail", NOON), burning("checkout", NOON + HOUR)
    save(store, of(1, second, first), WARNING)
    with store.read() as tx:
        warnings = tx.breach_warnings
        assert warnings.episodes_between(NOON, NOON + 2 * HOUR, [WarningKind.BURN]) == [first, second]
        assert warnings.episodes_between(NOON, NOON + HOUR, [WarningKind.BURN]) == [first]
        assert warnings.episodes_between(NOON - 2 * HOUR, NOON, list(WarningKind)) == [EPISODE, OPEN]


def test_pending_episodes_are_in_no_warning(store: Store) -> None:
    pending = Episode("checkout", WarningKind.BURN, Severity.PAGE, NOON)
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        tx.breach_warnings.save_pending(WarningKind.BURN, {"checkout": pending})
    with store.read() as tx:
        assert tx.breach_warnings.episodes(WarningKind.BURN, since=NOON) == {"checkout": pending}
        assert tx.breach_warnings.open() == []
        assert tx.breach_warnings.warned(at=NOON) == set()
    opened = replace(pending, opened_at=NOON)
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        tx.breach_warnings.save_pending(WarningKind.SILENT, {"checkout": None})
        tx.breach_warnings.save_pending(WarningKind.BURN, {"checkout": None})
        tx.breach_warnings.save(of(1, opened))
    with store.read() as tx:
        assert tx.breach_warnings.episodes(WarningKind.BURN, since=NOON) == {"checkout": opened}


def test_the_newest_minute_that_was_written_down(store: Store) -> None:
    with store.read() as tx:
        assert tx.breach_warnings.noted_minute() == 0
    with store.transaction() as tx:
        assert tx.breach_warnings.lock() == 0
        tx.breach_warnings.note_minute(29_000_000)
    with store.transaction() as tx:
        assert tx.breach_warnings.lock() == 29_000_000
    with store.read() as tx:
        assert tx.breach_warnings.noted_minute() == 29_000_000


def test_workspaces_do_not_see_each_others_warnings(store: Store) -> None:
    save(store, WARNING)
    store.ensure_workspace("other")
    with store.transaction("other") as tx:
        assert tx.breach_warnings.lock() == 0
        assert tx.breach_warnings.open() == []
        assert tx.breach_warnings.by_number(42) is None
        assert tx.breach_warnings.next_number() == 1
        assert tx.breach_warnings.warned(at=NOON) == set()
        assert tx.breach_warnings.episodes(WarningKind.FORECAST, since=NOON - HOUR) == {}
