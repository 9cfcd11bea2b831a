"""What a warning's message tells: figures, what failed, what it cost, and what burns as well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.exclusion import Exclusion
from domain.minutes import instant_of, minute_of
from domain.warned import Record
from storage.store import Store
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
CHECKOUT, DATABASE = "checkout-availability", "database-availability"
BEGAN = NOON - 10 * MINUTE


def provider(store: Store) -> Store:
    """The database stands under the checkout, which failed for ten minutes; it has a budget of 14.4."""
    under = replace(objective(DATABASE, "platform"), supports=(CHECKOUT,))
    organise(store, [team("payments"), team("platform"), MANAGERS], [objective(CHECKOUT, "payments"), under])
    measure(store, CHECKOUT, since=NOON - 10 * DAY, until=BEGAN)
    measure(store, CHECKOUT, since=BEGAN, until=NOON, bad=10)
    return store


def episode(
    name: str = CHECKOUT, kind: WarningKind = WarningKind.BURN, at: datetime = BEGAN + MINUTE
) -> Episode:
    return Episode(name, kind, Severity.PAGE, at, opened_at=at)


def warning(*episodes: Episode, number: int = 1, service: str = "checkout") -> BreachWarning:
    return BreachWarning(
        number, episodes[0].kind, "payments", "#payments", service, episodes[0].began_at, episodes
    )


def save(store: Store, *warnings: BreachWarning) -> None:
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        for one in warnings:
            tx.breach_warnings.save(one)


def test_a_burn(store: Store) -> None:
    provider(store)
    save(store, warning(episode()))
    with store.read() as tx:
        warned = tx.warned.of(warning(episode()), at=NOON)
    [told] = warned.objectives
    assert [(spell.end - spell.start, spell.lost) for spell in told.spells] == [(10, 10)]
    assert (told.lost, told.failing_since) == (10, BEGAN)
    assert told.left_before == 1
    assert told.cost == Fraction(100, 144)
    assert told.standing.figures.spans[5].slices_total == 5
    assert warned.team
    assert (warned.team.name, warned.burning, warned.maintenance_until) == ("payments", (), None)


def test_a_blip_shortly_before_is_not_its_beginning(sqlite_store: Store) -> None:
    provider(sqlite_store)
    measure(sqlite_store, CHECKOUT, since=BEGAN - 20 * MINUTE, until=BEGAN - 19 * MINUTE, bad=1)
    measure(sqlite_store, CHECKOUT, since=NOON, until=NOON + 100 * MINUTE, bad=100)
    with sqlite_store.read() as tx:
        (one,) = tx.warned.of(warning(episode()), at=NOON + 100 * MINUTE).objectives
    assert one.failing_since == BEGAN


def test_what_is_over_is_told_as_it_stood_then(store: Store) -> None:
    provider(store)
    measure(store, CHECKOUT, since=NOON, until=NOON + 20 * DAY)
    over = warning(episode().resolved(NOON + 15 * MINUTE))
    with store.read() as tx:
        [told] = tx.warned.of(over, at=NOON + 20 * DAY).objectives
    assert told.standing.at == NOON + 15 * MINUTE
    assert told.lost == 10


def test_what_stands_under_it_and_burns_as_well(sqlite_store: Store) -> None:
    provider(sqlite_store)
    burning = warning(episode(DATABASE), number=2, service="database")
    save(sqlite_store, warning(episode()), burning)
    with sqlite_store.read() as tx:
        assert tx.warned.of(warning(episode()), at=NOON).burning == ((DATABASE, "platform"),)
        assert tx.warned.of(burning, at=NOON).burning == ()


def test_since_when_nothing_is_received(sqlite_store: Store) -> None:
    provider(sqlite_store)
    silent = warning(episode(kind=WarningKind.SILENT, at=NOON + 120 * MINUTE))
    with sqlite_store.read() as tx:
        [told] = tx.warned.of(silent, at=NOON + 130 * MINUTE).objectives
    assert told.last_minute == minute_of(NOON) - 1


def test_how_earlier_forecasts_ended(sqlite_store: Store) -> None:
    provider(sqlite_store)
    kind = WarningKind.FORECAST
    ended = [
        episode(DATABASE if day > 2 else CHECKOUT, kind, NOON - day * 2 * DAY).resolved(
            NOON - (day * 2 - 1) * DAY
        )
        for day in range(1, 4)
    ]
    true = [replace(one, breached_at=one.resolved_at) for one in ended[:1]]
    save(sqlite_store, *(warning(one, number=n) for n, one in enumerate([*true, *ended[1:]], start=1)))
    now = warning(episode(kind=kind), number=9)
    with sqlite_store.read() as tx:
        [told] = tx.warned.of(now, at=NOON).objectives
    assert told.record == Record(1, 2, of_team=True)
    assert told.likely == ()


def test_planned_work_that_runs(sqlite_store: Store) -> None:
    provider(sqlite_store)
    work = Exclusion(
        "upgrade", (NOON - MINUTE,), timedelta(hours=1), "upgrade", NOON - DAY, objectives=(CHECKOUT,)
    )
    with sqlite_store.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.save([work])
    with sqlite_store.read() as tx:
        warned = tx.warned.of(warning(episode()), at=NOON)
        assert warned.maintenance_until == NOON + 59 * MINUTE
        assert tx.warned.of(warning(episode()), at=NOON + 60 * MINUTE).maintenance_until is None


def test_of_what_was_retired_the_last_standing(sqlite_store: Store) -> None:
    provider(sqlite_store)
    with sqlite_store.transaction() as tx:
        [checkout, *_] = [one for one in tx.objectives.all() if one.name == CHECKOUT]
        tx.objectives.save([replace(checkout, retired_at=NOON)])
    with sqlite_store.read() as tx:
        [told] = tx.warned.of(warning(episode().resolved(NOON)), at=NOON).objectives
    assert told.standing.at < instant_of(minute_of(NOON))
