"""Scope: which minutes count for an objective: the service hours of its agreement, less what is excluded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from domain.calendars import Calendar, year_span
from domain.correction import Corrections
from domain.measurement import FULL_HOUR, MeasuredHour
from domain.minutes import HOUR, multiples_before
from domain.spans import Span, Spans

NO_SPANS = Spans()
NO_CORRECTIONS = Corrections()


@dataclass(frozen=True, slots=True)
class Scope:
    """Minutes that count, and what of them as something else than measured. `hours` None is round the clock."""

    hours: Calendar | None = None
    excluded: Spans = NO_SPANS
    corrections: Corrections = NO_CORRECTIONS

    @property
    def whole(self) -> bool:
        """Whether every minute counts."""
        return self.hours is None and not self.excluded

    def minutes(self, start: int, end: int) -> int:
        """How many of the minutes from `start` to before `end` count; none where `end` is earlier."""
        if end <= start:
            return 0
        if self.hours is None:
            return end - start - self._excluded_round_the_clock(start, end)
        return sum(
            spans.minutes_before(until) - spans.minutes_before(since)
            for spans, since, until in self._by_year(start, end)
        )

    def excluded_minutes(self, start: int, end: int) -> int:
        """How many of the service hours' minutes are excluded."""
        if end <= start:
            return 0
        if self.hours is None:
            return self._excluded_round_the_clock(start, end)
        return Scope(self.hours).minutes(start, end) - self.minutes(start, end)

    def slices(self, start: int, end: int, length: int) -> int:
        """How many slices that begin from `start` to before `end` have a minute that counts."""
        if end <= start:
            return 0
        if self.whole:
            return multiples_before(end, length) - multiples_before(start, length)
        return sum(
            spans.slices_before(until, length) - spans.slices_before(since, length)
            for spans, since, until in self._by_year(start, end)
        )

    def mask(self, hour: int) -> int:
        """The minutes of `hour` that count, as bits, its first minute the lowest."""
        if self.whole:
            return FULL_HOUR
        if self.hours is None:
            return FULL_HOUR & ~self.excluded.mask(hour)
        return self._counting_in(_year_of(hour * HOUR)).mask(hour)

    def applied(self, hour: int, measured: MeasuredHour) -> MeasuredHour:
        """The measured minutes of `hour` as they count where they do."""
        return self.corrections.applied(hour, measured) if self.corrections else measured

    def runs(self, start: int, end: int) -> Iterator[Span]:
        """The minutes from `start` to before `end` that count, as spans."""
        if self.hours is None:
            for since, until in self.excluded.within(start, end):
                if start < since:
                    yield start, since
                start = until
            if start < end:
                yield start, end
        elif start < end:
            for spans, since, until in self._by_year(start, end):
                yield from spans.within(since, until)

    def _excluded_round_the_clock(self, start: int, end: int) -> int:
        if not self.excluded:
            return 0
        return self.excluded.minutes_before(end) - self.excluded.minutes_before(start)

    def _by_year(self, start: int, end: int) -> Iterator[tuple[Spans, int, int]]:
        for year in range(_year_of(start), _year_of(end - 1) + 1):
            first, last = year_span(year)
            yield self._counting_in(year), max(start, first), min(end, last)

    def _counting_in(self, year: int) -> Spans:
        return _counting_in(self, year)


ALWAYS = Scope()


@lru_cache(maxsize=8192)
def _counting_in(scope: Scope, year: int) -> Spans:
    open_minutes = scope.hours.open_in(year) if scope.hours else Spans([year_span(year)])
    return open_minutes.without(scope.excluded) if scope.excluded else open_minutes


def _year_of(minute: int) -> int:
    return datetime.fromtimestamp(minute * 60, UTC).year


def changed_hours(before: Scope, after: Scope, start: int, end: int) -> Iterator[int]:
    """The hours from minute `start` to before `end` in which other minutes count than before, or otherwise."""
    corrected = before.corrections.differing(after.corrections)
    if before.hours == after.hours:
        touched: set[Span] = set(before.excluded) ^ set(after.excluded)
        spans = Spans(touched)
        hours = (range(since // HOUR, -(-until // HOUR)) for since, until in spans.within(start, end))
        within = (hour for hour in corrected if start // HOUR <= hour < -(-end // HOUR))
        candidates = sorted({*within, *(hour for some in hours for hour in some)})
    else:
        candidates = list(range(start // HOUR, -(-end // HOUR)))
    return (hour for hour in candidates if hour in corrected or before.mask(hour) != after.mask(hour))
