"""What a target allows to fail, in minutes: for people who do not think in percent."""

from fractions import Fraction

from domain.calendars import Calendar
from domain.minutes import DAY
from domain.objective import Terms
from domain.window import CalendarUnit, RollingWindow, Window

WEEK = 7 * DAY
USUAL = {
    CalendarUnit.DAY: DAY,
    CalendarUnit.WEEK: WEEK,
    CalendarUnit.MONTH: 30 * DAY,
    CalendarUnit.QUARTER: 90 * DAY,
    CalendarUnit.YEAR: 365 * DAY,
}
"""Minutes of a calendar window, a month having 30 days."""


def usual_length(window: Window) -> int:
    """Minutes of the window, whatever the clocks and months do."""
    return window.length if isinstance(window, RollingWindow) else USUAL[window.unit]


def minutes_allowed(terms: Terms, hours: Calendar | None) -> Fraction:
    """Minutes of the service hours (None: round the clock) that may fail in a window; holidays are not known here."""
    return (1 - terms.target) * usual_length(terms.window) * open_share(hours)


def events_allowed(terms: Terms, events_a_day: Fraction) -> Fraction:
    """Events that may fail in a window with the usual traffic."""
    return (1 - terms.target) * events_a_day * usual_length(terms.window) / DAY


def open_share(hours: Calendar | None) -> Fraction:
    """The share of a week without holidays in which the calendar is open."""
    if hours is None:
        return Fraction(1)
    return Fraction(sum(until - since for spans in hours.hours for since, until in spans), WEEK)
