"""Collective responsibility: a promise, the promises under it, who answers for each, and where that is thin."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from graphlib import CycleError, TopologicalSorter

from domain.acknowledgement import Acknowledgement
from domain.agreement import Agreement, AgreementKind
from domain.answered import NO_ANSWERS, Answers, answers_at
from domain.guarantee import Guarantee, Guarantees
from domain.in_effect import date_of
from domain.objective import Objective, Terms
from domain.planned import Promises
from domain.responsibility import Role


class Thin(IntEnum):
    """Why a chain may break at an objective, the most urgent first."""

    UNOWNED = 0
    DECLINED = 1
    NOTHING_LEFT = 2
    NOT_IN_EFFECT = 3
    SHORT = 4
    UNACKNOWLEDGED = 5


FIRM = len(Thin)


@dataclass(frozen=True, slots=True)
class Link:
    """An objective as it was `at` an instant, over those that stood under it; `gone` are those retired since."""

    objective: Objective
    terms: Terms
    at: datetime
    agreement: Agreement | None = None
    in_effect: bool = True
    on: date | None = None
    """The date of the agreement's provider."""
    answers: Answers = NO_ANSWERS
    guarantee: Guarantee | None = None
    under: tuple["Link", ...] = ()
    gone: tuple[str, ...] = ()
    urgency: int = field(init=False)
    """The most urgent reason in it or under it; `FIRM` without any."""

    def __post_init__(self) -> None:
        # Kept, since to look for it through all that is under it takes long where much is under several.
        object.__setattr__(self, "urgency", min([*self.thin, *(one.urgency for one in self.under), FIRM]))

    @property
    def name(self) -> str:
        """The objective's name."""
        return self.objective.name

    @property
    def unacknowledged(self) -> bool:
        """Whether its team was asked and has not said yes."""
        return self.answers.asked and (self.answers.holding is None or self.answers.missing(at=self.at))

    @property
    def thin(self) -> tuple[Thin, ...]:
        """Why it is thin itself, the most urgent first."""
        found = {
            Thin.UNOWNED: self.terms.owner is None,
            Thin.DECLINED: self.answers.declined,
            Thin.NOTHING_LEFT: bool(self.gone) and not self.under,
            Thin.NOT_IN_EFFECT: not self.in_effect,
            Thin.SHORT: self.guarantee is not None and self.guarantee.falls_short,
            Thin.UNACKNOWLEDGED: self.unacknowledged and not self.answers.declined,
        }
        return tuple(why for why, so in found.items() if so)

    @property
    def promised(self) -> bool:
        """Whether it is promised to a customer."""
        return self.agreement is not None and self.agreement.kind is AgreementKind.SLA

    def roles(self, role: Role) -> list[str]:
        """The teams that had that role."""
        return [one.team for one in self.objective.roles if one.role is role and one.held(at=self.at)]


class Chains:
    """Those of all `objectives` as they were at `at`."""

    def __init__(self, objectives: Sequence[Objective], promises: Promises, *, at: datetime) -> None:
        self._at = at
        self._promises = promises
        self._guarantees = Guarantees(objectives, promises)
        self._objectives = {one.name: one for one in objectives}

    def names(self, tops: Iterable[str]) -> set[str]:
        """These, and all that stands under them: what acknowledgements are needed of."""
        return _reached(tops, self._below)

    def links(self, names: Iterable[str], asked: Mapping[str, Sequence[Acknowledgement]]) -> dict[str, Link]:
        """Name → link, of these and of all that stands under them; `asked` has each one's acknowledgements in order."""
        under = {name: self._below(name) for name in self.names(names)}
        links: dict[str, Link] = {}
        for name in _from_below(under):
            links[name] = self._link(name, [links[one] for one in under[name]], asked.get(name, ()))
        return links

    def _below(self, name: str) -> list[str]:
        """What is not retired; also where its agreement is not in effect, which is told."""
        return [one.name for one in self._guarantees.supporting(name) if not self._retired(one)]

    def _retired(self, objective: Objective) -> bool:
        return objective.retired_at is not None and objective.retired_at <= self._at

    def _link(self, name: str, under: Iterable[Link], asked: Sequence[Acknowledgement]) -> Link:
        objective = self._objectives[name]
        terms = objective.terms(at=self._at)
        agreement = self._promises.agreements.get(terms.agreement or "")
        gone = [one.name for one in self._guarantees.supporting(name) if self._retired(one)]
        return Link(
            objective,
            terms,
            agreement=agreement,
            on=date_of(agreement, self._promises.teams, at=self._at) if agreement else None,
            in_effect=self._guarantees.in_effect(objective, at=self._at),
            answers=answers_at(asked, objective, at=self._at),
            guarantee=self._guarantees.of(name, at=self._at),
            under=tuple(sorted(under, key=_order)),
            gone=tuple(sorted(gone)),
            at=self._at,
        )


def tops(names: Iterable[str], links: Mapping[str, Link]) -> list[Link]:
    """Those of `names` that stand under no other of them: customers' promises first, then the most urgent."""
    found = [links[name] for name in names]
    below = (one.name for link in found for one in link.under)
    inside = _reached(below, lambda name: [one.name for one in links[name].under])
    return sorted((link for link in found if link.name not in inside), key=_order)


def _reached(starts: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    """All that is reached from `starts` by steps, these too."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += step(name)
    return found


def _order(link: Link) -> tuple[bool, int, str]:
    return (not link.promised, link.urgency, link.name)


def _from_below(under: dict[str, list[str]]) -> list[str]:
    """The names, each after what stands under it. Lint refuses circles; where there is one it is cut open."""
    while True:
        try:
            return list(TopologicalSorter(under).static_order())
        except CycleError as error:
            below, above = error.args[1][:2]
            under[above].remove(below)
