"""Digests: which were decided."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from storage.schema import DigestRow, table_of

TABLE = table_of(DigestRow)


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

    def decide(self, team: str, on: date, *, at: datetime) -> None:
        """Note that the team's digest of `on` is being said; a second time is an IntegrityError."""
        self._connection.execute(
            insert(TABLE).values(workspace_id=self._workspace_id, team=team, local_date=on, decided_at=at)
        )
