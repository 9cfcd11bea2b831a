"""A transaction on one workspace, with the collections as its attributes."""

from functools import cached_property

from sqlalchemy import Connection

from domain.planned import Promises
from storage.acknowledgements import Acknowledgements
from storage.agreements import Agreements
from storage.audit import AuditTrail
from storage.breach_warnings import BreachWarnings
from storage.breaches import Breaches
from storage.calendars import Calendars
from storage.counted import CountedHours
from storage.days import Days
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.dispute_facts import DisputeFacts
from storage.disputes import Disputes
from storage.erasing import Erasing
from storage.exclusions import Exclusions
from storage.forecasts import Forecasts
from storage.handovers import Handovers
from storage.heard import Heard
from storage.histories import Histories
from storage.layered import LayeredFigures
from storage.measurements import Measurements
from storage.names import KnownNames
from storage.objectives import Objectives
from storage.openslo_documents import OpensloDocuments
from storage.outbox import Outbox
from storage.outlooks import Outlooks
from storage.past_forecasts import PastForecasts
from storage.people import People
from storage.processes import Processes
from storage.requests import Requests
from storage.retention import Retention
from storage.rulings import Rulings
from storage.services import Services
from storage.situations import Situations
from storage.spells import SpellReading
from storage.standings import Standings
from storage.subscriptions import Subscriptions
from storage.tallies import Tallies
from storage.teams import Teams
from storage.usergroups import Usergroups
from storage.versions import DefinitionsCache, DefinitionsVersion
from storage.warned import WarnedFacts
from storage.workspaces import Workspace


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
    def usergroups(self) -> Usergroups:
        """Who is in the user groups of Slack that teams name."""
        return Usergroups(self.connection, self.workspace.id)

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

    @property
    def promises(self) -> Promises:
        """All agreements, teams and calendars, by name."""
        return Promises(
            {one.name: one for one in self.agreements.all()},
            {one.name: one for one in self.teams.all()},
            {one.name: one for one in self.calendars.all()},
        )

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
    def openslo_documents(self) -> OpensloDocuments:
        """Documents of OpenSLO that are kept as they were written."""
        return OpensloDocuments(self.connection, self.workspace.id, self._version)

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
    def layered(self) -> LayeredFigures:
        """How the objectives stand as measured, by the agreement, for the owner, and if disputes succeed."""
        return LayeredFigures(self.connection, self.workspace.id, self.objectives)

    @cached_property
    def disputes(self) -> Disputes:
        """What is disputed."""
        return Disputes(self.connection, self.workspace.id, self._version, self.audit)

    @cached_property
    def dispute_facts(self) -> DisputeFacts:
        """What is told of disputes, and who rules next."""
        return DisputeFacts(self.connection, self.workspace.id, self._version, self.objectives)

    @cached_property
    def rulings(self) -> Rulings:
        """How it was decided."""
        return Rulings(self.connection, self.workspace.id, self._version)

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
            acknowledgements=self.acknowledgements,
            handovers=self.handovers,
            disputes=self.disputes,
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
    def acknowledgements(self) -> Acknowledgements:
        """What teams were asked to acknowledge, and answered."""
        return Acknowledgements(self.connection, self.workspace.id)

    @cached_property
    def requests(self) -> Requests:
        """What their requests to acknowledge tell."""
        return Requests(self.connection, self.workspace.id, self._version, self.objectives)

    @cached_property
    def handovers(self) -> Handovers:
        """Which objectives go from one team to another."""
        return Handovers(self.connection, self.workspace.id)

    @cached_property
    def audit(self) -> AuditTrail:
        """What everybody did."""
        return AuditTrail(self.connection, self.workspace, self._version)

    @cached_property
    def digests(self) -> Digests:
        """Which digests were decided."""
        return Digests(self.connection, self.workspace.id)
