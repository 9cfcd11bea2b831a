"""Which spans a history tells."""

from datetime import datetime

from domain.minutes import instant_of, minute_of
from domain.window import CalendarUnit, CalendarWindow

TOLD = {CalendarUnit.DAY: 14, CalendarUnit.WEEK: 12, CalendarUnit.MONTH: 12}
"""How many spans of a unit, the running one among them."""


def history_edges(unit: CalendarUnit, zone: str, *, at: datetime) -> list[int]:
    """The minutes that the last days, weeks or months of a zone begin and end at, rising; the last is that of `at`."""
    window = CalendarWindow(unit, zone)
    edges = [minute_of(at)]
    for _ in range(TOLD[unit]):
        edges.append(window.period(at=instant_of(edges[-1] - 1)).start_minute)
    return edges[::-1]


def is_running(unit: CalendarUnit, zone: str, start: datetime, end: datetime) -> bool:
    """Whether the unit that begins at `start` lasts longer than to `end`."""
    return end < CalendarWindow(unit, zone).period(at=start).end
