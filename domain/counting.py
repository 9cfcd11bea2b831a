"""From an hour of measured minutes to its counts.

Slices divide an hour and are aligned to UTC, so no slice ever lies in two hours: an hour can be counted by itself.
"""

from dataclasses import dataclass

from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.measurement import EMPTY_HOUR, FULL_HOUR, MeasuredHour
from domain.method import Method, Missing, Occurrences, Timeslices
from domain.minutes import HOUR


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of an hour counts, in minutes from its start.

    Minutes before `until`; slices that start before `until` and end by `finished`. A slice without a
    measured minute is missing if it starts at `begun` or later and ends by `overdue`.
    """

    until: int = HOUR
    finished: int = HOUR
    overdue: int = HOUR
    begun: int = 0


WHOLE_HOUR = Span()


def count(method: Method, hour: MeasuredHour, span: Span = WHOLE_HOUR) -> Counts:
    """The counts of `span` of `hour`."""
    until = span.until
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


def count_unmeasured(method: Method, hours: int) -> Counts:
    """The counts of so many whole hours in which nothing was measured, once they are overdue."""
    if hours <= 0 or method.missing is Missing.IGNORED:
        return NOTHING
    return count(method, EMPTY_HOUR).times(hours)


def _count_slices(method: Method, hour: MeasuredHour, span: Span) -> tuple[int, int, int]:
    good = total = ratio_sum = 0
    if hour.mask == FULL_HOUR and not any(hour.bads) and all(hour.totals):
        good = total = min(-(-span.until // method.slice_minutes), span.finished // method.slice_minutes)
        return good, total, total * RATIO_SCALE
    for start in range(0, min(span.until, span.finished - method.slice_minutes + 1), method.slice_minutes):
        ratio = _slice_ratio(method, hour, start, span)
        if ratio is None:
            continue
        total += 1
        ratio_sum += ratio[0] * RATIO_SCALE // ratio[1]
        good += _is_good(method, *ratio)
    return good, total, ratio_sum


def _slice_ratio(method: Method, hour: MeasuredHour, start: int, span: Span) -> tuple[int, int] | None:
    """Good and total of the slice that starts at `start`; None where it does not count."""
    end = start + method.slice_minutes
    if not hour.mask >> start & ((1 << method.slice_minutes) - 1):
        if method.missing is Missing.IGNORED or end > span.overdue or start < span.begun:
            return None
        return (1, 1) if method.missing is Missing.GOOD else (0, 1)
    total = sum(hour.totals[start:end])
    return (total - sum(hour.bads[start:end]), total) if total else None


def _is_good(method: Method, good: int, total: int) -> bool:
    if not isinstance(method, Timeslices):
        return good == total
    return good * method.slice_target.denominator >= method.slice_target.numerator * total
