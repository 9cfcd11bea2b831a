"""From an hour of measured minutes to its counts.

Slices divide an hour and are aligned to UTC, so no slice ever lies in two hours: an hour can be counted by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.measurement import FULL_HOUR, MeasuredHour
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of an hour counts, in minutes from its start.

    Minutes before `until`; slices that start before `until` and end by `finished`. A slice without a
    measured minute is missing if it starts at `begun` or later and ends by `overdue`. Of all these only the
    minutes of `counting` (bits) count: a slice that has none of them is none.
    """

    until: int = HOUR
    finished: int = HOUR
    overdue: int = HOUR
    begun: int = 0
    counting: int = FULL_HOUR


WHOLE_HOUR = Span()


def count(method: Method, hour: MeasuredHour, span: Span = WHOLE_HOUR) -> Counts:
    """The counts of `span` of `hour`."""
    until = span.until
    if span.counting != FULL_HOUR:
        hour = hour.only(span.counting)
    if until >= HOUR:
        totals = sum(hour.totals)
        good, measured = totals - sum(hour.bads), hour.mask.bit_count()
    else:
        totals = sum(hour.totals[:until])
        good = totals - sum(hour.bads[:until])
        measured = (hour.mask & ((1 << until) - 1)).bit_count()
    if isinstance(method, Occurrences):
        return Counts(good, totals, 0, 0, measured, 0)
    slices_good, slices_total, ratio_sum = _count_slices(method, hour, span)
    return Counts(good, totals, slices_good, slices_total, measured, ratio_sum)


def count_unmeasured(method: Method, slices: int) -> Counts:
    """The counts of so many slices in which nothing was measured, once they are overdue."""
    if slices <= 0 or method.missing is Missing.IGNORED:
        return NOTHING
    good = slices if method.missing is Missing.GOOD else 0
    return Counts(0, 0, good, slices, 0, good * RATIO_SCALE)


def _count_slices(
    method: Timeslices | RatioTimeslices, hour: MeasuredHour, span: Span
) -> tuple[int, int, int]:
    """Good slices, all slices and the sum of their ratios."""
    length = method.slice_minutes
    starts = range(0, min(span.until, span.finished - length + 1), length)
    totals, bads = _by_slice(hour.totals, starts), _by_slice(hour.bads, starts)
    good = total = len(totals) - totals.count(0)
    ratio_sum = total * RATIO_SCALE
    if any(bads):
        for slice_total, slice_bad in zip(totals, bads, strict=True):
            if slice_bad:
                good -= not _is_good(method, slice_total - slice_bad, slice_total)
                ratio_sum -= RATIO_SCALE - _scaled(slice_total - slice_bad, slice_total)
    if method.missing is Missing.IGNORED or hour.mask == FULL_HOUR:
        return good, total, ratio_sum
    missing = _missing(hour.mask, starts, span)
    missing_good = missing if method.missing is Missing.GOOD else 0
    return good + missing_good, total + missing, ratio_sum + missing_good * RATIO_SCALE


def _scaled(good: int, total: int) -> int:
    """The ratio in 10⁻¹¹, rounded to the nearest: what two slices lack to a whole adds up to one again."""
    return (2 * good * RATIO_SCALE + total) // (2 * total)


def _by_slice(minutes: Sequence[int], starts: range) -> Sequence[int]:
    """The sum of each slice."""
    if starts.step == 1:
        return minutes[: len(starts)]
    return [sum(minutes[start : start + starts.step]) for start in starts]


def _missing(mask: int, starts: range, span: Span) -> int:
    """How many of these slices have no measured minute where there should be one by now."""
    minutes = (1 << starts.step) - 1
    return sum(
        not mask >> start & minutes and bool(span.counting >> start & minutes)
        for start in starts
        if span.begun <= start <= span.overdue - starts.step
    )


def _is_good(method: Timeslices | RatioTimeslices, good: int, total: int) -> bool:
    if isinstance(method, RatioTimeslices):
        return good == total
    return good * method.slice_target.denominator >= method.slice_target.numerator * total
