"""Which minutes count for each objective: from its agreement, the calendars and the planned work."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from domain.agreement import Agreement
from domain.calendars import Calendar, office_calendar
from domain.exclusion import Exclusion
from domain.layer import Change, Layers, layers_of
from domain.objective import Objective, Terms
from domain.scope import ALWAYS, Scope
from domain.spans import Span, Spans
from domain.team import Team
from domain.time_limit import TimeLimit
from storage.agreements import Agreements
from storage.calendars import Calendars
from storage.changes import read_changes
from storage.exclusions import Exclusions
from storage.teams import Teams
from storage.versions import DefinitionsVersion

NO_CHANGES: Mapping[str, Sequence[Change]] = {}


class Scoping:
    """Makes scopes; objectives under the same agreement and planned work share one."""

    def __init__(
        self,
        agreements: Iterable[Agreement],
        calendars: Iterable[Calendar],
        teams: Iterable[Team],
        exclusions: Iterable[Exclusion],
        changes: Mapping[str, Sequence[Change]] = NO_CHANGES,
    ) -> None:
        self._agreements = {agreement.name: agreement for agreement in agreements}
        self._calendars = {calendar.name: calendar for calendar in calendars}
        self._teams = {team.name: team for team in teams}
        self._by_objective = _by_name((one, one.objectives) for one in exclusions)
        self._by_service = _by_name((one, one.services) for one in exclusions)
        self._changes = changes
        self._made: dict[tuple[str | None, frozenset[str]], Layers] = {}
        self._spans: dict[tuple[str, TimeLimit | None, str | None], list[Span]] = {}

    def layers(self, objective: Objective, terms: Terms) -> Layers:
        """The minutes that count for the objective under these terms, in each layer of its figures."""
        concerning = {
            **self._by_objective.get(objective.name, {}),
            **self._by_service.get(objective.service, {}),
        }
        key = (terms.agreement, frozenset(concerning))
        if key not in self._made:
            agreement = self._agreements.get(terms.agreement or "")
            self._made[key] = layers_of(self._make(agreement, concerning.values()), ())
        made, changes = self._made[key], self._changes.get(objective.name)
        return layers_of(made.measured, changes) if changes else made

    def _make(self, agreement: Agreement | None, exclusions: Iterable[Exclusion]) -> Scope:
        excluded = Spans(span for one in exclusions for span in self._spans_of(one, agreement))
        hours = self._calendars.get(agreement.service_hours or "") if agreement else None
        return Scope(hours, excluded) if hours or excluded else ALWAYS

    def _spans_of(self, exclusion: Exclusion, agreement: Agreement | None) -> Sequence[Span]:
        """Read once for all agreements with the same notice and provider."""
        notice = agreement.maintenance_notice if agreement else None
        key = (exclusion.name, notice, agreement.provider if agreement and notice else None)
        if key not in self._spans:
            self._spans[key] = list(exclusion.spans(agreement, self._working_calendar(agreement)))
        return self._spans[key]

    def _working_calendar(self, agreement: Agreement | None) -> Calendar:
        """The provider's, by which notice is counted."""
        provider = self._teams.get(agreement.provider) if agreement else None
        return provider.working_calendar(self._calendars) if provider else office_calendar("UTC")


def _by_name(named: Iterable[tuple[Exclusion, Iterable[str]]]) -> Mapping[str, dict[str, Exclusion]]:
    found: dict[str, dict[str, Exclusion]] = {}
    for exclusion, names in named:
        for name in names:
            found.setdefault(name, {})[exclusion.name] = exclusion
    return found


def read_scoping(connection: Connection, workspace_id: int, version: DefinitionsVersion) -> Scoping:
    """From all that one workspace has stored."""
    place = (connection, workspace_id, version)
    return Scoping(
        Agreements(*place).all(),
        Calendars(*place).all(),
        Teams(*place).all(),
        Exclusions(*place).all(),
        read_changes(connection, workspace_id),
    )
