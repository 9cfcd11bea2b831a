"""When the budget is gone at the present pace, and where a calendar period ends."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.burn import BurnCondition, Severity
from domain.calendars import office_calendar
from domain.countdown import Countdown, bearable, countdown, ends_at, lost_share, pace_windows
from domain.counts import RATIO_SCALE, Counts
from domain.method import Method, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.scope import ALWAYS, Scope
from domain.sight import LENGTHS
from domain.standing import Figures, Standing, stand
from domain.watching import DEFAULT_WATCHING, Watching
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
"""A Monday; half of November is over: 15.5 days."""

ROLLING = RollingWindow(days=30)
NOVEMBER = CalendarWindow(CalendarUnit.MONTH)
LONG_AGO = minute_of(datetime(2026, 1, 1, tzinfo=UTC))
EVENTS = Occurrences()
SLICES = Timeslices(Fraction(99, 100))


def events(total: int, bad: int, measured: int) -> Counts:
    return Counts(total - bad, total, 0, 0, measured, 0)


def slices(total: int, bad: int, minutes: int = 1) -> Counts:
    good = total - bad
    return Counts(0, 0, good, total, total * minutes, good * RATIO_SCALE)


def stood(
    counts: Counts,
    spans: dict[int, Counts],
    *,
    method: Method = EVENTS,
    window: Window = ROLLING,
    scope: Scope = ALWAYS,
    first: int = LONG_AGO,
    watching: Watching = DEFAULT_WATCHING,
) -> Standing:
    terms = Terms(Fraction(999, 1000), window, method, Indicator("x"))
    objective = Objective("x", "s", (terms,), watching=watching)
    figures = Figures(counts, {}, first, spans=spans)
    return stand(objective, terms, window.period(at=NOON), figures, at=NOON, scope=scope)


def gone_in(standing: Standing, *windows: int) -> timedelta | None:
    """None where it lasts; raises where there is no pace at all."""
    counted = countdown(standing, windows or (5, 60))
    assert counted is not None
    return counted.gone_at - NOON if counted.gone_at else None


MONTH = events(43_200_000, 21_600, 43_200)
"""1,000 a minute, half of the budget of 43,200 is spent."""


@pytest.mark.parametrize(
    ("bad", "minutes"),
    [
        pytest.param(5_000, 21, id="a total outage: 21,600 left, 1,000 a minute"),
        pytest.param(500, 216, id="a tenth of that"),
        pytest.param(5, 21_600, id="days"),
    ],
)
def test_what_is_left_lasts_as_long_as_the_short_window_says(bad: int, minutes: int) -> None:
    assert gone_in(stood(MONTH, {5: events(5_000, bad, 5)})) == timedelta(minutes=minutes)


def test_beyond_a_rolling_window_nothing_is_said() -> None:
    assert gone_in(stood(MONTH, {5: events(5_000, 1, 5)})) is None


def test_minutes_that_are_not_measured_do_not_slow_the_pace() -> None:
    assert gone_in(stood(MONTH, {5: events(3_000, 3_000, 3)})) == timedelta(minutes=21)


def test_where_nothing_came_lately_the_next_window_tells() -> None:
    spans = {5: events(0, 0, 0), 60: events(60_000, 30_000, 60)}
    assert gone_in(stood(MONTH, spans)) == timedelta(minutes=43)


def test_a_calendar_month_of_events_grows_its_budget() -> None:
    """22,320 minutes with 1,000 each allow 22,320; 11,160 are left. Each minute takes 100, and brings 1."""
    standing = stood(events(22_320_000, 11_160, 22_320), {5: events(5_000, 500, 5)}, window=NOVEMBER)
    assert gone_in(standing) == timedelta(minutes=112)


def test_slower_than_the_budget_grows_it_lasts() -> None:
    standing = stood(events(22_320_000, 11_160, 22_320), {5: events(5_000, 4, 5)}, window=NOVEMBER)
    assert countdown(standing, (5,)) == Countdown(None)


def test_a_window_that_is_not_full_yet_grows_its_budget_too() -> None:
    half = events(21_600_000, 10_800, 21_600)
    young = stood(half, {5: events(5_000, 500, 5)}, first=minute_of(NOON) - 21_600)
    assert gone_in(young) == timedelta(minutes=109)


def test_slices_lose_a_part_of_each_minute() -> None:
    """43.2 minutes may be bad in November, 10 were; at 4 of 5 the other 33.2 take 41.5 minutes."""
    standing = stood(slices(22_320, 10), {5: slices(5, 4)}, method=SLICES, window=NOVEMBER)
    assert gone_in(standing) == timedelta(minutes=41)
    ratios = stood(slices(22_320, 10), {5: slices(5, 4)}, method=RatioTimeslices(), window=NOVEMBER)
    assert gone_in(ratios) == timedelta(minutes=41)


def test_a_calendar_period_is_not_passed() -> None:
    standing = stood(slices(22_320, 10), {2 * HOUR: slices(5_000, 1)}, method=SLICES, window=NOVEMBER)
    assert countdown(standing, (2 * HOUR,)) == Countdown(None)


def test_only_minutes_that_count_use_the_budget_up() -> None:
    """From Monday noon on, five hours count that day, and eight from nine o'clock on Tuesday."""
    office = Scope(office_calendar("UTC"))
    standing = stood(MONTH, {5: events(5_000, 300, 5)}, scope=office)
    assert gone_in(standing) == timedelta(hours=21 + 1)


