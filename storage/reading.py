"""Reading the rows that answer a batch of questions, and what they add up to."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from domain.counting import Span, count, count_unmeasured
from domain.counts import NOTHING, Counts
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import MISSING_AFTER
from domain.minutes import HOUR, instant_of
from domain.objective import Terms
from domain.recovery import excess, losses
from domain.standing import BURN_WINDOWS, Figures, Standing, State, stand
from domain.window import Period
from storage.counted import CountedHours
from storage.measurements import HOURS, MINUTES
from storage.objectives import Kept
from storage.packed import sums_until, unpack_hour

NEVER_MEASURED = Figures(NOTHING, dict.fromkeys(BURN_WINDOWS, NOTHING), None)
MOST_SEEKS = 150
"""Up to so many minutes each is sought by itself: a scan would read those of all other objectives too."""
HotHours = dict[int, MeasuredHour]


class Question(NamedTuple):
    """What is to be found out about one objective at the minute `at`.

    `edges` are the minutes before which everything is counted: the end and the start of the period, then the
    start of each burn window. Prefixes are taken no later than `base_limit`: what follows is not sealed, or
    not overdue yet.
    """

    kept: Kept
    terms: Terms
    series: int
    period: Period
    at: int
    edges: tuple[int, ...]
    base_limit: int

    def base(self, edge: int) -> int:
        """The hour from whose prefix the counts before `edge` are reached."""
        return min(edge, self.base_limit) // HOUR


class Reading:
    """The rows that answer a batch of questions, all about the same instant."""

    def __init__(
        self, connection: Connection, workspace_id: int, questions: Sequence[Question], sealed_until: int
    ) -> None:
        self._connection = connection
        self._counted = CountedHours(connection, workspace_id)
        self._sealed_until = sealed_until // HOUR
        ids = [question.kept.id for question in questions]
        bases, parts = _hours_to_read(questions, self._sealed_until)
        self._prefixes = self._counted.prefixes({question.series for question in questions}, bases)
        self._packed = self._read_packed(ids, parts)
        self._hot = self._read_hot(ids, questions[0].at)

    def standing(self, question: Question, *, at: datetime) -> Standing:
        """The standing that answers the question."""
        hot = self._hot.get(question.kept.id, {})
        first = _first_minute(question.kept, hot)
        figures = NEVER_MEASURED
        if first is not None and first < question.at:
            end, start, *burns = [self._before(question, edge, first, hot) for edge in question.edges]
            spans = {name: end.minus(burn) for name, burn in zip(BURN_WINDOWS, burns, strict=True)}
            figures = Figures(end.minus(start), spans, first)
        standing = stand(question.kept.objective, question.terms, question.period, figures, at=at)
        return standing if standing.state is State.MET else self._explained(question, standing)

    def _before(self, question: Question, edge: int, first: int, hot: HotHours) -> Counts:
        """The counts before the minute `edge`, as known at the question's instant."""
        base, method = question.base(edge), question.terms.method
        counts = NOTHING
        prefix = self._prefixes.get((question.series, base))
        if prefix is not None:
            counts = prefix.counts
            if prefix.hour < base:
                counts = counts.plus(count_unmeasured(method, base - prefix.hour))
        for hour in range(base, -(-edge // HOUR)):
            counts = counts.plus(self._part(question, hour, edge, first, hot))
        return counts

    def _part(self, question: Question, hour: int, edge: int, first: int, hot: HotHours) -> Counts:
        """The counts of one hour before the minute `edge`."""
        start, method = hour * HOUR, question.terms.method
        span = Span(
            until=min(edge - start, HOUR),
            finished=min(question.at - start, HOUR),
            overdue=min(question.at - MISSING_AFTER - start, HOUR),
            begun=first - start,
        )
        if hour >= self._sealed_until:
            return count(method, hot.get(hour, EMPTY_HOUR), span)
        packed = self._packed.get((question.kept.id, hour))
        if packed is None:
            return count(method, EMPTY_HOUR, span)
        if method.slice_minutes:
            return count(method, unpack_hour(packed), span)
        good, total, measured = sums_until(packed, span.until)
        return Counts(good, total, 0, 0, measured, 0)

    def _explained(self, question: Question, standing: Standing) -> Standing:
        """With what only a state that is not met needs to know."""
        if standing.state is State.NO_DATA:
            return replace(
                standing, figures=replace(standing.figures, last_minute=self._last_minute(question))
            )
        needed = excess(standing)
        return standing if needed is None else replace(standing, until=self._end(question, standing, needed))

    def _last_minute(self, question: Question) -> int | None:
        """The last measured minute before the question's instant."""
        hot = self._hot.get(question.kept.id, {})
        sealed = (
            select(HOURS.c.hour, HOURS.c.packed)
            .where(HOURS.c.objective_id == question.kept.id, HOURS.c.hour <= question.at // HOUR)
            .order_by(HOURS.c.hour.desc())
            .limit(2)
        )
        hours = [(row.hour, unpack_hour(row.packed)) for row in self._connection.execute(sealed)]
        for hour, measured in [*sorted(hot.items(), reverse=True), *hours]:
            seen = measured.mask & ((1 << max(0, min(question.at - hour * HOUR, HOUR))) - 1)
            if seen:
                last: int = hour * HOUR + seen.bit_length() - 1
                return last
        return None

    def _end(self, question: Question, standing: Standing, needed: int) -> datetime | None:
        """The instant at which so much of what was lost has left the rolling window."""
        hot, first = self._hot.get(question.kept.id, {}), standing.figures.first_minute or 0
        start = question.edges[1]
        lost = losses(standing, self._before(question, start, first, hot)) + needed

        def lost_before(minute: int) -> int:
            """All losses before a minute: they only ever grow with it."""
            self._read_more(question, question.base(minute), -(-minute // HOUR))
            return losses(standing, self._before(question, minute, first, hot))

        minutes = range(start, question.at + 1)
        leaving = bisect_left(minutes, lost, key=lost_before)
        return instant_of(minutes[leaving] + question.at - start) if leaving < len(minutes) else None

    def _read_more(self, question: Question, base: int, end: int) -> None:
        """Have the rows of one more edge at hand."""
        self._prefixes |= self._counted.prefixes([question.series], [base])
        self._packed |= self._read_packed(
            [question.kept.id], [h for h in range(base, end) if h < self._sealed_until]
        )

    def _read_packed(self, ids: Sequence[int], hours: Collection[int]) -> dict[tuple[int, int], bytes]:
        if not hours:
            return {}
        query = select(HOURS.c.objective_id, HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id.in_(ids), HOURS.c.hour.in_(hours)
        )
        return {(row[0], row[1]): row[2] for row in self._connection.execute(query)}

    def _read_hot(self, ids: Sequence[int], at: int) -> dict[int, HotHours]:
        """Objective → hour → its minutes that are not sealed yet."""
        since = self._sealed_until * HOUR
        few = at - since <= MOST_SEEKS
        query = select(MINUTES.c.objective_id, MINUTES.c.minute, MINUTES.c.good, MINUTES.c.total).where(
            MINUTES.c.objective_id.in_(ids),
            MINUTES.c.minute.in_(range(since, at)) if few else MINUTES.c.minute.between(since, at - 1),
        )
        found: dict[int, dict[int, list[Measurement]]] = {}
        for key, minute, good, total in self._connection.execute(query):
            hours = found.setdefault(key, {})
            hours.setdefault(minute // HOUR, []).append(Measurement(minute, good, total))
        return {
            key: {hour: EMPTY_HOUR.with_minutes(minutes) for hour, minutes in hours.items()}
            for key, hours in found.items()
        }


def _hours_to_read(questions: Sequence[Question], sealed_until: int) -> tuple[set[int], set[int]]:
    """The hours whose prefixes are needed, and the sealed hours of which only a part counts."""
    bases: set[int] = set()
    parts: set[int] = set()
    for question in questions:
        for edge in question.edges:
            base = question.base(edge)
            bases.add(base)
            parts.update(hour for hour in range(base, -(-edge // HOUR)) if hour < sealed_until)
    return bases, parts


def _first_minute(kept: Kept, hot: HotHours) -> int | None:
    """The objective's first measured minute."""
    if kept.first_minute is not None or not hot:
        return kept.first_minute
    hour = min(hot)
    mask = hot[hour].mask
    return hour * HOUR + (mask & -mask).bit_length() - 1
