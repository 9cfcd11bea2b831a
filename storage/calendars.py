"""Calendars: working days, hours and holidays."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.calendars import Calendar
from storage.bulk import save_by_name
from storage.schema import CalendarRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(CalendarRow)


class Calendars:
    """The calendars of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version

    def all(self) -> list[Calendar]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [_calendar(row) for row in self._connection.execute(query)]

    def save(self, calendars: Iterable[Calendar]) -> None:
        """Add them, or replace those of the same name; within `Measurements.recounted`, as they decide what counts."""
        rows = [{"workspace_id": self._workspace_id, **_row(calendar)} for calendar in calendars]
        save_by_name(self._connection, TABLE, rows)
        self._version.raise_it()

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        here = TABLE.c.workspace_id == self._workspace_id
        self._connection.execute(delete(TABLE).where(here, TABLE.c.name.in_(list(names))))
        self._version.raise_it()


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
