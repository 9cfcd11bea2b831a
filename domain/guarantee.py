"""Guarantees: what the promises under an objective add up to, beside what it promises itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from domain.agreement import AgreementKind
from domain.calendars import Calendar
from domain.in_effect import in_effect
from domain.minutes import DAY
from domain.objective import Objective, Terms
from domain.planned import Promises

ALL_DAY = ((0, DAY),)


@dataclass(frozen=True, slots=True)
class Supporter:
    """An objective that another one stands on: what it promises, in an agreement of `kind` or in none."""

    name: str
    target: Fraction
    kind: AgreementKind | None = None


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What `supporters` promise together, all in the service hours of `objective`; `apart` are those of other hours.

    In series everything needs every one of them, so that what each may fail adds up. Not the product of the
    targets: that holds only where failures are independent of each other.
    """

    objective: str
    target: Fraction
    supporters: tuple[Supporter, ...]
    apart: tuple[Supporter, ...] = ()

    @property
    def series(self) -> Fraction:
        """What is left where no two of them ever fail at the same time; 1 with no supporters, never below 0."""
        return max(Fraction(0), 1 - sum((1 - one.target for one in self.supporters), Fraction(0)))

    @property
    def at_best(self) -> Fraction:
        """What is left where they always fail at the same time; 1 with no supporters."""
        return min((one.target for one in self.supporters), default=Fraction(1))

    @property
    def falls_short(self) -> bool:
        """Whether less is guaranteed than promised."""
        return self.series < self.target

    @property
    def alone_leaves_nothing(self) -> bool:
        """Whether keeping the promise leaves no room for failures of our own."""
        return self.series == self.target


class Guarantees:
    """Those of all `objectives`, by name: as things are at `at`; without it as newly defined, in effect or not."""

    def __init__(self, objectives: Iterable[Objective], promises: Promises) -> None:
        self._promises = promises
        self._objectives = {one.name: one for one in objectives}
        self._under: dict[str, list[Objective]] = {}
        for one in self._objectives.values():
            for name in one.supports:
                self._under.setdefault(name, []).append(one)

    def of(self, name: str, *, at: datetime | None = None) -> Guarantee | None:
        """What stands under an objective adds up to; None where nothing does."""
        objective = self._objectives.get(name)
        under = list(self.under(name, at=at))
        if objective is None or _retired(objective, at) or not under:
            return None
        terms = _terms(objective, at)
        hours = self._hours(terms)
        found = [(self._supporter(one, at), self._hours(_terms(one, at)) == hours) for one in under]
        supporters, apart = (tuple(one for one, same in found if same is wanted) for wanted in (True, False))
        return Guarantee(name, terms.target, supporters, apart)

    def promised(self, name: str, *, at: datetime | None = None) -> bool:
        """Whether there is such an objective, and it is not retired."""
        return name in self._objectives and not _retired(self._objectives[name], at)

    def supporting(self, name: str) -> tuple[Objective, ...]:
        """All that ever stood under an objective, retired or not."""
        return tuple(self._under.get(name, ()))

    def under(self, name: str, *, at: datetime | None = None) -> Iterator[Objective]:
        """The objectives that an objective stands on: not the retired ones, nor those promised by nobody at `at`."""
        for one in self.supporting(name):
            if not _retired(one, at) and self.in_effect(one, at=at):
                yield one

    def in_effect(self, objective: Objective, *, at: datetime | None) -> bool:
        """Whether its agreement, if it has one, holds at `at`."""
        agreement = self._promises.agreements.get(_terms(objective, at).agreement or "")
        return at is None or in_effect(agreement, self._promises.teams, at=at)

    def _supporter(self, objective: Objective, at: datetime | None) -> Supporter:
        terms = _terms(objective, at)
        agreement = self._promises.agreements.get(terms.agreement or "")
        return Supporter(objective.name, terms.target, agreement.kind if agreement else None)

    def _hours(self, terms: Terms) -> Calendar | None:
        """The service hours, whatever their calendar is called; None is round the clock."""
        agreement = self._promises.agreements.get(terms.agreement or "")
        calendar = self._promises.calendars.get((agreement and agreement.service_hours) or "")
        if calendar is None or _is_round_the_clock(calendar):
            return None
        return replace(calendar, name="", country=None, subdivision=None)


def _is_round_the_clock(calendar: Calendar) -> bool:
    return not calendar.holidays and all(hours == ALL_DAY for hours in calendar.hours)


def _terms(objective: Objective, at: datetime | None) -> Terms:
    return objective.versions[-1] if at is None else objective.terms(at=at)


def _retired(objective: Objective, at: datetime | None) -> bool:
    return objective.retired_at is not None and (at is None or objective.retired_at <= at)
