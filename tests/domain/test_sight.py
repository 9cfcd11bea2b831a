"""What one look tells: what holds, what fails now, what is silent; and what was over warns no more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.burn import BurnCondition, Severity
from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.method import Occurrences, Timeslices
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.objective import Indicator, Terms
from domain.scope import ALWAYS, Scope
from domain.sight import LENGTHS, Glance, Sight, is_silent, look, quiet_window
from domain.spans import Spans
from domain.watching import DEFAULT_WATCHING, Watching
from domain.window import RollingWindow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = minute_of(NOON)
WINDOW = RollingWindow(30)
A_MINUTE = 600
"""Events."""


def counts(minutes: int, bad_minutes: int) -> Counts:
    """So many minutes of 600 events, of which in some all failed."""
    good = minutes - bad_minutes
    return Counts(good * A_MINUTE, minutes * A_MINUTE, good, minutes, minutes, good * RATIO_SCALE)


def spans(*bad: tuple[int, int], measured: int = 3 * DAY) -> dict[int, Counts]:
    """The windows where the minutes from so many ago to so many ago were bad."""
    found = {}
    for length in LENGTHS:
        lost = sum(max(0, min(since, length) - until) for since, until in bad)
        found[length] = counts(min(length, measured), lost)
    return found


def glance(found: dict[int, Counts], *, scope: Scope = ALWAYS) -> Glance:
    terms = Terms(Fraction(999, 1000), WINDOW, Occurrences(), Indicator("requests"))
    return Glance(NOON, terms, WINDOW.period(at=NOON), scope, found, AT - 30 * DAY, False)


def seen(*bad: tuple[int, int], over: int | None = None) -> Sight:
    """What is to be seen; the last episode was over so many minutes ago."""
    over_at = None if over is None else NOON - timedelta(minutes=over)
    return look(glance(spans(*bad)), DEFAULT_WATCHING, over_at=over_at)


def test_nothing_lost() -> None:
    assert seen() == Sight(NOON)


@pytest.mark.parametrize(
    ("bad", "severity", "failing"),
    [
        pytest.param((1, 0), Severity.PAGE, True, id="a minute of total outage"),
        pytest.param(
            (10, 5), Severity.PAGE, True, id="it ended five minutes ago: the half hour still has it"
        ),
        pytest.param((40, 5), Severity.PAGE, True, id="half an hour of it is urgent for longer"),
        pytest.param((80, 40), Severity.TICKET, False, id="over for long, and a tenth of the budget"),
        pytest.param((16, 15), None, False, id="a minute, a quarter of an hour ago"),
        pytest.param((15, 14), None, True, id="a minute, less than that ago"),
    ],
)
def test_by_when_it_was_lost(bad: tuple[int, int], severity: Severity | None, failing: bool) -> None:
    sight = seen(bad)
    assert (sight.holding.severity if sight.holding else None, sight.failing) == (severity, failing)
    assert sight.quiet is not failing


def test_what_was_over_warns_no_more() -> None:
    assert seen((80, 40)).holding is not None
    assert seen((80, 40), over=25).holding is None


def test_what_comes_after_it_does() -> None:
    again = seen((80, 40), (2, 0), over=25)
    assert again.holding
    assert again.holding.severity is Severity.PAGE


def test_one_that_was_over_longer_ago_than_the_windows_makes_no_difference() -> None:
    assert seen((80, 40), over=3 * DAY).holding == seen((80, 40)).holding


@pytest.mark.parametrize(
    ("slices", "window"), [(0, 15), (1, 15), (5, 15), (10, 30), (15, 30), (20, HOUR), (60, 2 * HOUR)]
)
def test_the_quiet_window_has_a_finished_slice(slices: int, window: int) -> None:
    assert quiet_window(Timeslices(Fraction(1, 2), slices) if slices else Occurrences()) == window


def test_quiet_is_known_only_where_something_was_measured() -> None:
    found = spans() | {15: NOTHING}
    assert not look(glance(found), DEFAULT_WATCHING).quiet
    excluded = Scope(excluded=Spans([(AT - 15, AT)]))
    assert look(glance(found, scope=excluded), DEFAULT_WATCHING).quiet


def nothing_for(minutes: int, measured: int = 3 * DAY) -> dict[int, Counts]:
    return {length: counts(max(0, min(length, measured) - minutes), 0) for length in LENGTHS}


@pytest.mark.parametrize(
    ("found", "scope", "silent"),
    [
        pytest.param(nothing_for(2 * HOUR), ALWAYS, True, id="two hours"),
        pytest.param(nothing_for(2 * HOUR - 1), ALWAYS, False, id="a minute less"),
        pytest.param(nothing_for(2 * HOUR, DAY), ALWAYS, False, id="measured on one day of three only"),
        pytest.param(
            nothing_for(2 * HOUR),
            Scope(excluded=Spans([(AT - 30, AT - 20)])),
            False,
            id="planned work within",
        ),
        pytest.param(nothing_for(3 * DAY), ALWAYS, False, id="for days: that is no news"),
    ],
)
def test_silence(found: dict[int, Counts], scope: Scope, silent: bool) -> None:
    assert is_silent(glance(found, scope=scope)) is silent


def test_silence_is_warned_of_unless_a_policy_says_not() -> None:
    found = nothing_for(2 * HOUR)
    assert look(glance(found), DEFAULT_WATCHING).silent
    assert not look(glance(found), Watching(silent=False)).silent


def test_never_measured_is_not_silent() -> None:
    never = replace(glance(dict.fromkeys(LENGTHS, NOTHING)), first_minute=None)
    assert not is_silent(never)


def test_written_conditions_replace_the_defaults() -> None:
    slow = BurnCondition(Severity.TICKET, Fraction(2), (HOUR,))
    sight = look(glance(spans((1, 0))), Watching(conditions=(slow,)))
    assert sight.holding == slow
    assert look(glance(spans((1, 0))), Watching(conditions=())).holding is None


def test_the_instant_is_kept() -> None:
    assert look(replace(glance(spans()), at=instant_of(AT), breached=True), DEFAULT_WATCHING).breached


@pytest.mark.parametrize(
    ("an_hour", "failed", "quarter", "quiet"),
    [
        pytest.param(10, 1, 2, False, id="one of ten an hour: two good ones say nothing"),
        pytest.param(600, 50, 150, True, id="ten a minute: a dozen would have failed"),
        pytest.param(10, 0, 2, True, id="nothing failed for an hour"),
    ],
)
def test_so_little_traffic_has_to_be_quiet_for_longer(
    an_hour: int, failed: int, quarter: int, quiet: bool
) -> None:
    found = spans() | {
        HOUR: Counts(an_hour - failed, an_hour, 0, 0, HOUR, 0),
        15: Counts(quarter, quarter, 0, 0, 15, 0),
    }
    assert look(glance(found), DEFAULT_WATCHING).quiet is quiet
