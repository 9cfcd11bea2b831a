"""When an objective was breached, minute by minute: what `domain.standing` says of each, found quickly."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import gt, sub

from domain.budget import overspends, units_per_slice
from domain.counts import Counts
from domain.course import Course, Sums
from domain.method import MISSING_AFTER
from domain.minutes import instant_of, multiples_before
from domain.objective import Objective, Terms
from domain.replay_piece import Excess, Piece, back
from domain.sight import ON_PACE
from domain.standing import Figures, Standing, State, stand
from domain.window import CalendarWindow, Period

Stretch = tuple[int, int]
"""Minutes from the first at which it was breached to before the first at which it was not."""


@dataclass(frozen=True, slots=True)
class Judging:
    """An objective by one version of its terms, on the course that counts it so."""

    objective: Objective
    terms: Terms
    course: Course

    def standing(self, at: int, period: Period, counts: Counts) -> Standing:
        """How it stood at the minute `at`, by these counts of `period`."""
        first = self.course.first_minute
        figures = Figures(counts, {}, first if first < at else None)
        return stand(self.objective, self.terms, period, figures, at=instant_of(at), scope=self.course.scope)

    def ended_breached(self, period: Period) -> bool:
        """Whether a calendar period that is over was missed; a slice belongs to it that began in it."""
        start, end = period.start_minute, period.end_minute
        counts = self.course.counts(start, end, at=self.course.end)
        at = end + self.terms.method.slice_minutes
        return self.standing(at, period, counts).state is State.BREACHED

    def breached(self, at: int, period: Period) -> bool:
        """Whether it was breached at the minute `at` of `period`."""
        counts = self.course.counts(period.start_minute, at, at=at)
        return self.standing(at, period, counts).state is State.BREACHED

    def stretches(self, piece: Piece) -> list[Stretch]:
        """When in the piece it was breached."""
        if not self._may_breach(piece):
            return []
        return joined((at, at + 1) for at in self._breached_in(piece))

    def _may_breach(self, piece: Piece) -> bool:
        """Whether the most that any of the periods lost is more than the least that they have would bear."""
        start, minutes = piece.period.start_minute, piece.minutes
        last = minutes.stop - 1
        lost, _ = self.course.judged(start, last, at=last)
        if not lost:
            return False
        latest = start if self._calendar else start + len(minutes)
        _, units = self.course.judged(latest, minutes.start, at=minutes.start)
        return overspends(self.terms.target, lost, units)

    def _breached_in(self, piece: Piece) -> Iterator[int]:
        """The minutes at which more was lost than what was counted bears, and than what is to come bears too."""
        begun = self._begun(piece)
        yield from (at for at in begun if self.breached(at, piece.period))
        over = self._overspent(piece)
        if True not in over:
            return
        grown = self._overspent_for_good(piece) if self._calendar else over
        for at, is_over, is_covered, is_grown in zip(
            piece.minutes, over, self._covered(piece), grown, strict=True
        ):
            if at in begun:
                continue
            if is_over and (is_grown if is_covered else self.breached(at, self._period(piece, at))):
                yield at

    def _begun(self, piece: Piece) -> range:
        """The first minutes of a calendar period, in which slices of the one before are still to be known."""
        if not (self._calendar and self.terms.method.slice_minutes):
            return range(0)
        settled = piece.period.start_minute + self.course.late + MISSING_AFTER
        return range(piece.minutes.start, min(settled, piece.minutes.stop))

    @property
    def _calendar(self) -> bool:
        return isinstance(self.terms.window, CalendarWindow)

    def _period(self, piece: Piece, at: int) -> Period:
        if isinstance(self.terms.window, CalendarWindow):
            return piece.period
        return rolling_period(at, self.terms.window.length)

    def _since_start(self, piece: Piece, sums: Sums) -> list[int]:
        """What the sums grew by in each minute's period; of slices also those that are not over."""
        now = back(self.course, sums, piece.minutes, 0)
        if isinstance(self.terms.window, CalendarWindow):
            before = sums[self.course.place(piece.period.start_minute)]
            return [each - before for each in now]
        then = back(self.course, sums, piece.minutes, self.terms.window.length)
        return list(map(sub, now, then))

    def _overspent(self, piece: Piece) -> list[bool]:
        """Whether more was lost than what was counted so far bears: without that no minute is breached."""
        minutes, target = piece.minutes, self.terms.target
        if isinstance(self.terms.window, CalendarWindow):
            return [excess > 0 for excess in self._excess(piece)]
        length = self.terms.window.length
        rolling = Excess(self.course, target, ON_PACE, minutes, length)
        return list(map(gt, rolling.now(), rolling.since(length)))

    def _excess(self, piece: Piece) -> list[int]:
        """What was lost above that, times the target's denominator, in a calendar period."""
        start, target = piece.period.start_minute, self.terms.target
        before = Excess(self.course, target, ON_PACE, range(start, start + 1), 0).total()
        return [now - before for now in Excess(self.course, target, ON_PACE, piece.minutes, 0).now()]

    def _covered(self, piece: Piece) -> list[bool]:
        """Whether enough was measured in each minute's period, as `domain.standing` says it."""
        least = self.terms.min_coverage
        wanted, of = least.numerator, least.denominator
        measured = self._since_start(piece, self.course.measured)
        return [
            countable > 0 and part * of >= countable * wanted
            for part, countable in zip(measured, self._countable(piece), strict=True)
        ]

    def _countable(self, piece: Piece) -> list[int]:
        """How many minutes count of each minute's period since the first measured one."""
        course, minutes = self.course, piece.minutes
        start = None if isinstance(self.terms.window, CalendarWindow) else self.terms.window.length
        first = max(course.first_minute, piece.period.start_minute) if start is None else course.first_minute
        if not course.countable:
            if start is None:
                return [at - first for at in minutes]
            return [at - max(at - start, first) for at in minutes]
        now, before = back(course, course.countable, minutes, 0), course.countable[course.place(first)]
        if start is None:
            return [each - before for each in now]
        then = back(course, course.countable, minutes, start)
        return [each - max(earlier, before) for each, earlier in zip(now, then, strict=True)]

    def _overspent_for_good(self, piece: Piece) -> list[bool]:
        """Whether it is too much for the whole calendar period."""
        target = self.terms.target
        allowed = target.denominator - target.numerator
        to_come = self._to_come(piece)
        if self.terms.method.slice_minutes:
            budget = allowed * units_per_slice(self.terms.method)
            return [
                excess > coming * budget for excess, coming in zip(self._excess(piece), to_come, strict=True)
            ]
        streams = (
            self._since_start(piece, sums)
            for sums in (self.course.lost, self.course.units, self.course.measured)
        )
        return [
            lost * measured * target.denominator > units * (measured + coming) * allowed
            for lost, units, measured, coming in zip(*streams, to_come, strict=True)
        ]

    def _to_come(self, piece: Piece) -> list[int]:
        """At each minute the slices of its calendar period that have not ended; of events the minutes that count."""
        course, begin, end = self.course, piece.period.start_minute, piece.period.end_minute
        length = self.terms.method.slice_minutes
        starts = range(piece.minutes.start - course.late, piece.minutes.stop - course.late)
        if not course.countable:
            step = length or 1
            last = multiples_before(end, step)
            return [last - multiples_before(max(at, begin), step) for at in starts]
        sums = course.countable_slices if length else course.countable
        first = max(course.origin, begin)
        whole = course.slices(first, end) if length else course.minutes(first, end)
        before = sums[course.place(first)]
        return [whole - max(0, each - before) for each in back(course, sums, starts, 0)]


@lru_cache(maxsize=8)
def rolling_period(at: int, length: int) -> Period:
    """The period of so many minutes that ends at the minute `at`."""
    return Period(instant_of(at - length), instant_of(at))


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, touching ones as one."""
    found: list[Stretch] = []
    for start, end in stretches:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


class Breaches:
    """Stretches in order, asked about by bisection."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self.stretches = joined(stretches)
        self._ends = [end for _, end in self.stretches]

    def within(self, start: int, end: int) -> int | None:
        """The first minute from `start` to before `end` in which it was breached."""
        place = bisect_right(self._ends, start)
        if place == len(self._ends):
            return None
        since = self.stretches[place][0]
        return max(since, start) if since < end else None

    def at(self, minute: int) -> bool:
        """Whether it was breached then."""
        return self.within(minute, minute + 1) is not None
