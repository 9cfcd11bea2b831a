"""Counts: what a span of minutes adds up to. Integers only."""

from typing import NamedTuple, Self

RATIO_SCALE = 10**11
"""RatioTimeslices adds up each slice's ratio as a whole number of 10⁻¹¹, rounded to the nearest: its one rounding."""


class Counts(NamedTuple):
    """Events, slices and measured minutes of a span.

    A named tuple and not a dataclass: a standing makes nine of them, and a frozen dataclass costs four
    times as much to make.
    """

    good: int
    total: int
    slices_good: int
    slices_total: int
    measured: int
    ratio_sum: int

    def plus(self, other: Self) -> "Counts":
        """Both spans together."""
        return Counts(
            self[0] + other[0],
            self[1] + other[1],
            self[2] + other[2],
            self[3] + other[3],
            self[4] + other[4],
            self[5] + other[5],
        )

    def minus(self, other: Self) -> "Counts":
        """This span without the other, which it contains."""
        return Counts(
            self[0] - other[0],
            self[1] - other[1],
            self[2] - other[2],
            self[3] - other[3],
            self[4] - other[4],
            self[5] - other[5],
        )

    def times(self, factor: int) -> "Counts":
        """So many spans like this one."""
        return Counts(*(value * factor for value in self))


NOTHING = Counts(0, 0, 0, 0, 0, 0)
