"""Digests: which were decided."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, null, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import DigestRow, table_of

TABLE = table_of(DigestRow)
KEPT_TOLD = timedelta(days=31)
"""How long what a digest told is kept, to be compared with."""


class Digests:
    """The decided digests of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def decided(self, on: date) -> set[str]:
        """The names of the teams whose digest of the local date `on` was decided."""
        query = select(TABLE.c.team).where(
            TABLE.c.workspace_id == self._workspace_id, TABLE.c.local_date == on
        )
        return set(self._connection.scalars(query))

    def decide(self, team: str, on: date, *, at: datetime, told: dict[str, Any] | None = None) -> None:
        """Note that the team's digest of `on` is being said, and what it tells; who comes second changes nothing."""
        row = {"workspace_id": self._workspace_id, "team": team, "local_date": on, "decided_at": at}
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        new = insert(TABLE).values(**row, told=null() if told is None else told)
        self._connection.execute(new.on_conflict_do_nothing())
        old = (TABLE.c.workspace_id == self._workspace_id, TABLE.c.team == team)
        self._connection.execute(
            update(TABLE).where(*old, TABLE.c.local_date < on - KEPT_TOLD).values(told=null())
        )

    def last_told(
        self, team: str, *, before: date, but: Collection[date] = ()
    ) -> tuple[date, dict[str, Any]] | None:
        """What the team's last digest before that date told, and its date; `but` those that nobody saw."""
        query = (
            select(TABLE.c.local_date, TABLE.c.told)
            .where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.team == team)
            .where(TABLE.c.local_date < before, TABLE.c.told.is_not(null()), TABLE.c.local_date.not_in(but))
            .order_by(TABLE.c.local_date.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else (row.local_date, row.told)
