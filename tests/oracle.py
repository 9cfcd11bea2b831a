"""A naive recount, minute by minute: slow, obvious, and independent of the code that it checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.method import Method, Missing, Occurrences, Timeslices

Ledger = Mapping[int, tuple[int, int]]
"""Minute → (good, total)."""


@dataclass(frozen=True)
class Recount:
    """What a span adds up to: of the method's own unit, and in measured minutes."""

    good: Fraction
    total: int
    measured: int


Counting = Callable[[int], bool]
"""Whether a minute counts."""


def always(_minute: int) -> bool:
    """Round the clock, and nothing excluded."""
    return True


def recount(
    ledger: Ledger, method: Method, start: int, end: int, *, at: int, counting: Counting = always
) -> Recount:
    """Everything in [start, end) as known at the minute `at`."""
    minutes = [minute for minute in range(start, min(end, at)) if minute in ledger and counting(minute)]
    if isinstance(method, Occurrences):
        good = sum(ledger[minute][0] for minute in minutes)
        return Recount(Fraction(good), sum(ledger[minute][1] for minute in minutes), len(minutes))
    first = min((minute for minute in ledger if minute < at), default=at)
    starts = range(-(-start // method.slice_minutes) * method.slice_minutes, end, method.slice_minutes)
    ratios = [
        ratio
        for slice_start in starts
        if (ratio := _slice(ledger, method, slice_start, at, counting, first)) is not None
    ]
    good_slices = sum((_worth(method, ratio) for ratio in ratios), Fraction(0))
    return Recount(good_slices, len(ratios), len(minutes))


def _slice(
    ledger: Ledger, method: Method, start: int, at: int, counting: Counting, first: int
) -> Fraction | None:
    end = start + method.slice_minutes
    if end > at or end <= first:
        return None
    minutes = [minute for minute in range(start, end) if counting(minute)]
    measured = [ledger[minute] for minute in minutes if minute in ledger]
    if measured:
        total = sum(total for _, total in measured)
        return Fraction(sum(good for good, _ in measured), total) if total else None
    if not minutes or method.missing is Missing.IGNORED or end > at - 10 or start < first:
        return None
    return Fraction(method.missing is Missing.GOOD)


def _worth(method: Method, ratio: Fraction) -> Fraction:
    if isinstance(method, Timeslices):
        return Fraction(ratio >= method.slice_target)
    return Fraction((ratio * 10**11 + Fraction(1, 2)) // 1, 10**11)
