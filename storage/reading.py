"""Reading the rows that answer a batch of questions, and what they add up to."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from domain.counting import Span, count
from domain.counts import NOTHING, Counts
from domain.measurement import EMPTY_HOUR
from domain.method import MISSING_AFTER
from domain.minutes import HOUR
from domain.retention import refuse_unknown
from domain.scope import Scope
from domain.standing import BURN_WINDOWS, Figures
from storage.abreast import Abreast
from storage.asked import Question
from storage.events import EventSums
from storage.hot import HotHours, HotMinutes, first_minute
from storage.objectives import TABLE as OBJECTIVES
from storage.packed import unpack_hour
from storage.prefixes import Prefixes
from storage.schema import MeasuredHourRow, table_of

PACKED = Abreast(OBJECTIVES.c.id, table_of(MeasuredHourRow), "objective_id", ["packed"])
NEVER_MEASURED = Figures(NOTHING, dict.fromkeys(BURN_WINDOWS, NOTHING), None)


class Reading:
    """The rows that answer a batch of questions.

    With `events_only` they must all count events; this takes a third of the time.
    """

    def __init__(
        self, connection: Connection, workspace_id: int, questions: Sequence[Question], *, events_only: bool
    ) -> None:
        self._asked = asked = questions[0].asked
        self._sealed_hour = asked.sealed_until // HOUR
        self._events_only = events_only
        ids = [question.kept.id for question in questions]
        bases, parts = asked.hours()
        _refuse_what_is_gone(questions, parts)
        self._prefixes = Prefixes(connection, workspace_id, questions, bases, events_only=events_only)
        self._parts = {hour: 1 + place for place, hour in enumerate(parts)}
        self._packed = PACKED.read(connection, ids, parts)
        until = asked.at if max(asked.edges) > asked.sealed_until else asked.sealed_until
        hot = HotMinutes(connection, workspace_id, ids, since=asked.sealed_until, until=until)
        self._hot: dict[int, HotHours] = {}
        self._firsts: dict[int, int] = {}
        if events_only:
            self._events = EventSums(questions, hot, self._prefixes, self._parts)
            if any(question.kept.first_minute is None for question in questions):
                self._firsts = hot.first_minutes()
        else:
            self._hot = hot.hours()
            self._firsts = {key: first_minute(hours) for key, hours in self._hot.items()}

    def figures(self, question: Question) -> Figures:
        """What was counted by the instant that is asked about."""
        first = self._first_minute(question)
        if first is None or first >= self._asked.at:
            return self._never_measured()
        if self._events_only:
            packed = self._packed.get(question.kept.id, ())
            counts, *burns = self._events.since_edges(question, packed)
        else:
            end, *others = [self.before(question, edge) for edge in self._asked.edges]
            counts, *burns = [end.minus(other) for other in others]
        named = dict(zip(BURN_WINDOWS, burns, strict=False))
        if not self._asked.others:
            return Figures(counts, named, first)
        lengths = (*BURN_WINDOWS.values(), *self._asked.others)
        return Figures(counts, named, first, spans=dict(zip(lengths, burns, strict=True)))

    def _never_measured(self) -> Figures:
        if not self._asked.others:
            return NEVER_MEASURED
        lengths = (*BURN_WINDOWS.values(), *self._asked.others)
        return replace(NEVER_MEASURED, spans=dict.fromkeys(lengths, NOTHING))

    def before(self, question: Question, edge: int) -> Counts:
        """The counts before the minute `edge`, one of those asked about; not for a reading of events only."""
        counts = self._prefixes.counts(question.series, self._asked.base(edge))
        for hour in self._asked.parts(edge):
            counts = counts.plus(self._part(question, hour, edge))
        return counts

    def _part(self, question: Question, hour: int, edge: int) -> Counts:
        """The counts of one hour before the minute `edge`."""
        start, at, key = hour * HOUR, self._asked.at, question.kept.id
        span = Span(
            until=min(edge - start, HOUR),
            finished=min(at - start, HOUR),
            overdue=min(at - MISSING_AFTER - start, HOUR),
            begun=(self._first_minute(question) or 0) - start,
            counting=question.scope.mask(hour),
        )
        if hour >= self._sealed_hour:
            measured = self._hot.get(key, {}).get(hour, EMPTY_HOUR)
        else:
            packed = self._packed[key][self._parts[hour]]
            measured = EMPTY_HOUR if packed is None else unpack_hour(packed)
        return count(question.terms.method, question.scope.applied(hour, measured), span)

    def difference(self, question: Question, edge: int, scope: Scope) -> Counts:
        """By how much what no prefix has yet would differ before the minute `edge`, were `scope` to count."""
        other, found = question._replace(scope=scope), NOTHING
        for hour in self._asked.parts(edge):
            more = self._part(other, hour, edge).minus(self._part(question, hour, edge))
            found = found.plus(more)
        return found

    def counted_from(self, question: Question, first: int) -> int:
        """The objective's first minute, or a later one from which it is counted by these terms."""
        return max(first, self._prefixes.begins.get(question.series, first))

    def _first_minute(self, question: Question) -> int | None:
        """The first measured minute that is counted."""
        kept = question.kept
        if kept.first_minute is None:
            return self._firsts.get(kept.id)
        return self.counted_from(question, kept.first_minute)


def _refuse_what_is_gone(questions: Sequence[Question], parts: Sequence[int]) -> None:
    """Of hours whose minutes are no longer kept no part can be counted. Raises `MinutesGone`."""
    if not parts or parts[0] * HOUR >= max(question.kept.pruned_until for question in questions):
        return
    for kept in (question.kept for question in questions):
        for hour in parts:
            if kept.first_minute is not None and kept.first_minute < (hour + 1) * HOUR:
                refuse_unknown(kept.objective.name, hour * HOUR, kept.pruned_until)
