"""Spans of minutes: sorted, apart from each other, half-open; asked about by bisection, however many they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from domain.minutes import HOUR

Span = tuple[int, int]
"""From a minute to before another."""


class Spans:
    """Minutes as spans. Made from any spans: overlapping and touching ones become one."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]
        self._before = [0, *accumulate(end - start for start, end in merged)]
        self._slices: dict[int, list[int]] = {}
        # Scopes are looked up by it for every standing: computed once, it may have a thousand parts.
        self._hash = hash((tuple(self._starts), tuple(self._ends)))

    def __iter__(self) -> Iterator[Span]:
        return zip(self._starts, self._ends, strict=True)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spans) and (self._starts, self._ends) == (other._starts, other._ends)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Spans({list(self)})"

    def minutes_before(self, minute: int) -> int:
        """How many of the minutes lie before `minute`."""
        place = bisect_right(self._starts, minute)
        if not place:
            return 0
        return self._before[place] - max(0, self._ends[place - 1] - minute)

    def slices_before(self, minute: int, length: int) -> int:
        """How many slices of `length` minutes that begin before `minute` have one of these minutes.

        Slices begin at multiples of their length.
        """
        if length not in self._slices:
            self._slices[length] = self._slices_touched(length)
        limit = -(-minute // length) * length
        place = bisect_left(self._starts, limit)
        if not place:
            return 0
        last = min(self._ends[place - 1], limit) - 1
        return self._slices[length][place - 1] + last // length - self._first_new(place - 1, length) + 1

    def within(self, start: int, end: int) -> Iterator[Span]:
        """The parts of the spans from minute `start` to before `end`."""
        place = max(0, bisect_right(self._starts, start) - 1)
        while place < len(self._starts) and self._starts[place] < end:
            if self._ends[place] > start:
                yield max(start, self._starts[place]), min(end, self._ends[place])
            place += 1

    def mask(self, hour: int) -> int:
        """The minutes of `hour` as bits, its first minute the lowest."""
        first = hour * HOUR
        return sum(
            (1 << end - first) - (1 << start - first) for start, end in self.within(first, first + HOUR)
        )

    def without(self, others: "Spans") -> "Spans":
        """These minutes but those of `others`."""
        left: list[Span] = []
        for start, end in self:
            for gap_start, gap_end in others.within(start, end):
                left.append((start, gap_start))
                start = gap_end
            left.append((start, end))
        return Spans(left)

    def _slices_touched(self, length: int) -> list[int]:
        """For each span how many slices the spans before it have minutes of."""
        touched = (
            (end - 1) // length - self._first_new(place, length) + 1 for place, (_, end) in enumerate(self)
        )
        return [0, *accumulate(touched)]

    def _first_new(self, place: int, length: int) -> int:
        """The first slice of a span that the span before it has no minute of."""
        first = self._starts[place] // length
        return first + (place > 0 and (self._ends[place - 1] - 1) // length == first)
