"""News: what changed since the last digest, by what that one told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.ratio import floor_decimal
from domain.standing import Standing, State
from domain.urgency import ORDER, by_urgency
from domain.window import CalendarWindow

PLACES = 6
"""Digits of the budget left that are kept: one that is negative never becomes 0."""

SEVERITY = {State.MET: 0, State.NO_DATA: 1, State.AT_RISK: 2, State.BREACHED: 3}


class Change(StrEnum):
    """How a state compares with the one told last."""

    WORSE = "worse"
    BETTER = "better"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Told:
    """How an objective stood in a digest, under one version of its terms and in one period.

    `since` is the date of the first digest that told this state, None where that is not known; `period` the
    start of a calendar period, None for a rolling window.
    """

    state: State
    left: Fraction | None
    since: date | None
    terms: int
    period: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """As a digest is stored; `left` is rounded down."""
        return {
            "state": self.state.value,
            "left": None if self.left is None else floor_decimal(self.left, PLACES),
            "since": self.since.isoformat() if self.since else None,
            "terms": self.terms,
            "period": self.period.isoformat() if self.period else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Told":
        """What `to_json` wrote."""
        left, since, period = stored["left"], stored["since"], stored["period"]
        return cls(
            State(stored["state"]),
            None if left is None else Fraction(left),
            date.fromisoformat(since) if since else None,
            stored["terms"],
            datetime.fromisoformat(period) if period else None,
        )


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the digest of the date `since`, which told `told`; None where there was none yet."""

    since: date | None = None
    told: Mapping[str, Told] = field(default_factory=dict)

    def change(self, standing: Standing) -> Change:
        """Whether its state is worse or better than told.

        New objectives and new terms are neither. A new period is no merit: it makes nothing better, and
        having no data yet is nothing worse. Nor does it make anything better that data no longer comes.
        """
        before = self._same_terms(standing)
        if before is None or before.state is standing.state:
            return Change.NONE
        new_period = before.period != _period(standing)
        if SEVERITY[standing.state] > SEVERITY[before.state]:
            return Change.NONE if new_period and standing.state is State.NO_DATA else Change.WORSE
        return Change.NONE if new_period or standing.state is State.NO_DATA else Change.BETTER

    def worse(self, standings: Iterable[Standing]) -> int:
        """How many are worse than told."""
        return sum(self.change(standing) is Change.WORSE for standing in standings)

    def better(self, standings: Iterable[Standing]) -> int:
        """How many are better than told."""
        return sum(self.change(standing) is Change.BETTER for standing in standings)

    def added(self, standings: Iterable[Standing]) -> int:
        """How many were not told of."""
        return sum(standing.name not in self.told for standing in standings) if self.since else 0

    def was(self, standing: Standing) -> Told | None:
        """How it stood, under the same terms and in the same period."""
        before = self._same_terms(standing)
        return before if before and before.period == _period(standing) else None

    def ranked(self, standings: Iterable[Standing]) -> list[Standing]:
        """By urgency; inside a state what got worse comes first."""

        def key(standing: Standing) -> tuple[int, bool]:
            return ORDER.index(standing.state), self.change(standing) is not Change.WORSE

        return sorted(by_urgency(standings), key=key)

    def telling(self, standings: Iterable[Standing], *, on: date) -> dict[str, Any]:
        """What the digest of `on` tells, to be compared with later: objective → how it stands."""
        return {standing.name: self._told_on(standing, on).to_json() for standing in standings}

    def _told_on(self, standing: Standing, on: date) -> Told:
        before = self.was(standing)
        since: date | None = on
        if before is not None and before.state is standing.state:
            since = before.since
        elif self._same_terms(standing) is None:
            since = None  # told for the first time: it may have stood so for long
        left = standing.budget.left_ratio
        return Told(standing.state, left, since, standing.terms.version, _period(standing))

    def _same_terms(self, standing: Standing) -> Told | None:
        before = self.told.get(standing.name)
        return before if before and before.terms == standing.terms.version else None


NO_NEWS = News()


def news_since(last: tuple[date, Mapping[str, Any]] | None) -> News:
    """What a digest is compared with: the date of the last one and what it told, as stored."""
    if last is None:
        return NO_NEWS
    since, told = last
    return News(since, {name: Told.from_json(stored) for name, stored in told.items()})


def _period(standing: Standing) -> datetime | None:
    return standing.period.start if isinstance(standing.terms.window, CalendarWindow) else None
