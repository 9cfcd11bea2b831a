"""Outages: spans in which a service was down, and which minutes they make bad."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.measurement import FULL_HOUR, ZEROS, MeasuredHour
from domain.minutes import HOUR
from domain.refusal import Refusal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ONES = (1,) * HOUR
GOOD_HOUR = MeasuredHour(FULL_HOUR, ZEROS, ONES)
BAD_HOUR = MeasuredHour(FULL_HOUR, ONES, ONES)


@dataclass(frozen=True, slots=True)
class Outage:
    """Down in [start, end), both aware. One that ends as it starts touches no minute."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refusal(
                f"The outage ends ({self.end.isoformat()}) before it starts ({self.start.isoformat()})."
            )

    def minutes(self) -> range:
        """The minutes that it touches, however briefly."""
        if self.start == self.end:
            return range(0)
        return range((self.start - EPOCH) // MINUTE, -((EPOCH - self.end) // MINUTE))


def bad_minutes(outages: Iterable[Outage], span: range) -> list[range]:
    """The minutes of `span` that outages touch: in order, without overlaps."""
    found: list[range] = []
    for touched in sorted((outage.minutes() for outage in outages), key=lambda minutes: minutes.start):
        start, stop = max(touched.start, span.start), min(touched.stop, span.stop)
        if start >= stop:
            continue
        if found and start <= found[-1].stop:
            found[-1] = range(found[-1].start, max(stop, found[-1].stop))
        else:
            found.append(range(start, stop))
    return found


def measured_hours(outages: Iterable[Outage], span: range) -> Iterator[tuple[int, MeasuredHour]]:
    """Every minute of `span` (minutes since 1970) as measured with total 1, bad where an outage touches it.

    Gives hours since 1970 in order. Hours without a change in them are one and the same value.
    """
    if not span:
        return
    masks: dict[int, int] = {}
    for minutes in bad_minutes(outages, span):
        for hour, mask in _by_hour(minutes):
            masks[hour] = masks.get(hour, 0) | mask
    for hour, mask in _by_hour(span):
        yield hour, _hour(mask, masks.get(hour, 0))


def _by_hour(minutes: range) -> Iterator[tuple[int, int]]:
    """The hours of consecutive minutes, each with a bit for each of its minutes."""
    for hour in range(minutes.start // HOUR, (minutes.stop - 1) // HOUR + 1):
        first = max(minutes.start - hour * HOUR, 0)
        end = min(minutes.stop - hour * HOUR, HOUR)
        yield hour, (1 << end) - (1 << first)


def _hour(measured: int, bad: int) -> MeasuredHour:
    if measured == FULL_HOUR and bad in (0, FULL_HOUR):
        return BAD_HOUR if bad else GOOD_HOUR
    return MeasuredHour(measured, _bits(bad), _bits(measured))


def _bits(mask: int) -> tuple[int, ...]:
    return tuple([mask >> minute & 1 for minute in range(HOUR)])