@pytest.mark.parametrize(
    ("counts", "short"),
    [
        pytest.param(MONTH, events(5_000, 0, 5), id="nothing fails"),
        pytest.param(MONTH, events(0, 0, 0), id="nothing is known"),
        pytest.param(events(43_200_000, 43_200, 43_200), events(5_000, 9, 5), id="exactly used up"),
        pytest.param(events(43_200_000, 43_300, 43_200), events(5_000, 9, 5), id="overspent"),
        pytest.param(events(0, 0, 0), events(0, 0, 0), id="nothing was ever counted"),
    ],
)
def test_no_countdown(counts: Counts, short: Counts) -> None:
    assert countdown(stood(counts, {5: short}), (5,)) is None


def test_what_the_rest_of_a_month_may_lose() -> None:
    """Of 22,320,000 events so far and 20,880,000 to come 43,200 may fail; 33,600 did."""
    standing = stood(events(22_320_000, 33_600, 22_320), {}, window=NOVEMBER)
    assert bearable(standing) == Fraction(9_600, 20_880_000)
    assert bearable(stood(slices(22_320, 30), {}, method=SLICES, window=NOVEMBER)) == Fraction(132, 208_800)


@pytest.mark.parametrize(
    "standing",
    [
        pytest.param(stood(MONTH, {}), id="a rolling window has no rest"),
        pytest.param(stood(events(22_320_000, 50_000, 22_320), {}, window=NOVEMBER), id="beyond saving"),
        pytest.param(stood(events(0, 0, 0), {}, window=NOVEMBER), id="nothing measured"),
    ],
)
def test_nothing_to_bear(standing: Standing) -> None:
    assert bearable(standing) is None


def test_where_a_month_ends_at_a_pace() -> None:
    standing = stood(events(22_320_000, 22_320, 22_320), {}, window=NOVEMBER)
    assert ends_at(standing, Fraction(1, 1000)) == Fraction(999, 1000)
    assert ends_at(standing, Fraction(0)) == 1 - Fraction(22_320, 43_200_000)
    quarter = stood(slices(1_488, 0, 15), {}, method=Timeslices(Fraction(9, 10), 15), window=NOVEMBER)
    assert ends_at(quarter, Fraction(1, 2)) == 1 - Fraction(1_392, 2 * 2_880)
    assert ends_at(stood(MONTH, {}), Fraction(0)) is None


def test_what_bearing_just_so_ends_at_is_the_target() -> None:
    standing = stood(events(22_320_000, 33_600, 22_320), {}, window=NOVEMBER)
    share = bearable(standing)
    assert share is not None
    assert ends_at(standing, share) == Fraction(999, 1000)


def spans_of(failing: int) -> dict[int, Counts]:
    """So many of 1,000 a minute failed, for as long as anybody looks back."""
    return {length: events(1_000 * length, failing * length, length) for length in LENGTHS}


@pytest.mark.parametrize(
    ("failing", "severity", "windows"),
    [
        pytest.param(20, Severity.PAGE, (5, HOUR), id="fast"),
        pytest.param(10, Severity.PAGE, (30, 6 * HOUR), id="the second one holds"),
        pytest.param(4, Severity.TICKET, (2 * HOUR, DAY), id="slow"),
        pytest.param(2, Severity.TICKET, (6 * HOUR, 3 * DAY), id="slowest"),
        pytest.param(0, Severity.PAGE, (5, HOUR), id="none holds: the first one"),
        pytest.param(4, Severity.PAGE, (5, HOUR), id="none of that severity holds"),
    ],
)
def test_the_windows_of_the_condition_that_holds(
    failing: int, severity: Severity, windows: tuple[int, int]
) -> None:
    assert pace_windows(stood(MONTH, spans_of(failing)), severity) == windows


def test_windows_that_are_written_down() -> None:
    written = BurnCondition(Severity.PAGE, Fraction(2), (6 * HOUR,))
    assert pace_windows(stood(MONTH, spans_of(9), watching=Watching((written,))), Severity.PAGE) == (360, 360)
    none = Watching(())
    assert pace_windows(stood(MONTH, spans_of(9), watching=none), Severity.PAGE) == (5, HOUR)


def test_windows_shorter_than_a_slice_are_passed_over() -> None:
    method = Timeslices(Fraction(9, 10), 15)
    spans = {length: slices(length // 15, length // 30, 15) for length in LENGTHS}
    assert pace_windows(stood(slices(2_880, 1, 15), spans, method=method), Severity.PAGE) == (HOUR, HOUR)


def test_the_share_that_was_lost() -> None:
    standing = stood(MONTH, {})
    assert lost_share(standing, events(10, 3, 1)) == Fraction(3, 10)
    assert lost_share(standing, events(0, 0, 1)) is None
    assert lost_share(standing, None) is None
