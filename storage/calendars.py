"""Calendars: working days, hours and holidays."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from domain.calendars import Calendar
from storage.named import Named
from storage.schema import CalendarRow, table_of


class Calendars(Named[Calendar]):
    """The calendars of one workspace."""

    table = table_of(CalendarRow)

    @staticmethod
    def to_row(item: Calendar) -> dict[str, Any]:
        """The columns that say it."""
        return _row(item)

    @staticmethod
    def from_row(row: Row[Any]) -> Calendar:
        """What `to_row` wrote."""
        return _calendar(row)


def _row(calendar: Calendar) -> dict[str, Any]:
    return {
        "name": calendar.name,
        "timezone": calendar.timezone,
        "hours": [[list(span) for span in day] for day in calendar.hours],
        "holidays": [day.isoformat() for day in sorted(calendar.holidays)],
        "country": calendar.country,
        "subdivision": calendar.subdivision,
    }


def _calendar(row: Row[Any]) -> Calendar:
    return Calendar(
        name=row.name,
        timezone=row.timezone,
        hours=tuple(tuple((since, until) for since, until in day) for day in row.hours),
        holidays=frozenset(date.fromisoformat(day) for day in row.holidays),
        country=row.country,
        subdivision=row.subdivision,
    )
