"""Corrections: what a ruling says was measured in single minutes, instead of what was."""

from collections.abc import Iterable, Iterator

from domain.measurement import MeasuredHour, Measurement
from domain.minutes import HOUR


class Corrections:
    """Minutes with the counts that take the place of the measured ones. What was not measured stays so.

    Of two for the same minute the last one holds.
    """

    def __init__(self, minutes: Iterable[Measurement] = ()) -> None:
        self._by_minute = {one.minute: one for one in minutes}
        self._by_hour: dict[int, list[Measurement]] = {}
        for minute in sorted(self._by_minute):
            self._by_hour.setdefault(minute // HOUR, []).append(self._by_minute[minute])
        self._hash = hash(frozenset(self._by_minute.values()))

    def __iter__(self) -> Iterator[Measurement]:
        return (one for hour in self._by_hour.values() for one in hour)

    def __bool__(self) -> bool:
        return bool(self._by_minute)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Corrections) and self._by_minute == other._by_minute

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Corrections({list(self)})"

    def in_hour(self, hour: int) -> tuple[Measurement, ...]:
        """Those of one hour."""
        return tuple(self._by_hour.get(hour, ()))

    def applied(self, hour: int, measured: MeasuredHour) -> MeasuredHour:
        """The hour as it counts."""
        found = self._by_hour.get(hour)
        if not found:
            return measured
        return measured.with_minutes(one for one in found if measured.mask >> one.minute % HOUR & 1)

    def differing(self, other: "Corrections") -> set[int]:
        """The hours in which the two are not the same."""
        hours = self._by_hour.keys() | other._by_hour.keys()
        return {hour for hour in hours if self.in_hour(hour) != other.in_hour(hour)}


def relieved(minutes: Iterable[Measurement], events: int) -> list[Measurement]:
    """So many of the bad events of these minutes do not count, spread over them in the order of time.

    In whole events: minute by minute the share ⌊events × bad so far ÷ all bad⌋ has left, so that the sum is exact.
    More than are bad leave none bad.
    """
    listed = sorted(minutes)
    bad = sum(one.total - one.good for one in listed)
    events = min(events, bad)
    seen = left = 0
    found = []
    for minute, good, total in listed:
        seen += total - good
        leaving = (events * seen // bad if bad else 0) - left
        left += leaving
        if leaving:
            found.append(Measurement(minute, good, total - leaving))
    return found


def failed(minutes: Iterable[Measurement]) -> list[Measurement]:
    """These minutes with all of their events bad: what a customer says who saw nothing work."""
    return [Measurement(minute, 0, total) for minute, good, total in sorted(minutes) if good]
