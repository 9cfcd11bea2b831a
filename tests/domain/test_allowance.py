"""What a target allows to fail, in minutes and events."""

from fractions import Fraction

import pytest

from domain.allowance import events_allowed, minutes_allowed
from domain.calendars import Calendar
from domain.method import Occurrences
from domain.objective import Indicator, Terms
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

MONTH = CalendarWindow(CalendarUnit.MONTH, "Europe/Berlin")


def terms(target: str, window: Window) -> Terms:
    return Terms(Fraction(target) / 100, window, Occurrences(), Indicator("sli"))


@pytest.mark.parametrize(
    ("target", "window", "hours", "minutes"),
    [
        pytest.param("99.9", MONTH, None, "43.2", id="43 min a month of 30 days"),
        pytest.param("99.5", MONTH, None, "216", id="3 h 36 min"),
        pytest.param("99.9", RollingWindow(days=28), None, "40.32", id="a rolling window by its length"),
        pytest.param("99", CalendarWindow(CalendarUnit.WEEK), None, "100.8", id="a week"),
        pytest.param("99", RollingWindow(minutes=100), None, "1", id="minutes"),
        pytest.param(
            "99", CalendarWindow(CalendarUnit.WEEK), Calendar("office"), "24", id="of 40 service hours a week"
        ),
    ],
)
def test_minutes_that_may_fail(target: str, window: Window, hours: Calendar | None, minutes: str) -> None:
    assert minutes_allowed(terms(target, window), hours) == Fraction(minutes)


def test_events_that_may_fail_are_those_of_usual_days() -> None:
    assert events_allowed(terms("99.9", MONTH), Fraction(1_000)) == 30
    assert events_allowed(terms("99", RollingWindow(days=7)), Fraction(100)) == 7
