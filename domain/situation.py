"""A situation: all that a digest can tell of, as of its own time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.lookup import Found, objectives_of
from domain.planned import PlannedWork, Promises, planned_ahead
from domain.renewal import Due, due
from domain.standing import Standing
from domain.team import Team, TeamKind
from domain.warned_since import WarnedSince


@dataclass(frozen=True, slots=True)
class Situation:
    """All objectives at `at`, with what they are promised in, the planned work, and what was warned about lately."""

    at: datetime
    standings: Sequence[Standing]
    promises: Promises
    exclusions: Sequence[Exclusion] = ()
    lately: WarnedSince | None = None

    def warned(self, since: datetime | None) -> WarnedSince:
        """What is warned about, and what was over since then."""
        return (self.lately or WarnedSince(self.at)).after(since)

    def owned_by(self, team: str | None) -> list[Standing]:
        """The objectives of a team; of None those that nobody owns."""
        return [standing for standing in self.standings if standing.terms.owner == team]

    def unowned_of(self, team: str) -> list[Standing]:
        """The objectives that nobody owns, in agreements by which the team promises something."""
        agreements = self.promises.agreements
        unowned = ((one, agreements.get(one.terms.agreement or "")) for one in self.owned_by(None))
        return [one for one, agreement in unowned if agreement and agreement.provider == team]

    def meant_by(self, found: Iterable[Found]) -> list[Standing]:
        """The objectives that names mean, each once."""
        objectives = [standing.objective for standing in self.standings]
        agreements = self.promises.agreements.values()
        names = {name for one in found for name in objectives_of(one, objectives, agreements, at=self.at)}
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
            and agreement.in_effect(self.date_of(agreement))
        ]

    def only(self, standings: Sequence[Standing]) -> "Situation":
        """The same of these objectives and their agreements alone."""
        used = {standing.terms.agreement for standing in standings}
        kept = {name: one for name, one in self.promises.agreements.items() if name in used}
        return replace(self, standings=standings, promises=replace(self.promises, agreements=kept))

    def planned(self, standings: Sequence[Standing]) -> list[PlannedWork]:
        """The planned work on these that began or lies ahead."""
        return planned_ahead(self.exclusions, standings, self.promises, at=self.at)

    def due_of(self, team: Team) -> list[Due]:
        """The ends and reviews of the agreements that the team is a party to."""
        return self.due(one for one in self.promises.agreements.values() if team.name in _parties(one))

    def due(self, agreements: Iterable[Agreement]) -> list[Due]:
        """The ends and reviews of these, each by its provider's date."""
        found = [item for agreement in agreements for item in due([agreement], on=self.date_of(agreement))]
        return sorted(found, key=lambda one: (one.on, one.agreement.name, one.kind))

    def date_of(self, agreement: Agreement) -> date:
        """The date in the zone of the agreement's provider; of its customer where that is not known."""
        teams = self.promises.teams
        known = (teams.get(name) for name in _parties(agreement))
        return next((team.local(self.at).date() for team in known if team), self.at.date())


def _parties(agreement: Agreement) -> tuple[str, str]:
    return agreement.provider, agreement.customer
