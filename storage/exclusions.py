"""Exclusions: planned work."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.exclusion import Exclusion, Ground
from storage.bulk import save_by_name
from storage.schema import ExclusionRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(ExclusionRow)


class Exclusions:
    """The exclusions of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version

    def all(self) -> list[Exclusion]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [_exclusion(row) for row in self._connection.execute(query)]

    def save(self, exclusions: Iterable[Exclusion]) -> None:
        """Add them, or replace those of the same name; within `Measurements.recounted`, as they decide what counts."""
        rows = [{"workspace_id": self._workspace_id, **_row(exclusion)} for exclusion in exclusions]
        save_by_name(self._connection, TABLE, rows)
        self._version.raise_it()

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names; within `Measurements.recounted`, as their minutes count again."""
        here = TABLE.c.workspace_id == self._workspace_id
        self._connection.execute(delete(TABLE).where(here, TABLE.c.name.in_(list(names))))
        self._version.raise_it()


def _row(exclusion: Exclusion) -> dict[str, Any]:
    return {
        "name": exclusion.name,
        "objectives": list(exclusion.objectives),
        "services": list(exclusion.services),
        "starts": [int(start.timestamp()) for start in exclusion.starts],
        "seconds": int(exclusion.length.total_seconds()),
        "ground": exclusion.ground.value,
        "reason": exclusion.reason,
        "announced_at": exclusion.announced_at,
        "recurs": exclusion.recurs,
        "timezone": exclusion.timezone,
        "author": exclusion.author,
        "withdrawn_at": exclusion.withdrawn_at,
    }


def _exclusion(row: Row[Any]) -> Exclusion:
    return Exclusion(
        name=row.name,
        starts=tuple(datetime.fromtimestamp(start, UTC) for start in row.starts),
        length=timedelta(seconds=row.seconds),
        reason=row.reason,
        announced_at=row.announced_at,
        objectives=tuple(row.objectives),
        services=tuple(row.services),
        ground=Ground(row.ground),
        recurs=row.recurs,
        timezone=row.timezone,
        author=row.author,
        withdrawn_at=row.withdrawn_at,
    )
