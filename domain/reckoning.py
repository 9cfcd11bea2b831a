"""Reckoning: how many minutes of a period count, and why the others do not."""

from dataclasses import dataclass, replace

from domain.minutes import minute_of
from domain.scope import Scope
from domain.standing import Standing
from domain.window import Period


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Minutes of a period, up to its standing's instant.

    `elapsed` less `not_begun` (before the objective's first measured one), `outside_hours` and `excluded` is
    `countable`, of which so many were `measured`.
    """

    elapsed: int
    not_begun: int
    outside_hours: int
    excluded: int
    measured: int

    @property
    def countable(self) -> int:
        """What should have been measured."""
        return self.elapsed - self.not_begun - self.outside_hours - self.excluded


def reckon(standing: Standing) -> Reckoning:
    """Where the minutes of the standing's period went."""
    start, end = counted_span(standing)
    elapsed = max(0, end - standing.period.start_minute)
    open_minutes = service_minutes(standing.scope, start, end)
    excluded = standing.scope.excluded_minutes(start, end)
    not_begun = elapsed - max(0, end - start)
    outside = elapsed - not_begun - open_minutes
    return Reckoning(elapsed, not_begun, outside, excluded, standing.figures.counts.measured)


def counted_span(standing: Standing) -> tuple[int, int]:
    """From the later of the period's start and the first measured minute to the standing's instant; maybe empty."""
    period, first = standing.period, standing.figures.first_minute
    end = min(period.end_minute, minute_of(standing.at))
    return max(period.start_minute, end if first is None else min(first, end)), end


def minutes_of(work: Period, standing: Standing) -> int:
    """How many of the service hours' minutes of what is counted lie in `work`; one that is touched is in it."""
    start, end = counted_span(standing)
    until = -(-int(work.end.timestamp()) // 60)
    return service_minutes(standing.scope, max(start, work.start_minute), min(end, until))


def service_minutes(scope: Scope, start: int, end: int) -> int:
    """Minutes of the service hours, excluded ones too."""
    return replace(scope, excluded=Scope().excluded).minutes(start, end)
