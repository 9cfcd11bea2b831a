"""Questions: what teams were asked about objectives and did not settle yet, and the handovers that wait."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.acknowledgement import Acknowledgement, Stage
from domain.handover import Handover
from domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Questions:
    """Acknowledgements that are open or declined, and handovers of which somebody's agreement is missing."""

    waiting: Sequence[Acknowledgement] = ()
    handovers: Sequence[Handover] = ()

    def known(self, *, at: datetime) -> "Questions":
        """Those that had been asked by then."""
        return Questions(
            [one for one in self.waiting if one.asked_at <= at],
            [one for one in self.handovers if one.proposed_at <= at],
        )

    def about(self, names: Collection[str]) -> "Questions":
        """Those about these objectives."""
        return Questions(
            [one for one in self.waiting if one.objective in names],
            [one for one in self.handovers if one.objective in names],
        )

    def concerning(self, team: str) -> "Questions":
        """Those that the team was asked, or declined, and the handovers that it is a part of."""
        return Questions(
            [one for one in self.waiting if one.team == team],
            [one for one in self.handovers if team in (one.giver, one.taker)],
        )

    @property
    def open(self) -> list[Acknowledgement]:
        """Those that nobody answered, the first due first."""
        found = (one for one in self.waiting if one.stage is Stage.OPEN)
        return sorted(found, key=lambda one: (one.due_at, one.objective))

    @property
    def declined(self) -> list[Acknowledgement]:
        """Those that were declined, the earliest first: the service level managers decide."""
        found = (one for one in self.waiting if one.stage is Stage.DECLINED)
        return sorted(found, key=lambda one: (one.answered_at or one.asked_at, one.objective))

    def overdue(self, *, at: datetime) -> list[Acknowledgement]:
        """Those whose time to answer is over."""
        return [one for one in self.open if one.due_at < at]

    def on_time(self, *, at: datetime) -> list[Acknowledgement]:
        """Those that have time left."""
        return [one for one in self.open if one.due_at >= at]

    def handovers_to(self, team: str) -> list[Handover]:
        """The handovers to which a person of the team has to agree."""
        return [one for one in self.handovers if team in one.missing]

    def handovers_of(self, team: str) -> list[Handover]:
        """The handovers to which the team agreed, and the other one did not yet."""
        return [one for one in self.handovers if team in (one.giver, one.taker) and team not in one.missing]


NO_QUESTIONS = Questions()


def is_answered(one: Acknowledgement | None, *, at: datetime) -> bool | None:
    """Whether the newest question about an objective has its yes; None where there is none to be answered."""
    if one is None or one.stage in (Stage.SUPERSEDED, Stage.WITHDRAWN) or one.asked_at > at:
        return None
    return not one.is_missing(at=at)


def unowned_since(standing: Standing) -> datetime | None:
    """Since when nobody owns it, by its terms; None where it never had an owner."""
    since: datetime | None = None
    for terms in standing.objective.versions:
        if terms.version > standing.terms.version:
            break
        since = None if terms.owner else (since or terms.since)
    return since
