"""What was heard: Slack's deliveries that were acted on, so that a repeated one acts once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import HeardRow, table_of

TABLE = table_of(HeardRow)
KEPT = timedelta(days=1)
"""Slack sends again what was not acknowledged for an hour at most."""

FORGOTTEN_AT_ONCE = 100


class AlreadyHeard(Exception):
    """The delivery was acted on before, by this process or by another."""


class Heard:
    """The deliveries that one workspace has acted on."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def note(self, delivery: str, *, at: datetime) -> None:
        """Remember it. Waits for whoever acts on it at this moment; raises `AlreadyHeard` where that came to an end."""
        row = {"workspace_id": self._workspace_id, "delivery": delivery, "at": at}
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        new = insert(TABLE).values(row).on_conflict_do_nothing().returning(TABLE.c.delivery)
        if self._connection.scalar(new) is None:
            raise AlreadyHeard(delivery)
        self.forget(before=at - KEPT, most=FORGOTTEN_AT_ONCE)

    def forget(self, *, before: datetime, most: int) -> int:
        """Delete at most so many of those heard before, but those that others delete just now; how many."""
        key = (TABLE.c.workspace_id, TABLE.c.delivery)
        old = (
            select(*key)
            .where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.at < before)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return self._connection.execute(delete(TABLE).where(tuple_(*key).in_(old))).rowcount


@dataclass
class Delivery:
    """One delivery while it is acted on: noted in its first transaction, together with what that changes."""

    name: str
    at: datetime
    noted: bool = False

    def note(self, heard: Heard) -> None:
        """Raises `AlreadyHeard` where it was acted on before. What has no name cannot be told from another."""
        if self.name and not self.noted:
            heard.note(self.name, at=self.at)
