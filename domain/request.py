"""A request to acknowledge: what one message to a team asks for, with all that it tells of each objective."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from typing import Self

from domain.acknowledgement import Acknowledgement, Stage
from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.guarantee import Guarantee
from domain.objective import Objective, Terms
from domain.planned import Promises
from domain.team import Team
from domain.window import CalendarWindow, Period

DIGEST_LENGTH = 8
DAYS = 90
"""How far back the past of a rolling window is told."""


@dataclass(frozen=True, slots=True)
class PastMonth:
    """How an objective did in a month of `window`, so far where it is `running`, judged by its newest terms."""

    window: CalendarWindow
    period: Period
    attainment: Fraction
    met: bool
    running: bool = False


@dataclass(frozen=True, slots=True)
class PastDays:
    """On how many of the last 90 days its newest terms were met at the day's end; `known` of them had figures."""

    met: int
    known: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One objective of a request, for the `terms` of the acknowledgement's version.

    `before` are the terms that were acknowledged last, else the version before; None where those are the same.
    `earlier` and `later` are the acknowledgements before and after this one. Histories are judged by the newest
    terms: `months` for calendar windows, `days` for rolling ones; none where nothing was measured or looked up.
    """

    acknowledgement: Acknowledgement
    objective: Objective
    terms: Terms
    before: Terms | None = None
    earlier: Acknowledgement | None = None
    later: Acknowledgement | None = None
    months: Sequence[PastMonth] = ()
    days: PastDays | None = None
    events_a_day: Fraction | None = None
    guarantee: Guarantee | None = None

    @property
    def name(self) -> str:
        """The objective's name."""
        return self.objective.name

    @property
    def ref(self) -> str:
        """ "checkout-availability@2": what an answer is about."""
        return f"{self.name}@{self.terms.version}"

    @property
    def stage(self) -> Stage:
        """How far the acknowledgement is."""
        return self.acknowledgement.stage

    @property
    def was_declined(self) -> bool:
        """Whether the last answer was no: who declined may still acknowledge."""
        return self.acknowledgement.ground is not None and self.acknowledgement.expires_at is None


@dataclass(frozen=True, slots=True)
class Request:
    """All that one message asks of `team`, as it stands at `at`; `arbiters` are the service level managers."""

    batch: int
    team: Team
    asked: Sequence[Asked]
    at: datetime
    promises: Promises
    arbiters: Team | None = None

    @property
    def key(self) -> str:
        """The key of its notice."""
        return f"acknowledge:{self.batch}"

    @property
    def open(self) -> list[Asked]:
        """Those that still wait for an answer."""
        return self.at_stage(Stage.OPEN)

    def left(self, after: str | None = None) -> list[Asked]:
        """Those that are open, by name; on a way through them those `after` that objective, then those before it."""
        found = sorted(self.open, key=lambda one: one.name)
        if after is None:
            return found
        behind = [one for one in found if one.name > after]
        return behind + [one for one in found if one.name < after]

    @property
    def due_at(self) -> datetime:
        """When the first answer is due of those that are open, else of all."""
        return min(one.acknowledgement.due_at for one in self.open or self.asked)

    @property
    def digest(self) -> str:
        """What stands for the open ones in just these versions: a yes to all of them names it."""
        named = "\n".join(sorted(one.ref for one in self.open))
        return sha256(named.encode()).hexdigest()[:DIGEST_LENGTH]

    def at_stage(self, *stages: Stage) -> list[Asked]:
        """Those that are so far."""
        return [one for one in self.asked if one.stage in stages]

    def of_names(self, names: Collection[str]) -> Self:
        """The same about these objectives alone."""
        return replace(self, asked=tuple(one for one in self.asked if one.name in names))

    def agreement(self, terms: Terms) -> Agreement | None:
        """What the terms are promised in."""
        return self.promises.agreements.get(terms.agreement or "")

    def hours(self, terms: Terms) -> Calendar | None:
        """The service hours of the terms; None round the clock."""
        agreement = self.agreement(terms)
        return self.promises.calendars.get((agreement and agreement.service_hours) or "")
