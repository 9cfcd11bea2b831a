"""What the minutes, or slices, of an hour lost: the same that `domain.counting` counts as not good, one by one."""

from collections.abc import Iterator
from fractions import Fraction

from domain.budget import units_per_slice
from domain.counting import Span
from domain.counts import RATIO_SCALE, Counts
from domain.measurement import FULL_HOUR, MeasuredHour
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR
from domain.spells import Loss


def too_much(method: Method, target: Fraction, counts: Counts) -> bool:
    """Whether a slice of these counts was bad; for the other methods whether more failed than the target bears."""
    good, total = method.judged(counts)
    return _excess(method, target, total - good, total) > 0


def loss_of_hour(method: Method, target: Fraction, counts: Counts, hour: int) -> Loss:
    """What an hour of these counts lost, where its minutes are no longer kept."""
    good, total = method.judged(counts)
    excess = _excess(method, target, total - good, total)
    return Loss(hour * HOUR, (hour + 1) * HOUR, total - good, excess)


def losses_of(
    method: Method, target: Fraction, measured: MeasuredHour, span: Span, *, hour: int
) -> list[Loss]:
    """Each minute, or slice, of `span` of the `hour` that has events or is missing."""
    if span.counting != FULL_HOUR:
        measured = measured.only(span.counting)
    if isinstance(method, Occurrences):
        length, parts = 1, _minutes(measured, span)
    else:
        length, parts = method.slice_minutes, _slices(method, measured, span)
    first = hour * HOUR
    return [
        Loss(first + start, first + start + length, lost, _excess(method, target, lost, total))
        for start, lost, total in parts
    ]


def _excess(method: Method, target: Fraction, lost: int, total: int) -> int:
    """What `lost` of `total` is more than it may be, times the target's denominator; a bad slice is all too much."""
    if isinstance(method, Timeslices):
        return lost
    return lost * target.denominator - total * (target.denominator - target.numerator)


def _minutes(measured: MeasuredHour, span: Span) -> Iterator[tuple[int, int, int]]:
    """The start of each minute with events, what it lost, and of how much."""
    return ((i, measured.bads[i], measured.totals[i]) for i in range(span.until) if measured.totals[i])


def _slices(
    method: Timeslices | RatioTimeslices, measured: MeasuredHour, span: Span
) -> Iterator[tuple[int, int, int]]:
    """The start of each slice that counts, what it lost, and of how much."""
    length, unit = method.slice_minutes, units_per_slice(method)
    for start in range(0, min(span.until, span.finished - length + 1), length):
        total = sum(measured.totals[start : start + length])
        if total:
            bad = sum(measured.bads[start : start + length])
            yield start, _lost(method, bad, total) if bad else 0, unit
        elif _is_missing(method, measured.mask, span, start):
            yield start, unit if method.missing is Missing.BAD else 0, unit


def _lost(method: Timeslices | RatioTimeslices, bad: int, total: int) -> int:
    if isinstance(method, RatioTimeslices):
        return RATIO_SCALE - (2 * (total - bad) * RATIO_SCALE + total) // (2 * total)
    return int((total - bad) * method.slice_target.denominator < method.slice_target.numerator * total)


def _is_missing(method: Timeslices | RatioTimeslices, mask: int, span: Span, start: int) -> bool:
    """Whether nothing was measured in a slice that counts, has begun and is overdue."""
    if method.missing is Missing.IGNORED or not span.begun <= start <= span.overdue - method.slice_minutes:
        return False
    minutes = (1 << method.slice_minutes) - 1
    return not mask >> start & minutes and bool(span.counting >> start & minutes)
