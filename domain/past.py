"""The past: how objectives stood at some instants, read once for all who tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from domain.standing import Standing
from domain.window import Period

When = TypeVar("When", datetime, Period)
Wanted = Mapping[datetime, Iterable[str]]
"""Instant → the names of the objectives that are to be read."""


@dataclass(frozen=True, slots=True)
class Past:
    """Instant → name → how that objective stood; and in a week, by the week's own minutes."""

    found: Mapping[datetime, Mapping[str, Standing]] = field(default_factory=dict)
    weeks: Mapping[Period, Mapping[str, Standing]] = field(default_factory=dict)

    def at(self, names: Iterable[str], instant: datetime) -> list[Standing]:
        """Those of `names` that were there."""
        found = self.found.get(instant, {})
        return [found[name] for name in names if name in found]

    def during(self, names: Iterable[str], week: Period) -> list[Standing]:
        """Those of `names` that were there in the week."""
        found = self.weeks.get(week, {})
        return [found[name] for name in names if name in found]

    def left(self, name: str, instants: Sequence[datetime]) -> list[Fraction | None]:
        """The budget left at each of the instants; None where nothing was counted."""
        standings = (self.found.get(instant, {}).get(name) for instant in instants)
        return [_left(standing) if standing else None for standing in standings]


NO_PAST = Past()


def together(wanted: Iterable[Mapping[When, Iterable[str]]]) -> dict[When, set[str]]:
    """All that is wanted, each instant or week once."""
    found: dict[When, set[str]] = {}
    for one in wanted:
        for when, names in one.items():
            found.setdefault(when, set()).update(names)
    return {when: names for when, names in found.items() if names}


def _left(standing: Standing) -> Fraction | None:
    return None if standing.attainment is None else standing.budget.left_ratio
