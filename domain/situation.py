"""A situation: all that a digest can tell of, as of its own time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.agreement import Agreement, AgreementKind
from domain.dispute import Dispute
from domain.exclusion import Exclusion
from domain.in_effect import Uncounted, date_of, in_effect, uncounted_by
from domain.lookup import Found, objectives_of
from domain.planned import PlannedWork, Promises, planned_ahead
from domain.questions import NO_QUESTIONS, Questions
from domain.renewal import Days, Due, due
from domain.standing import Standing
from domain.team import Team, TeamKind
from domain.warned_since import WarnedSince


@dataclass(frozen=True, slots=True)
class Situation:
    """All objectives at `at`, with what they are promised in, the planned work, and what was warned about lately.

    `asked` is what teams were asked about them and did not settle, `disputes` are those that are not over. Those whose
    agreement is not in effect are `uncounted`: they are none of the standings.
    """

    at: datetime
    standings: Sequence[Standing]
    promises: Promises
    exclusions: Sequence[Exclusion] = ()
    lately: WarnedSince | None = None
    asked: Questions = NO_QUESTIONS
    uncounted: Sequence[Standing] = ()
    disputes: Sequence[Dispute] = ()

    def warned(self, since: datetime | None) -> WarnedSince:
        """What is warned about, and what was over since then."""
        return (self.lately or WarnedSince(self.at)).after(since)

    def owned_by(self, team: str | None) -> list[Standing]:
        """The objectives of a team; of None those that nobody owns."""
        return [standing for standing in self.standings if standing.terms.owner == team]

    def unowned_of(self, team: str) -> list[Standing]:
        """The objectives that nobody owns, in agreements by which the team promises something."""
        agreements, declined = self.promises.agreements, {one.objective for one in self.asked.declined}
        unowned = (
            (one, agreements.get(one.terms.agreement or ""))
            for one in self.standings
            if one.terms.owner is None or (one.name in declined and one.terms.owner != team)
        )
        return [one for one, agreement in unowned if agreement and agreement.provider == team]

    def meant_by(self, found: Iterable[Found]) -> list[Standing]:
        """The objectives that names mean, each once."""
        names = self._names(found)
        return [standing for standing in self.standings if standing.name in names]

    def shown_to(self, outsider: Team) -> list[Standing]:
        """What is promised to a customer, or by a third party, in agreements that are in effect: nothing else."""
        names = {agreement.name for agreement in self.agreements_with(outsider)}
        return [standing for standing in self.standings if standing.terms.agreement in names]

    def agreements_with(self, outsider: Team) -> list[Agreement]:
        """A customer's SLAs, or a third party's UCs, that are in effect on the provider's date."""
        kind = AgreementKind.SLA if outsider.kind is TeamKind.CUSTOMER else AgreementKind.UC
        return [
            agreement
            for agreement in self.promises.agreements.values()
            if agreement.kind is kind
            and agreement.outsider == outsider.name
            and in_effect(agreement, self.promises.teams, at=self.at)
        ]

    def only(self, found: Iterable[Found]) -> "Situation":
        """The same of the objectives that names mean, and of their agreements, alone."""
        names = self._names(found)
        counted = [standing for standing in self.standings if standing.name in names]
        uncounted = [standing for standing in self.uncounted if standing.name in names]
        used = {standing.terms.agreement for standing in (*counted, *uncounted)}
        kept = {name: one for name, one in self.promises.agreements.items() if name in used}
        return replace(
            self,
            standings=counted,
            promises=replace(self.promises, agreements=kept),
            uncounted=uncounted,
            disputes=[one for one in self.disputes if one.objective in names],
        )

    def uncounted_of(self, team: str) -> list[Uncounted]:
        """The objectives of a team that do not count, by agreement."""
        own = [standing for standing in self.uncounted if standing.terms.owner == team]
        return uncounted_by(own, self.promises, at=self.at)

    def disputes_of(self, team: str) -> list[Dispute]:
        """The disputes in which the team is a party."""
        return [one for one in self.disputes if team in one.teams]

    def planned(self, standings: Sequence[Standing]) -> list[PlannedWork]:
        """The planned work on these that began or lies ahead."""
        return planned_ahead(self.exclusions, standings, self.promises, at=self.at)

    def due_of(self, team: str, *, told_at: datetime | None = None) -> list[Due]:
        """The ends and reviews to tell a party to the agreements, which was last told of some at `told_at`."""
        found = self.due(told_at=told_at)
        return [one for one in found if team in (one.agreement.provider, one.agreement.customer)]

    def due(self, *, told_at: datetime | None = None) -> list[Due]:
        """The ends and reviews to tell of all, each by its provider's date."""
        agreements = self.promises.agreements
        uncounted = Counter(standing.terms.agreement for standing in self.uncounted)
        found = [
            item
            for name, one in agreements.items()
            for item in due(one, agreements.values(), self._days(one, told_at), uncounted=uncounted[name])
        ]
        return sorted(found, key=lambda one: (one.on, one.agreement.name, one.kind))

    def date_of(self, agreement: Agreement) -> date:
        """The date by which the agreement is judged."""
        return date_of(agreement, self.promises.teams, at=self.at)

    def _days(self, agreement: Agreement, told_at: datetime | None) -> Days:
        told = date_of(agreement, self.promises.teams, at=told_at) if told_at else None
        return Days(self.date_of(agreement), told)

    def _names(self, found: Iterable[Found]) -> set[str]:
        objectives = [standing.objective for standing in (*self.standings, *self.uncounted)]
        agreements = self.promises.agreements.values()
        return {name for one in found for name in objectives_of(one, objectives, agreements, at=self.at)}
