"""A piece of a replay: some days under the same terms, and in which of their minutes a look can change anything."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import compress
from math import sqrt
from operator import and_, ge, gt, or_

from domain.budget import units_per_slice
from domain.burn import MIN_BAD_EVENTS, BurnCondition, Severity, default_conditions
from domain.course import Course, Sums
from domain.interval import Z
from domain.method import MISSING_AFTER
from domain.objective import Terms
from domain.sight import ON_PACE, SILENT_AFTER, USUAL, conditions_of, quiet_window
from domain.watching import Watching
from domain.window import CalendarWindow, Period

Flags = Sequence[bool]
"""For each minute of the piece."""


MARGIN = 1e-9
"""More than floats can be wrong by."""

SQUARE = float(Z) ** 2


class Piece:
    """The looks at `minutes`, all within `period` where the window is a calendar's.

    Whatever it leaves out is a minute at which a look changes nothing; what it has is looked at as live.
    """

    def __init__(
        self, course: Course, terms: Terms, watching: Watching, minutes: range, period: Period
    ) -> None:
        self.course = course
        self.terms = terms
        self.watching = watching
        self.minutes = minutes
        self.period = period
        self._quiet = quiet_window(terms.method)

    @cached_property
    def _conditions(self) -> Sequence[BurnCondition]:
        """Those that may hold, with the lowest thresholds that they have in the piece.

        They fall with the minutes that count of a period; those that all periods of the piece share are the least.
        """
        if isinstance(self.terms.window, CalendarWindow) or self.course.scope.whole:
            return conditions_of(self.watching, self.terms, self.period, self.course.scope)
        length = self.period.end_minute - self.period.start_minute
        return _lowest(self.watching, self.terms, self.course, self.minutes, length)

    @cached_property
    def starting(self) -> list[int]:
        """Where an episode may begin: something fails, and a condition may hold."""
        failing = self._failing
        if True not in failing or not self._conditions:
            return []
        return self._chosen(map(and_, failing, self._held(self._conditions)))

    @cached_property
    def paging(self) -> list[int]:
        """Where an urgent condition may hold."""
        urgent = [one for one in self._conditions if one.severity is Severity.PAGE]
        return self._chosen(self._held(urgent)) if urgent else []

    @cached_property
    def quiet(self) -> list[int]:
        """Where nothing fails, and that is known."""
        heard: Iterator[bool] = self._moved(self.course.measured, self._quiet)
        if self.course.countable:
            heard = map(or_, heard, map(_not, self._moved(self.course.countable, self._quiet)))
        return self._chosen(map(gt, heard, self._failing))

    @cached_property
    def ending(self) -> list[int]:
        """Where an episode that can wait may be over: quiet, and it is not sure that a condition holds."""
        if not self._exact or not self._conditions:
            return self.quiet
        held = [(one, list(self._holds(one))) for one in self._conditions]
        return [minute for minute in self.quiet if not self._sure(minute, held)]

    @cached_property
    def silent(self) -> list[int]:
        """Where nothing was measured for two hours that count, though it usually is."""
        if not self.watching.silent:
            return []
        gaps = self._chosen(map(_not, self._moved(self.course.measured, SILENT_AFTER)))
        return [minute for minute in gaps if self._usual(minute)]

    @cached_property
    def heard(self) -> list[int]:
        """Where something was measured lately."""
        return self._chosen(self._moved(self.course.measured, self._quiet))

    @property
    def _exact(self) -> bool:
        """Whether the conditions are those of each minute."""
        still = isinstance(self.terms.window, CalendarWindow) or self.course.scope.whole
        written = self.watching.conditions is not None
        return (still or written) and not any(one.inclusive for one in self._conditions)

    def _sure(self, minute: int, held: Sequence[tuple[BurnCondition, Flags]]) -> bool:
        """Whether one of these holds then, and that is evident beyond the rounding of floats."""
        place = minute - self.minutes.start
        return any(flags[place] and self._evident(minute, one.windows[0]) for one, flags in held)

    def _evident(self, minute: int, window: int) -> bool:
        if self.terms.method.slice_minutes:
            return True
        lost, total = self.course.judged(minute - window, minute, at=minute)
        return lost >= MIN_BAD_EVENTS and least_share(lost, total) > float(1 - self.terms.target) + MARGIN

    def _usual(self, minute: int) -> bool:
        course = self.course
        since = max(course.first_minute, minute - USUAL)
        usual = course.minutes(since, minute - SILENT_AFTER)
        measured = course.measured[course.place(minute)] - course.measured[course.place(minute - USUAL)]
        return 0 < usual <= 2 * measured

    @cached_property
    def _failing(self) -> Flags:
        pace = BurnCondition(Severity.TICKET, ON_PACE, (self._quiet,))
        return list(self._holds(pace))

    def _held(self, conditions: Sequence[BurnCondition]) -> Flags:
        """Where one of them holds, evident or not."""
        first, *others = [list(self._holds(one)) for one in conditions]
        for other in others:
            first = list(map(or_, first, other))
        return first

    def _holds(self, condition: BurnCondition) -> Iterator[bool]:
        windows = [window for window in condition.windows if window >= self.terms.method.slice_minutes]
        if not windows or not self._lost_within(max(windows)):
            return iter([False] * len(self.minutes))
        excess = Excess(self.course, self.terms.target, condition.threshold, self.minutes, max(windows))
        beyond: Callable[[int, int], bool] = ge if condition.inclusive else gt
        found = map(beyond, excess.now(), excess.since(windows[0]))
        for window in windows[1:]:
            found = map(and_, found, map(beyond, excess.now(), excess.since(window)))
        return found

    def _lost_within(self, window: int) -> bool:
        """Whether anything was lost in that window of any of the minutes."""
        stop = self.minutes.stop
        lost, _ = self.course.judged(self.minutes.start - window, stop, at=stop)
        return lost > 0

    def _moved(self, sums: Sums, window: int) -> Iterator[bool]:
        """Whether the sums grew within the window before each minute."""
        now, then = (back(self.course, sums, self.minutes, shift) for shift in (0, window))
        return map(gt, now, then)

    def _chosen(self, flags: Iterator[bool] | Flags) -> list[int]:
        return list(compress(self.minutes, flags))


class Excess:
    """What was lost above a threshold, times its denominators, as sums that windows are differences of."""

    def __init__(
        self, course: Course, target: Fraction, threshold: Fraction, minutes: range, longest: int
    ) -> None:
        self._late = course.late
        self._overdue = course.late + MISSING_AFTER
        self._reach = max(longest, self._overdue)
        self._length = len(minutes)
        self._has_missing = bool(course.missing)
        weight = target.denominator * threshold.denominator
        allowed = (target.denominator - target.numerator) * threshold.numerator
        wide = range(minutes.start - self._reach, minutes.stop)
        lost, units = back(course, course.lost, wide, 0), back(course, course.units, wide, 0)
        self._known = [weight * bad - allowed * total for bad, total in zip(lost, units, strict=True)]
        if self._has_missing:
            each = weight * course.missing_lost - allowed * units_per_slice(course.method)
            self._missing = [each * count for count in back(course, course.missing, wide, 0)]

    def now(self) -> Sequence[int]:
        """As known at each minute."""
        return self._sum(self._late, self._overdue)

    def since(self, window: int) -> Sequence[int]:
        """What of that lies before the window."""
        return self._sum(max(window, self._late), max(window, self._overdue))

    def total(self) -> int:
        """All that lies before the first of the minutes."""
        return self._sum(0, 0)[0]

    def _sum(self, known: int, missing: int) -> Sequence[int]:
        first = self._back(self._known, known)
        if not self._has_missing:
            return first
        return [a + b for a, b in zip(first, self._back(self._missing, missing), strict=True)]

    def _back(self, values: Sequence[int], shift: int) -> Sequence[int]:
        start = self._reach - shift
        return values[start : start + self._length]


def back(course: Course, sums: Sums, minutes: range, shift: int) -> Sequence[int]:
    """For each of `minutes` what `sums` were so many minutes earlier; those have no end before the course has."""
    start, stop = minutes.start - course.origin - shift, minutes.stop - course.origin - shift
    early = min(max(0, -start), len(minutes))
    return [0] * early + sums[max(0, start) : max(0, stop)]


def least_share(lost: int, total: int) -> float:
    """The lower end of the interval that `domain.interval` gives for the share that was lost, in floats."""
    share = lost / total
    centre = share + SQUARE / (2 * total)
    spread = sqrt(SQUARE * (share * (1 - share) / total + SQUARE / (4 * total * total)))
    return (centre - spread) / (1 + SQUARE / total)


def _lowest(
    watching: Watching, terms: Terms, course: Course, minutes: range, length: int
) -> Sequence[BurnCondition]:
    """The conditions of rolling periods, whose thresholds change with each minute: never above what they are."""
    if watching.conditions is not None:
        return watching.conditions
    shared = course.minutes(minutes.stop - length, minutes.start)
    return default_conditions(terms.target, length, max(shared, 1))


def _not(flag: bool) -> bool:
    return not flag
