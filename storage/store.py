"""The store: transactions, each on one workspace, with the collections as its attributes."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import Connection, Engine, insert, update

from storage.agreements import Agreements
from storage.breach_warnings import BreachWarnings
from storage.breaches import Breaches
from storage.calendars import Calendars
from storage.counted import CountedHours
from storage.days import Days
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.engine import WRITES
from storage.erasing import Erasing
from storage.exclusions import Exclusions
from storage.failures import said_plainly, unusable
from storage.forecasts import Forecasts
from storage.heard import Delivery, Heard
from storage.histories import Histories
from storage.measurements import Measurements
from storage.names import KnownNames
from storage.objectives import Objectives
from storage.outbox import Outbox
from storage.outlooks import Outlooks
from storage.past_forecasts import PastForecasts
from storage.people import People
from storage.processes import Processes
from storage.retention import Retention
from storage.services import Services
from storage.situations import Situations
from storage.spells import SpellReading
from storage.standings import Standings
from storage.subscriptions import Subscriptions
from storage.tallies import Tallies
from storage.teams import Teams
from storage.versions import DefinitionsCache, DefinitionsVersion
from storage.warned import WarnedFacts
from storage.workspaces import TABLE, Workspace, all_workspaces, workspace_called

DEFAULT_WORKSPACE = "default"


class Transaction:
    """One workspace's rows, read and written together."""

    def __init__(
        self, connection: Connection, workspace: Workspace, cache: DefinitionsCache, *, writes: bool
    ) -> None:
        self.connection = connection
        self.workspace = workspace
        version = workspace.definitions_version
        self._version = DefinitionsVersion(connection, workspace.id, version, cache, writes=writes)

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
        return Objectives(self.connection, self.workspace.id, self._version)

    @cached_property
    def names(self) -> KnownNames:
        """What all these are called."""
        return KnownNames(self.objectives, self.services, self.teams, self._version)

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
    def spells(self) -> SpellReading:
        """In which spells the objectives lost their budget."""
        return SpellReading(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def people(self) -> People:
        """Those who did something, by reference."""
        return People(self.connection, self.workspace.id)

    @cached_property
    def erasing(self) -> Erasing:
        """Forgetting who they were."""
        return Erasing(self.connection, self.workspace.id, self._version)

    @cached_property
    def retention(self) -> Retention:
        """What is kept longer than it must be."""
        return Retention(self.connection, self.workspace.id, self.objectives)

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
            breach_warnings=self.breach_warnings,
            warned=self.warned,
        )

    @cached_property
    def outbox(self) -> Outbox:
        """What was or will be said."""
        return Outbox(self.connection, self.workspace.id)

    @cached_property
    def deliveries(self) -> Deliveries:
        """How that gets to Slack."""
        return Deliveries(self.connection, self.workspace.id)

    @cached_property
    def processes(self) -> Processes:
        """Which processes tick."""
        return Processes(self.connection, self.workspace.id)

    @cached_property
    def tallies(self) -> Tallies:
        """What the tables count."""
        return Tallies(self.connection, self.workspace.id)

    @cached_property
    def heard(self) -> Heard:
        """Which of Slack's deliveries were acted on."""
        return Heard(self.connection, self.workspace.id)

    @cached_property
    def breach_warnings(self) -> BreachWarnings:
        """What was warned about."""
        return BreachWarnings(self.connection, self.workspace.id)

    @cached_property
    def warned(self) -> WarnedFacts:
        """What their messages tell."""
        return WarnedFacts(self.connection, self.workspace.id, self._version, self.objectives)

    @cached_property
    def forecasts(self) -> Forecasts:
        """What was forecast, and what came of it."""
        return Forecasts(self.connection, self.workspace.id)

    @cached_property
    def past_forecasts(self) -> PastForecasts:
        """What would have been forecast earlier."""
        return PastForecasts(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def outlooks(self) -> Outlooks:
        """What forecasts go by."""
        return Outlooks(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def days(self) -> Days:
        """What was lost on past days."""
        return Days(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def breaches(self) -> Breaches:
        """When objectives were missed."""
        return Breaches(self.connection, self.workspace.id)

    @cached_property
    def digests(self) -> Digests:
        """Which digests were decided."""
        return Digests(self.connection, self.workspace.id)


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
