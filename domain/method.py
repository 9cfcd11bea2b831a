"""How an indicator becomes an attainment: OpenSLO's budgeting methods."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.counts import RATIO_SCALE, Counts


class Missing(StrEnum):
    """What a slice counts as in which no minute was measured, once it is older than ten minutes."""

    IGNORED = "ignored"
    BAD = "bad"
    GOOD = "good"


MISSING_AFTER = 10
"""Minutes after which what has not been measured is missing."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Attainment is good events ÷ all events."""

    name = "Occurrences"
    budget_unit = "events"
    slice_minutes = 0
    missing = Missing.IGNORED
    counting = "events"

    def judged(self, counts: Counts) -> tuple[int, int]:
        """What counts as good, of how much: events."""
        return counts.good, counts.total


@dataclass(frozen=True, slots=True)
class Timeslices:
    """Attainment is good slices ÷ slices; a slice is good when its ratio is at least `slice_target`."""

    slice_target: Fraction
    slice_minutes: int = 1
    missing: Missing = Missing.IGNORED

    name = "Timeslices"
    budget_unit = "minutes"

    def judged(self, counts: Counts) -> tuple[int, int]:
        """What counts as good, of how much: slices."""
        return counts.slices_good, counts.slices_total

    @property
    def counting(self) -> str:
        """What makes two sets of counts comparable."""
        return f"slices {self.slice_minutes} {self.slice_target} {self.missing}"


@dataclass(frozen=True, slots=True)
class RatioTimeslices:
    """Attainment is the mean of the slices' ratios."""

    slice_minutes: int = 1
    missing: Missing = Missing.IGNORED

    name = "RatioTimeslices"
    budget_unit = "minutes"

    def judged(self, counts: Counts) -> tuple[int, int]:
        """What counts as good, of how much: slices, in 10⁻¹¹."""
        return counts.ratio_sum, counts.slices_total * RATIO_SCALE

    @property
    def counting(self) -> str:
        """What makes two sets of counts comparable."""
        return f"ratios {self.slice_minutes} {self.missing}"


Method = Occurrences | Timeslices | RatioTimeslices
