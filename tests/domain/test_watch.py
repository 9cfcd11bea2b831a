"""From what is seen of objectives to episodes, breaches and the warnings that they are in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import BurnCondition, Severity
from domain.counts import NOTHING, Counts
from domain.episode import Episode, WarningKind
from domain.method import Timeslices
from domain.objective import Indicator, Objective, Terms
from domain.sight import LENGTHS, Sight
from domain.standing import BURN_WINDOWS, Figures, State, stand
from domain.watch import Decided, Known, Place, Seen, decide, placed, see
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NOBODY = Known({}, {}, {}, {})
PAGE = BurnCondition(Severity.PAGE, Fraction(14), (60, 5))
LATER = BurnCondition(Severity.PAGE, Fraction(14), (60, 5), after=2)
HERE = Place("payments", "#payments", "checkout")


def seen(
    name: str = "checkout",
    *,
    window: Window | None = None,
    bad: int = 0,
    total: int = 43_200,
    **sight: Any,
) -> Seen:
    """An objective of 99.9 % with so many bad minutes in its period."""
    terms = Terms(
        Fraction(999, 1000), window or RollingWindow(days=30), Timeslices(Fraction(1)), Indicator(name)
    )
    counts = Counts(total - bad, total, total - bad, total, total, 0)
    figures = Figures(counts, dict.fromkeys(BURN_WINDOWS, NOTHING), 0, spans=dict.fromkeys(LENGTHS, NOTHING))
    standing = stand(
        Objective(name, "checkout", (terms,)), terms, terms.window.period(at=NOON), figures, at=NOON
    )
    told = Sight(NOON, breached=standing.state is State.BREACHED)
    return Seen(standing, replace(told, **sight))


def look(one: Seen, known: Known = NOBODY) -> Decided:
    return decide({one.standing.name: one}, known, at=NOON)


def episode(
    name: str = "checkout", kind: WarningKind = WarningKind.BURN, *, since: datetime = NOON - MINUTE
) -> Episode:
    return Episode(name, kind, Severity.PAGE, since, opened_at=since)


def known(**kinds: Episode) -> Known:
    named: Any = {kind: {one.objective: one} for kind, one in kinds.items()}
    return replace(NOBODY, **named)


BURNS = seen(conditions=(PAGE,), failing=True, quiet=False)


def test_nothing_seen_nothing_changes() -> None:
    assert look(seen()) == Decided((), {}, (), ())


def test_a_burn_opens_at_once() -> None:
    [opened] = look(BURNS).episodes
    assert (opened.opened_at, opened.severity) == (NOON, Severity.PAGE)


def test_a_burn_that_has_to_last_is_pending_first() -> None:
    first = look(seen(conditions=(LATER,), failing=True, quiet=False))
    assert first.episodes == ()
    pending = (first.pending or {})["checkout"]
    assert pending is not None
    assert pending.pending
    earlier = replace(pending, began_at=NOON - 2 * MINUTE)
    then = look(seen(conditions=(LATER,), failing=True, quiet=False), known(burns=earlier))
    assert [one.opened_at for one in then.episodes] == [NOON]
    assert then.pending == {"checkout": None}
    assert look(seen(), known(burns=earlier)).pending == {"checkout": None}


def test_it_goes_on_until_it_is_quiet() -> None:
    assert look(BURNS, known(burns=episode())).episodes == ()
    [over] = look(seen(), known(burns=episode())).episodes
    assert over.resolved_at == NOON


def test_silence() -> None:
    [opened] = look(seen(silent=True, heard=False)).episodes
    assert (opened.kind, opened.severity) == (WarningKind.SILENT, Severity.TICKET)
    [over] = look(seen(), known(silences=opened)).episodes
    assert over.resolved_at == NOON


def test_what_was_retired_is_over() -> None:
    pending = replace(episode("wallet"), opened_at=None)
    everything = Known(
        {"checkout": episode(), "wallet": pending},
        {"checkout": episode(kind=WarningKind.SILENT)},
        {"checkout": episode(kind=WarningKind.FORECAST)},
        {"checkout": NOON - DAY},
    )
    decided = decide({}, everything, at=NOON)
    assert [one.resolved_at for one in decided.episodes] == [NOON] * 3
    assert decided.pending == {"wallet": None}
    assert decided.ended == ("checkout",)


def test_a_breach_begins_and_ends() -> None:
    assert look(seen(bad=44)).begun == ("checkout",)
    lasting = replace(NOBODY, breached={"checkout": NOON - DAY})
    assert look(seen(bad=44), lasting) == Decided((), {}, (), ())
    assert look(seen(bad=43), lasting).ended == ("checkout",)


@pytest.mark.parametrize(
    ("window", "since", "ended"),
    [
        pytest.param(RollingWindow(days=30), NOON - DAY, (), id="of a rolling window"),
        pytest.param(CalendarWindow(CalendarUnit.MONTH), NOON - DAY, (), id="of the same month"),
        pytest.param(
            CalendarWindow(CalendarUnit.MONTH), NOON - 30 * DAY, ("checkout",), id="of another month"
        ),
    ],
)
def test_missing_data_ends_no_breach(window: Window, since: datetime, ended: tuple[str, ...]) -> None:
    lasting = replace(NOBODY, breached={"checkout": since})
    assert look(seen(window=window, total=0), lasting).ended == ended


def test_a_forecast_comes_true() -> None:
    forecast = replace(episode(kind=WarningKind.FORECAST), window_end=NOON + DAY)
    [true] = look(seen(bad=44), known(forecasts=forecast)).episodes
    assert (true.breached_at, true.resolved_at) == (NOON, NOON)
    assert look(seen(), known(forecasts=forecast)).episodes == ()
    ended = replace(forecast, window_end=NOON)
    assert look(seen(bad=44), known(forecasts=ended)).episodes == ()  # that is the next month's breach


def place(episodes: list[Episode], *warnings: BreachWarning, number: int = 1) -> list[BreachWarning]:
    changed = placed(episodes, warnings, place=lambda name: HERE, number=number, at=NOON)
    assert all(one.before in (None, *warnings) for one in changed)
    return [one.after for one in changed]


def warning(*episodes: Episode, number: int = 42, channel: str = "#payments") -> BreachWarning:
    return BreachWarning(number, episodes[0].kind, "payments", channel, "checkout", NOON - DAY, episodes)


def test_new_ones_of_a_service_are_one_new_warning() -> None:
    [one] = place([episode("checkout"), episode("wallet")], number=7)
    assert (one.number, one.team, one.channel, one.service) == (7, "payments", "#payments", "checkout")
    assert [part.objective for part in one.episodes] == ["checkout", "wallet"]


def test_a_new_one_joins_the_open_warning_of_its_kind() -> None:
    [one] = place([episode("wallet")], warning(episode("checkout")))
    assert (one.number, len(one.episodes)) == (42, 2)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(warning(episode("ledger", WarningKind.SILENT)), id="another kind"),
        pytest.param(warning(episode("ledger"), channel="#shop"), id="another channel"),
        pytest.param(warning(episode("ledger").resolved(NOON)), id="one that is over"),
    ],
)
def test_else_it_opens_a_new_one(other: BreachWarning) -> None:
    [one] = place([episode("wallet")], other, number=43)
    assert one.number == 43


def test_what_goes_on_stays_in_its_warning() -> None:
    moved = warning(episode("checkout"), channel="#former-owner")
    over = episode("checkout").resolved(NOON)
    [one] = place([over], moved, warning(episode("wallet"), number=43))
    assert (one.number, one.episodes) == (42, (over,))


def test_in_an_open_warning_what_begins_again_is_the_same_episode() -> None:
    old = episode("checkout", since=NOON - 5 * 60 * MINUTE).resolved(NOON - 3 * 60 * MINUTE)
    [one] = place([episode("checkout", since=NOON)], warning(old, episode("wallet")))
    [again, _] = one.episodes
    assert (again.began_at, again.opened_at, again.resolved_at) == (old.began_at, old.opened_at, None)
    assert again.reopened == 1


def test_a_look_goes_by_the_standing() -> None:
    found = see(seen(bad=44).standing, None)
    assert found.sight.breached
    assert not found.sight.heard
