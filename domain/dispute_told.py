"""What there is to tell of a dispute: its parties, its figures in all layers, its outcome and record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Self

from domain.agreement import Agreement
from domain.dispute import Dispute, Ruling
from domain.layered import Layered
from domain.measurement import Measurement
from domain.team import Team


class Entry(NamedTuple):
    """One line of a dispute's record; `by` None is Steward itself."""

    at: datetime
    by: str | None
    team: str | None
    action: str
    words: str


@dataclass(frozen=True, slots=True)
class DisputeTold:
    """A dispute, read at `at` by the team `to`; by nobody in particular where it is "".

    `layered` are the figures of the period in which the contested minutes lie, or of now; None where nothing can be
    said of them. `measured` are those minutes as they were measured.
    """

    dispute: Dispute
    raiser: Team
    counterpart: Team
    at: datetime
    agreement: Agreement | None = None
    layered: Layered | None = None
    rulings: tuple[Ruling, ...] = ()
    record: tuple[Entry, ...] = ()
    measured: tuple[Measurement, ...] = ()
    managers: tuple[Team, ...] = ()
    similar: tuple[Ruling, ...] = ()
    alone: bool = True
    """Whether it is the only undecided one about its objective."""
    to: str = ""

    @property
    def ruling(self) -> Ruling | None:
        """The outcome that holds, if there is one."""
        return self.rulings[-1] if self.rulings else None

    @property
    def reader(self) -> Team:
        """By whose clocks it is told."""
        teams: Sequence[Team] = (self.raiser, self.counterpart, *self.managers)
        return next((team for team in teams if team.name == self.to), self.raiser)

    @property
    def turn(self) -> Team | None:
        """The team whose turn it is; None where it is an arbiter's or nobody's."""
        return {self.raiser.name: self.raiser, self.counterpart.name: self.counterpart}.get(
            self.dispute.turn or ""
        )

    def read_by(self, team: str) -> Self:
        """The same, as `team` reads it."""
        return replace(self, to=team)
