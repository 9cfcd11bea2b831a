"""How an objective did before it is asked about, judged by the terms that it is asked about."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.method import Occurrences
from domain.minutes import DAY, instant_of, minute_of
from domain.objective import Indicator, Terms
from domain.outlook import DayLoss
from domain.request import PastDays
from domain.request_past import events_a_day, month_edges, month_of, past_days, told_by_days
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = minute_of(AT) // DAY


def terms(window: Window, target: str = "99") -> Terms:
    return Terms(Fraction(target) / 100, window, Occurrences(), Indicator("sli"))


def ago(days: int, bad: int, total: int = 100) -> DayLoss:
    return DayLoss(TODAY - days, bad, total)


losses = st.dictionaries(st.integers(1, 400), st.integers(0, 5), max_size=60).map(
    lambda days: [ago(day, bad) for day, bad in sorted(days.items(), reverse=True)]
)


@given(losses, st.integers(1, 310))
def test_each_day_is_judged_by_the_window_that_ends_with_it(found: list[DayLoss], length: int) -> None:
    met = known = 0
    for day in range(TODAY - 90, TODAY):
        window = [one for one in found if day - length < one.day <= day]
        total = sum(one.total for one in window)
        known += total > 0
        met += total > 0 and Fraction(sum(one.bad for one in window), total) <= Fraction(1, 100)
    expected = PastDays(met, known) if known else None
    assert past_days(terms(RollingWindow(days=length)), found, at=AT) == expected


def test_one_bad_day_is_felt_as_long_as_the_window() -> None:
    found = [ago(day, 90 if day == 50 else 0) for day in range(400, 0, -1)]
    assert past_days(terms(RollingWindow(days=30)), found, at=AT) == PastDays(60, 90)
    assert past_days(terms(RollingWindow(days=1)), found, at=AT) == PastDays(89, 90)
    assert past_days(terms(CalendarWindow(CalendarUnit.DAY)), found, at=AT) == PastDays(89, 90)


def test_equality_is_met() -> None:
    assert past_days(terms(RollingWindow(days=1)), [ago(1, 1)], at=AT) == PastDays(1, 1)
    assert past_days(terms(RollingWindow(days=1)), [ago(1, 2)], at=AT) == PastDays(0, 1)


@pytest.mark.parametrize(
    ("found", "events"),
    [
        pytest.param([], None, id="nothing is known"),
        pytest.param([ago(31, 0)], None, id="nothing lately"),
        pytest.param([ago(10, 0), ago(1, 0)], Fraction(20), id="also days without traffic count"),
        pytest.param([ago(day, 0) for day in range(60, 0, -1)], Fraction(100), id="the last 30 days"),
    ],
)
def test_usual_events(found: list[DayLoss], events: Fraction | None) -> None:
    assert events_a_day(found, at=AT) == events


@pytest.mark.parametrize(
    ("window", "by_days"),
    [
        (RollingWindow(days=30), True),
        (RollingWindow(days=310), True),
        (RollingWindow(days=311), False),
        (CalendarWindow(CalendarUnit.DAY), True),
        (CalendarWindow(CalendarUnit.MONTH), False),
        (CalendarWindow(CalendarUnit.WEEK), False),
    ],
    ids=str,
)
def test_rolling_windows_are_told_by_days(window: Window, by_days: bool) -> None:
    assert told_by_days(terms(window)) is by_days


def test_months_are_those_of_its_own_zone_and_start() -> None:
    berlin = CalendarWindow(CalendarUnit.MONTH, "Europe/Berlin")
    edges = [instant_of(edge) for edge in month_edges(berlin, at=AT)]
    assert [f"{one:%m-%d %H:%M}" for one in edges] == [
        "08-31 22:00",
        "09-30 22:00",
        "10-31 23:00",
        "11-24 08:00",
    ]
    fifteenth = CalendarWindow(CalendarUnit.MONTH, starts=datetime(2026, 1, 15))  # noqa: DTZ001 -- wall clock
    assert month_of(terms(fifteenth)) is fifteenth
    assert instant_of(month_edges(fifteenth, at=AT)[-2]) == datetime(2026, 11, 15, tzinfo=UTC)
    assert month_of(terms(CalendarWindow(CalendarUnit.QUARTER, "Europe/Berlin"))) == berlin
    assert month_of(terms(RollingWindow(days=365))) == CalendarWindow(CalendarUnit.MONTH)


def test_at_the_start_of_a_month_it_has_no_minutes() -> None:
    first = datetime(2026, 11, 1, tzinfo=UTC)
    edges = month_edges(CalendarWindow(CalendarUnit.MONTH), at=first + timedelta(minutes=1))
    assert len(set(edges)) == 4
    assert len(set(month_edges(CalendarWindow(CalendarUnit.MONTH), at=first))) == 4
