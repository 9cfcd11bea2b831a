"""What requests to acknowledge tell, gathered: terms side by side, how it went, what stands under it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from domain.acknowledgement import Acknowledgement, Stage
from domain.guarantee import Guarantees
from domain.method import Occurrences
from domain.minutes import HOUR
from domain.objective import Objective, Terms
from domain.planned import Promises
from domain.request import Asked, PastMonth, Request
from domain.request_past import (
    events_a_day,
    month_edges,
    month_of,
    past_days,
    past_months,
    told_by_days,
)
from domain.team import Team
from storage.acknowledgements import Acknowledgements
from storage.agreements import Agreements
from storage.calendars import Calendars
from storage.days import Days
from storage.histories import Histories
from storage.objectives import Objectives
from storage.teams import Teams
from storage.versions import DefinitionsVersion

LOOKED_AT = 10
"""Of several objectives, those with the highest targets whose past is looked up."""


class Requests:
    """The requests of one workspace."""

    def __init__(
        self, connection: Connection, workspace_id: int, version: DefinitionsVersion, objectives: Objectives
    ) -> None:
        self._objectives = objectives
        self._acknowledgements = Acknowledgements(connection, workspace_id)
        self._days = Days(connection, workspace_id, objectives)
        self._histories = Histories(connection, workspace_id, objectives)
        place = (connection, workspace_id, version)
        self._agreements, self._teams, self._calendars = Agreements(*place), Teams(*place), Calendars(*place)

    def of(self, batch: int, *, at: datetime) -> Request:
        """What one message asks for: of each objective the newest acknowledgement that belongs to it."""
        rows = self._acknowledgements.in_batch(batch)
        newest = {one.objective: one for one in rows}
        if len(newest) == 1:
            return replace(self.about(rows[-1], at=at), batch=batch)
        return self._several(batch, list(newest.values()), rows, at)

    def open_of(self, team: str, *, at: datetime) -> Request:
        """All that a team is asked, whichever messages ask for it."""
        waiting = self._acknowledgements.waiting()
        mine = [one for one in waiting if one.team == team and one.stage is Stage.OPEN]
        return self._several(0, sorted(mine, key=lambda one: one.objective), mine, at, team=team)

    def about(self, one: Acknowledgement, *, at: datetime) -> Request:
        """That objective alone, with all that there is to tell."""
        rows = self._acknowledgements.of(one.objective)
        asked = _asked(one, rows, self._known_objectives())
        told = self._with_past([asked], at)[asked.name] if asked else None
        return self._request(one.batch, one.team, [self._with_guarantee(told, at)] if told else [], at)

    def _several(
        self,
        batch: int,
        chosen: Sequence[Acknowledgement],
        rows: Iterable[Acknowledgement],
        at: datetime,
        *,
        team: str | None = None,
    ) -> Request:
        by_objective: dict[str, list[Acknowledgement]] = {one.objective: [] for one in chosen}
        for row in rows:
            by_objective[row.objective].append(row)
        if any(one.stage is Stage.SUPERSEDED for one in chosen):
            for name, newest in self._acknowledgements.newest().items():
                if name in by_objective and newest not in by_objective[name]:
                    by_objective[name].append(newest)
        known = self._known_objectives()
        asked = [found for one in chosen if (found := _asked(one, by_objective[one.objective], known))]
        opened = sorted((one for one in asked if one.stage is Stage.OPEN), key=_by_target)
        looked_up = self._with_past(opened[:LOOKED_AT], at)
        told = [looked_up.get(one.name, one) for one in asked]
        return self._request(batch, team or chosen[0].team, told, at)

    def _with_guarantee(self, one: Asked, at: datetime) -> Asked:
        """As it is once its terms are in force."""
        guarantees = Guarantees(self._objectives.with_retired(), self._promises())
        return replace(one, guarantee=guarantees.of(one.name, at=max(at, one.terms.since or at)))

    def _promises(self) -> Promises:
        return Promises(
            {one.name: one for one in self._agreements.all()},
            {one.name: one for one in self._teams.all()},
            {one.name: one for one in self._calendars.all()},
        )

    def _request(self, batch: int, team: str, asked: Sequence[Asked], at: datetime) -> Request:
        promises = self._promises()
        arbiters = next((one for one in promises.teams.values() if one.arbitrates), None)
        return Request(batch, promises.teams.get(team, Team(team)), asked, at, promises, arbiters)

    def _known_objectives(self) -> dict[str, Objective]:
        return {kept.objective.name: kept.objective for kept in self._objectives.kept()}

    def _with_past(self, asked: Sequence[Asked], at: datetime) -> dict[str, Asked]:
        """The same with how they did, by their newest terms."""
        days = self._days.before([one.name for one in asked], at=at, newest=True)
        months = self._months([one for one in asked if not told_by_days(one.objective.versions[-1])], at)
        found = {}
        for one in asked:
            terms, losses = one.objective.versions[-1], days.get(one.name, [])
            found[one.name] = replace(
                one,
                days=past_days(terms, losses, at=at) if told_by_days(terms) else None,
                months=months.get(one.name, ()),
                events_a_day=events_a_day(losses, at=at) if terms.method == Occurrences() else None,
            )
        return found

    def _months(self, asked: Sequence[Asked], at: datetime) -> Mapping[str, Sequence[PastMonth]]:
        """Those whose months begin at the same time are read at once."""
        found: dict[str, Sequence[PastMonth]] = {}
        windows = {one.name: month_of(one.objective.versions[-1]) for one in asked}
        for window in dict.fromkeys(windows.values()):
            names = [name for name, its in windows.items() if its == window]
            edges = month_edges(window, at=at)
            known = [self._still_known(edge, names) for edge in edges]
            histories = self._histories.of(names, known, at=at, newest=True)
            found |= {name: past_months(window, edges, told) for name, told in histories.items()}
        return found

    def _still_known(self, edge: int, names: Collection[str]) -> int:
        """The minute, or the full hour before it where its minutes are no longer kept."""
        pruned = max(one.pruned_until for one in self._objectives.kept() if one.objective.name in names)
        return edge if edge >= pruned else edge // HOUR * HOUR


def _asked(
    one: Acknowledgement, rows: Collection[Acknowledgement], known: Mapping[str, Objective]
) -> Asked | None:
    """None of an objective that is not known any more."""
    objective = known.get(one.objective)
    if objective is None:
        return None
    # One that is not saved yet comes after all others.
    earlier = [row for row in rows if row.id < one.id or not one.id]
    later = [row for row in rows if row.id > one.id > 0]
    terms = _version(objective, one.version) or objective.versions[-1]
    return Asked(
        acknowledgement=one,
        objective=objective,
        terms=terms,
        before=_before(objective, terms, earlier),
        earlier=earlier[-1] if earlier else None,
        later=later[0] if later else None,
    )


def _by_target(one: Asked) -> tuple[object, ...]:
    """The highest target first."""
    return -one.terms.target, one.name


def _version(objective: Objective, version: int) -> Terms | None:
    return next((terms for terms in objective.versions if terms.version == version), None)


def _before(objective: Objective, terms: Terms, earlier: Sequence[Acknowledgement]) -> Terms | None:
    """The terms of the last yes, else the version before; None where those are the same or there are none."""
    said = [one.version for one in earlier if one.expires_at is not None]
    found = _version(objective, said[-1] if said else terms.version - 1)
    return None if found == terms else found
