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
    ratios = [
        ratio
        for slice_start in range(start, end)
        if slice_start % method.slice_minutes == 0
        and (ratio := _slice(ledger, method, slice_start, at, counting)) is not None
    ]
    good_slices = sum((_worth(method, ratio) for ratio in ratios), Fraction(0))
    return Recount(good_slices, len(ratios), len(minutes))


def _slice(ledger: Ledger, method: Method, start: int, at: int, counting: Counting) -> Fraction | None:
    end = start + method.slice_minutes
    minutes = [minute for minute in range(start, end) if counting(minute)]
    if end > at or not minutes:
        return None
    measured = [ledger[minute] for minute in minutes if minute in ledger]
    if measured:
        total = sum(total for _, total in measured)
        return Fraction(sum(good for good, _ in measured), total) if total else None
    known = [minute for minute in ledger if minute < at]
    if method.missing is Missing.IGNORED or end > at - 10 or not known or start < min(known):
        return None
    return Fraction(method.missing is Missing.GOOD)


def _worth(method: Method, ratio: Fraction) -> Fraction:
    if isinstance(method, Timeslices):
        return Fraction(ratio >= method.slice_target)
    return Fraction((ratio * 10**11 + Fraction(1, 2)) // 1, 10**11)
