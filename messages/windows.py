"""Windows and their periods in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.minutes import DAY, HOUR
from domain.window import CalendarUnit, Period, RollingWindow, Window
from messages.dates import MONTHS, WEEKDAYS


def window_words(window: Window, period: Period) -> str:
    """ "30 days", "November", "week of Mon 23 Nov", "Q4", "2026", "Tue 24 Nov"."""
    if isinstance(window, RollingWindow):
        return _length(window.length)
    return _calendar_words(window.unit, period.start.astimezone(ZoneInfo(window.zone)))


def this_window(window: Window) -> str:
    """ "this week", "30 days": where the period needs no name."""
    if isinstance(window, RollingWindow):
        return _length(window.length)
    return "today" if window.unit is CalendarUnit.DAY else f"this {window.unit}"


def in_window(window: Window) -> str:
    """ "this week", "in 30 days": when something happened."""
    return f"in {this_window(window)}" if isinstance(window, RollingWindow) else this_window(window)


def _calendar_words(unit: CalendarUnit, start: datetime) -> str:
    day = f"{start.day} {MONTHS[start.month - 1][:3]}"
    weekday = WEEKDAYS[start.weekday()]
    if unit is CalendarUnit.DAY:
        return f"{weekday} {day}"
    if unit is CalendarUnit.WEEK:
        return f"week of {weekday} {day}"
    return _usual_name(unit, start) or f"{unit} from {day}"


def _usual_name(unit: CalendarUnit, start: datetime) -> str | None:
    """The name of a month, quarter or year that starts where everybody's does."""
    if start.day != 1:
        return None
    if unit is CalendarUnit.MONTH:
        return MONTHS[start.month - 1]
    if unit is CalendarUnit.QUARTER:
        return f"Q{start.month // 3 + 1}" if start.month % 3 == 1 else None
    return str(start.year) if start.month == 1 else None


def _length(minutes: int) -> str:
    for unit, size in (("day", DAY), ("hour", HOUR)):
        if minutes % size == 0:
            return _plural(minutes // size, unit)
    return _plural(minutes, "minute")


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
