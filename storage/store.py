"""The store: the database, read and written in transactions, each on one workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, Engine, insert, update

from storage.engine import WRITES
from storage.failures import said_plainly, unusable
from storage.heard import Delivery
from storage.transaction import Transaction
from storage.versions import DefinitionsCache
from storage.workspaces import TABLE, Workspace, all_workspaces, workspace_called

DEFAULT_WORKSPACE = "default"


class Store:
    """The database. `transaction` writes, all or nothing; `read` takes no write lock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._cache = DefinitionsCache()
        self._delivery: Delivery | None = None

    def on_behalf_of(self, delivery: str, *, at: datetime) -> Self:
        """The same store for a delivery of Slack's: what comes again changes nothing again.

        Its first transaction notes the delivery with what it changes, both or neither; see `AlreadyHeard`.
        """
        store = copy(self)
        store._delivery = Delivery(delivery, at)
        return store

    @contextmanager
    def transaction(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        """Commits on normal exit, rolls back on an exception."""
        with self._connection(writes=True) as connection:
            tx = Transaction(connection, workspace_called(workspace, connection), self._cache, writes=True)
            if self._delivery:
                self._delivery.note(tx.heard)
            yield tx
        if self._delivery:
            self._delivery.noted = True

    @contextmanager
    def read(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        """A consistent view; nothing is to be written."""
        with self._connection(writes=False) as connection:
            yield Transaction(connection, workspace_called(workspace, connection), self._cache, writes=False)

    def workspaces(self) -> list[Workspace]:
        """All of them, by name."""
        with self._connection(writes=False) as connection:
            return all_workspaces(connection)

    def ensure_workspace(self, name: str = DEFAULT_WORKSPACE) -> None:
        """Make the workspace unless it is there."""
        with self._connection(writes=True) as connection:
            if name in [workspace.name for workspace in all_workspaces(connection)]:
                return
            connection.execute(
                insert(TABLE).values(name=name, sandbox=False, sealed_until=0, definitions_version=0)
            )

    def attach_slack_team(self, workspace: str, slack_team_id: str) -> None:
        """Remember Slack's id of the workspace, at its first contact."""
        with self._connection(writes=True) as connection:
            connection.execute(
                update(TABLE)
                .where(TABLE.c.name == workspace, TABLE.c.slack_team_id.is_(None))
                .values(slack_team_id=slack_team_id)
            )

    def slack_team_of(self, workspace: str) -> str | None:
        """Slack's id of the workspace, once there was a contact."""
        with self._connection(writes=False) as connection:
            return workspace_called(workspace, connection).slack_team_id

    def mark_sandbox(self, workspace: str) -> None:
        """Mark it as one of invented figures, which must never reach a real Slack."""
        with self._connection(writes=True) as connection:
            connection.execute(update(TABLE).where(TABLE.c.name == workspace).values(sandbox=True))

    def set_sample_origin(self, workspace: str, origin: datetime) -> None:
        """Remember when the sandbox's sample organisation was born."""
        with self._connection(writes=True) as connection:
            connection.execute(update(TABLE).where(TABLE.c.name == workspace).values(sample_origin=origin))

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with self._connect(writes=writes) as connection, connection.begin():
                yield connection
        except Exception as error:
            # What fails outside of a query: no connection is free, one was lost, COPY by the driver itself.
            if not unusable(error):
                raise
            raise said_plainly(error) from error

    def _connect(self, *, writes: bool) -> Connection:
        connection = self.engine.connect().execution_options(**{WRITES: writes})
        if not writes and self.engine.dialect.name == "postgresql":
            # Hours may be sealed between two of our queries: each would see another half of them.
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        return connection
