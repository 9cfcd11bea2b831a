"""A course: all that was measured of an objective, as running sums a minute, so that any window is a difference."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from domain.budget import units_per_slice
from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.measurement import EMPTY_HOUR, FULL_HOUR, ZEROS, MeasuredHour
from domain.method import MISSING_AFTER, Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR
from domain.scope import Scope

Sums = list[int]
"""What comes before each minute since the origin; one longer than there are minutes."""

ALL_MEASURED = (1,) * HOUR
NO_SUMS: Sums = []


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Sums of the minutes from `origin`, a full hour, to before `end`, as `method` and `scope` count them.

    `lost` of `units` is what the method judges: events at their minute, slices at their start. Slices in which
    nothing was measured are apart, since they are known ten minutes later. What counts is not kept round the clock.
    """

    method: Method
    scope: Scope
    origin: int
    end: int
    first_minute: int
    last_minute: int
    good: Sums
    total: Sums
    measured: Sums
    lost: Sums
    units: Sums
    missing: Sums
    countable: Sums
    countable_slices: Sums

    @property
    def late(self) -> int:
        """How many minutes after its start the last minute of a slice begins."""
        return max(0, self.method.slice_minutes - 1)

    @property
    def missing_lost(self) -> int:
        """What a missing slice loses."""
        return units_per_slice(self.method) if self.method.missing is Missing.BAD else 0

    def place(self, minute: int) -> int:
        """Where in the sums the minutes before `minute` are."""
        return min(max(minute - self.origin, 0), self.end - self.origin)

    def minutes(self, start: int, end: int) -> int:
        """How many minutes count from `start` to before `end`; none where `end` is earlier."""
        if end <= start:
            return 0
        if not self.countable or start < self.origin or end > self.end:
            return self.scope.minutes(start, end)
        return self.countable[end - self.origin] - self.countable[start - self.origin]

    def slices(self, start: int, end: int) -> int:
        """How many slices that begin from `start` to before `end` have a minute that counts."""
        if end <= start:
            return 0
        if not self.countable_slices or start < self.origin or start > self.end:
            return self.scope.slices(start, end, self.method.slice_minutes)
        inside = min(end, self.end)
        sums = self.countable_slices
        found = sums[inside - self.origin] - sums[start - self.origin]
        return found + self.scope.slices(inside, end, self.method.slice_minutes)

    def judged(self, start: int, end: int, *, at: int) -> tuple[int, int]:
        """Lost, of how many units, from `start` to before `end`, as known at `at`. Slices belong where they start."""
        done = at - self.late
        since, until = self.place(min(start, done)), self.place(min(end, done))
        lost, units = self.lost[until] - self.lost[since], self.units[until] - self.units[since]
        if not self.missing:
            return lost, units
        missing = self._missing(start, end, at)
        return lost + missing * self.missing_lost, units + missing * units_per_slice(self.method)

    def counts(self, start: int, end: int, *, at: int) -> Counts:
        """The same as counts; what the method does not judge of slices is left 0."""
        if at <= self.first_minute:
            return NOTHING
        since, until = self.place(start), self.place(min(end, at))
        good = self.good[until] - self.good[since]
        total = self.total[until] - self.total[since]
        measured = self.measured[until] - self.measured[since]
        if not self.method.slice_minutes:
            return Counts(good, total, 0, 0, measured, 0)
        lost, units = self.judged(start, end, at=at)
        if isinstance(self.method, RatioTimeslices):
            return Counts(good, total, 0, units // RATIO_SCALE, measured, units - lost)
        return Counts(good, total, units - lost, units, measured, 0)

    def _missing(self, start: int, end: int, at: int) -> int:
        done = at - self.late - MISSING_AFTER
        return self.missing[self.place(min(end, done))] - self.missing[self.place(min(start, done))]


def course_of(
    method: Method, scope: Scope, hours: Mapping[int, MeasuredHour], *, until: int
) -> Course | None:
    """The course of these hours (since 1970) up to the minute `until`; None without any.

    Each of the hours has a measured minute. The first one counts from then on, though the scope leaves it out.
    """
    if not hours:
        return None
    first, last = min(hours), max(hours)
    span = range(first, max(last + 1, -(-until // HOUR)))
    origin, end = span.start * HOUR, span.stop * HOUR
    first_minute = origin + (hours[first].mask & -hours[first].mask).bit_length() - 1
    kept = _in_scope(scope, hours)
    listed = [kept.get(hour, EMPTY_HOUR) for hour in span]
    bads = list(chain.from_iterable([hour.bads for hour in listed]))
    totals = list(chain.from_iterable([hour.totals for hour in listed]))
    measured = _sums(chain.from_iterable([_bits(hour.mask) for hour in listed]))
    total, bad = _sums(totals), _sums(bads)
    countable = [] if scope.whole else _sums(_counting(scope, origin, end))
    lost, units, missing = bad, total, NO_SUMS
    if not isinstance(method, Occurrences):
        slices = _Slices(method, bads, totals)
        lost, units = _sums(slices.lost()), _sums(slices.units())
        if method.missing is not Missing.IGNORED:
            missing = _sums(slices.absent(measured, countable, first_minute - origin))
    starts = _counting_slices(countable, method.slice_minutes)
    return Course(
        method=method,
        scope=scope,
        origin=origin,
        end=end,
        first_minute=first_minute,
        last_minute=last * HOUR + hours[last].mask.bit_length() - 1,
        good=[whole - part for whole, part in zip(total, bad, strict=True)],
        total=total,
        measured=measured,
        lost=lost,
        units=units,
        missing=missing,
        countable=countable,
        countable_slices=_sums(starts) if starts else NO_SUMS,
    )


def _in_scope(scope: Scope, hours: Mapping[int, MeasuredHour]) -> Mapping[int, MeasuredHour]:
    """The hours with only those of their minutes that count."""
    if scope.corrections:
        hours = {hour: scope.applied(hour, one) for hour, one in hours.items()}
    if scope.whole:
        return hours
    masks = {hour: scope.mask(hour) for hour in hours}
    return {hour: one if masks[hour] == FULL_HOUR else one.only(masks[hour]) for hour, one in hours.items()}


def _bits(mask: int) -> Sequence[int]:
    if mask == FULL_HOUR:
        return ALL_MEASURED
    return [mask >> i & 1 for i in range(HOUR)] if mask else ZEROS


def _sums(values: Iterable[int]) -> Sums:
    return list(accumulate(values, initial=0))


def _counting(scope: Scope, start: int, end: int) -> bytearray:
    """1 for each minute that counts."""
    counting = bytearray(end - start)
    for since, until in scope.runs(start, end):
        counting[since - start : until - start] = b"\1" * (until - since)
    return counting


def _counting_slices(countable: Sums, length: int) -> list[int]:
    """1 for each minute at which a slice begins that has a minute that counts; nothing round the clock."""
    if not (countable and length):
        return []
    starts = [0] * (len(countable) - 1)
    ends = countable[length::length]
    starts[::length] = [int(end > start) for start, end in zip(countable[:-1:length], ends, strict=True)]
    return starts


class _Slices:
    """Values of slices, each at the minute at which it starts; the other minutes have 0."""

    def __init__(self, method: Timeslices | RatioTimeslices, bads: list[int], totals: list[int]) -> None:
        self._method = method
        self._length = method.slice_minutes
        self._minutes = len(totals)
        self._bads, self._totals = self._by_slice(bads), self._by_slice(totals)

    def lost(self) -> list[int]:
        """What each slice lost."""
        lost_of = self._lost_of()
        return self._spread(
            [lost_of(bad, total) if bad else 0 for bad, total in zip(self._bads, self._totals, strict=True)]
        )

    def units(self) -> list[int]:
        """What each slice is that has events."""
        unit = units_per_slice(self._method)
        return self._spread([unit if total else 0 for total in self._totals])

    def absent(self, measured: Sums, countable: Sums, begun: int) -> list[int]:
        """1 for each slice with minutes that count, none of them measured, that starts at `begun` or later."""
        starts = range(0, self._minutes, self._length)
        return self._spread(
            [
                int(
                    start >= begun
                    and measured[start + self._length] == measured[start]
                    and (not countable or countable[start + self._length] > countable[start])
                )
                for start in starts
            ]
        )

    def _lost_of(self) -> Callable[[int, int], int]:
        """What a slice loses of which so much of the total was bad: as `domain.counting` counts it."""
        method = self._method
        if isinstance(method, RatioTimeslices):
            return lambda bad, total: RATIO_SCALE - (2 * (total - bad) * RATIO_SCALE + total) // (2 * total)
        wanted, of = method.slice_target.numerator, method.slice_target.denominator
        return lambda bad, total: int((total - bad) * of < wanted * total)

    def _by_slice(self, values: list[int]) -> list[int]:
        if self._length == 1:
            return values
        sums = _sums(values)
        return [sums[i + self._length] - sums[i] for i in range(0, self._minutes, self._length)]

    def _spread(self, values: list[int]) -> list[int]:
        if self._length == 1:
            return values
        spread = [0] * self._minutes
        spread[:: self._length] = values
        return spread
