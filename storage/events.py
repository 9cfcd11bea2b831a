"""Events before and since each edge, summed without unpacking hours: for those who count events."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from domain.counts import Counts
from domain.minutes import HOUR
from domain.scope import Scope
from domain.spans import Span
from storage.asked import Asked, Question
from storage.hot import NO_EVENTS, Events, HotMinutes
from storage.packed import sums_until
from storage.prefixes import Prefixes

Runs = Sequence[Span] | None
"""Which minutes of a part count; None are all of them."""


class _Mark(NamedTuple):
    """Where an edge is found: after a prefix, in a part of a sealed hour (or none: 0), or of the hot ones."""

    prefix: int
    packed: int
    start: int
    edge: int

    def runs(self, scope: Scope) -> Runs:
        """Which minutes from the prefix to the edge count."""
        whole = (self.start, self.edge)
        if scope.whole or self.start == self.edge:
            return None
        runs = tuple(scope.runs(*whole))
        return None if runs == (whole,) else runs


class EventSums:
    """The events of a batch of questions, summed by their edges. `parts` are the places of packed hours in a row."""

    def __init__(
        self, questions: Sequence[Question], hot: HotMinutes, prefixes: Prefixes, parts: Mapping[int, int]
    ) -> None:
        self._rows = prefixes.rows
        self._marks = _marks(questions[0].asked, prefixes, parts)
        scopes = {question.scope for question in questions}
        self._runs = {scope: [mark.runs(scope) for mark in self._marks] for scope in scopes}
        self._hot = hot.sums(sorted(self._hot_edges(questions[0].asked.sealed_until)))

    def since_edges(self, question: Question, packed: Sequence[Any]) -> list[Counts]:
        """What was counted from each edge to the first one, which is the end; `packed` are its packed hours."""
        row, key = self._rows[question.series], question.kept.id
        before = []
        for mark, runs in zip(self._marks, self._runs[question.scope], strict=True):
            good, total, measured = row[mark.prefix : mark.prefix + 3]
            if mark.packed:
                sealed = packed[mark.packed]
                more = _of_packed(sealed, mark, runs) if sealed else NO_EVENTS
            else:
                more = self._of_hot(key, mark, runs)
            before.append((good + more[0], total + more[1], measured + more[2]))
        good, total, measured = before[0]
        return [Counts(good - g, total - t, 0, 0, measured - m, 0) for g, t, m in before[1:]]

    def _of_hot(self, key: int, mark: _Mark, runs: Runs) -> Events:
        """The hot events from the prefix to the mark."""
        if runs is None:
            return self._hot.get(mark.edge, {}).get(key, NO_EVENTS)
        summed = NO_EVENTS
        for start, end in runs:
            before = self._hot.get(start, {}).get(key, NO_EVENTS)
            summed = _plus(summed, self._hot.get(end, {}).get(key, NO_EVENTS), before)
        return summed

    def _hot_edges(self, sealed_until: int) -> set[int]:
        """The minutes before which hot events are summed."""
        edges = {mark.edge for mark in self._marks}
        for runs in self._runs.values():
            for mark, some in zip(self._marks, runs, strict=True):
                if not mark.packed and some:
                    edges |= {minute for span in some for minute in span}
        return {edge for edge in edges if edge > sealed_until}


def _marks(asked: Asked, prefixes: Prefixes, parts: Mapping[int, int]) -> list[_Mark]:
    marks = []
    for edge in asked.edges:
        base = asked.base(edge)
        sealed = base < asked.sealed_until // HOUR and edge > base * HOUR
        marks.append(_Mark(prefixes.places[base], parts[base] if sealed else 0, base * HOUR, edge))
    return marks


def _of_packed(sealed: bytes, mark: _Mark, runs: Runs) -> Events:
    """The events of a sealed hour up to the mark."""
    if runs is None:
        return sums_until(sealed, mark.edge - mark.start)
    summed = NO_EVENTS
    for start, end in runs:
        before = sums_until(sealed, start - mark.start) if start > mark.start else NO_EVENTS
        summed = _plus(summed, sums_until(sealed, end - mark.start), before)
    return summed


def _plus(summed: Events, end: Events, start: Events) -> Events:
    return summed[0] + end[0] - start[0], summed[1] + end[1] - start[1], summed[2] + end[2] - start[2]
