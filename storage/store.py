"""The store: transactions, each on one workspace, with the collections as its attributes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from domain.refusal import Refusal, Unreachable, did_you_mean
from storage.agreements import Agreements
from storage.calendars import Calendars
from storage.counted import CountedHours
from storage.digests import Digests
from storage.engine import WRITES
from storage.episodes import Episodes
from storage.exclusions import Exclusions
from storage.histories import Histories
from storage.measurements import Measurements
from storage.objectives import KeptCache, Objectives
from storage.outbox import Outbox
from storage.schema import WorkspaceRow, table_of
from storage.services import Services
from storage.situations import Situations
from storage.standings import Standings
from storage.subscriptions import Subscriptions
from storage.teams import Teams
from storage.versions import DefinitionsVersion

TABLE = table_of(WorkspaceRow)
NO_DATABASE = "file is not a database"
DEFAULT_WORKSPACE = "default"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An organisation that Steward serves. `sealed_until` is the minute before which minutes are kept by the hour."""

    id: int
    name: str
    slack_team_id: str | None = None
    sandbox: bool = False
    sealed_until: int = 0
    definitions_version: int = 0
    sample_origin: datetime | None = None


class Transaction:
    """One workspace's rows, read and written together."""

    def __init__(self, connection: Connection, workspace: Workspace, cache: KeptCache) -> None:
        self.connection = connection
        self.workspace = workspace
        self._cache = cache
        self._version = DefinitionsVersion(connection, workspace.id, workspace.definitions_version)

    @cached_property
    def teams(self) -> Teams:
        """The teams."""
        return Teams(self.connection, self.workspace.id, self._version)

    @cached_property
    def services(self) -> Services:
        """The services."""
        return Services(self.connection, self.workspace.id, self._version)

    @cached_property
    def agreements(self) -> Agreements:
        """The agreements."""
        return Agreements(self.connection, self.workspace.id, self._version)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars."""
        return Calendars(self.connection, self.workspace.id, self._version)

    @cached_property
    def exclusions(self) -> Exclusions:
        """The planned work."""
        return Exclusions(self.connection, self.workspace.id, self._version)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """The roll-ups that were asked for."""
        return Subscriptions(self.connection, self.workspace.id)

    @cached_property
    def objectives(self) -> Objectives:
        """The objectives with their terms."""
        return Objectives(self.connection, self.workspace.id, self._cache, self._version)

    @cached_property
    def measurements(self) -> Measurements:
        """What was measured."""
        return Measurements(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def counted(self) -> CountedHours:
        """What the measured hours add up to."""
        return CountedHours(self.connection, self.workspace.id)

    @cached_property
    def histories(self) -> Histories:
        """How the objectives stood in spans of the past."""
        return Histories(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def episodes(self) -> Episodes:
        """In which spells the objectives lost their budget."""
        return Episodes(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def standings(self) -> Standings:
        """How the objectives stand."""
        return Standings(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def situations(self) -> Situations:
        """All that digests tell of."""
        return Situations(
            self.standings,
            teams=self.teams,
            agreements=self.agreements,
            calendars=self.calendars,
            exclusions=self.exclusions,
        )

    @cached_property
    def outbox(self) -> Outbox:
        """What was or will be said."""
        return Outbox(self.connection, self.workspace.id)

    @cached_property
    def digests(self) -> Digests:
        """Which digests were decided."""
        return Digests(self.connection, self.workspace.id)


class Store:
    """The database. `transaction` writes, all or nothing; `read` takes no write lock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._cache = KeptCache()

    @contextmanager
    def transaction(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        """Commits on normal exit, rolls back on an exception."""
        with self._connection(writes=True) as connection:
            yield Transaction(connection, _workspace(connection, workspace), self._cache)

    @contextmanager
    def read(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        """A consistent view; nothing is to be written."""
        with self._connection(writes=False) as connection:
            yield Transaction(connection, _workspace(connection, workspace), self._cache)

    def workspaces(self) -> list[Workspace]:
        """All of them, by name."""
        with self._connection(writes=False) as connection:
            return _workspaces(connection)

    def ensure_workspace(self, name: str = DEFAULT_WORKSPACE) -> None:
        """Make the workspace unless it is there."""
        with self._connection(writes=True) as connection:
            if name in [workspace.name for workspace in _workspaces(connection)]:
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
            return _workspace(connection, workspace).slack_team_id

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
        except DatabaseError as error:
            if not unusable(error):
                raise
            raise said_plainly(error) from error

    def _connect(self, *, writes: bool) -> Connection:
        connection = self.engine.connect().execution_options(**{WRITES: writes})
        if not writes and self.engine.dialect.name == "postgresql":
            # Hours may be sealed between two of our queries: each would see another half of them.
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        return connection


def _workspaces(connection: Connection) -> list[Workspace]:
    rows = connection.execute(select(TABLE).order_by(TABLE.c.name))
    return [Workspace(**row) for row in rows.mappings()]


def _workspace(connection: Connection, name: str) -> Workspace:
    query = select(TABLE).where(TABLE.c.name == name)
    row = connection.execute(query).mappings().first()
    if row is None:
        known = [workspace.name for workspace in _workspaces(connection)]
        raise Refusal(f"There is no workspace called `{name}`.{did_you_mean(name, known)}")
    return Workspace(**row)


def unusable(error: DatabaseError) -> bool:
    """Whether it is the database that failed, and not what was asked of it."""
    return isinstance(error, OperationalError) or NO_DATABASE in str(error.orig)


def said_plainly(error: DatabaseError) -> Unreachable:
    """What an operator can do about a database that failed."""
    said = str(error.orig)
    if any(words in said for words in ("disk is full", "No space left", "disk I/O error")):
        return Unreachable(
            f"There is no disk space left, or the disk fails ({said.splitlines()[0]}); nothing was saved. "
            "Free some, then try again."
        )
    if NO_DATABASE in said:
        return Unreachable("The file is no SQLite database. Check DATABASE_URL: nothing was touched.")
    if "locked" in said:
        return Unreachable(
            "Another process keeps the database locked; nothing was saved. Try again in a minute."
        )
    if "unable to open" in said or "readonly" in said:
        return Unreachable(
            f"The database cannot be opened or written ({said}). Check DATABASE_URL and its folder."
        )
    return Unreachable(f"The database does not answer ({type(error.orig).__name__}). Check DATABASE_URL.")
