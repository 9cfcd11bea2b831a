"""What only a state that is not met needs to know: when it ends by itself, or when something was last received."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from domain.minutes import HOUR, instant_of
from domain.recovery import excess, losses
from domain.sight import SILENT_AFTER
from domain.standing import Reason, Standing, State
from storage.asked import Question
from storage.counted import CountedHours
from storage.packed import unpack_hour
from storage.reading import Reading
from storage.schema import MeasuredHourRow, MeasuredMinuteRow, table_of

MINUTES = table_of(MeasuredMinuteRow)
HOURS = table_of(MeasuredHourRow)
AT_ONCE = 8
"""How many hours are looked at together, to find the minute by which enough was lost."""


class Explaining:
    """Completes standings, one by one."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def explained(self, question: Question, standing: Standing) -> Standing:
        """The standing that answers the question, with what its state calls for."""
        if _hears_nothing(standing):
            last = self._last_minute(question)
            standing = replace(standing, figures=replace(standing.figures, last_minute=last))
        if standing.state is State.MET or standing.reason is Reason.OPEN_WARNING:
            return standing
        needed = excess(standing)
        return standing if needed is None else replace(standing, until=self._end(question, standing, needed))

    def _last_minute(self, question: Question) -> int | None:
        """The last measured minute before the question's instant."""
        hot = self._connection.execute(
            select(func.max(MINUTES.c.minute)).where(
                MINUTES.c.minute.between(question.asked.sealed_until, question.asked.at - 1),
                MINUTES.c.objective_id == question.kept.id,
            )
        ).scalar()
        if hot is not None:
            return int(hot)
        sealed = (
            select(HOURS.c.hour, HOURS.c.packed)
            .where(HOURS.c.objective_id == question.kept.id, HOURS.c.hour <= question.asked.at // HOUR)
            .order_by(HOURS.c.hour.desc())
            .limit(2)
        )
        for hour, packed in self._connection.execute(sealed).all():
            start: int = hour * HOUR
            seen = unpack_hour(packed).mask & ((1 << max(0, min(question.asked.at - start, HOUR))) - 1)
            if seen:
                return start + seen.bit_length() - 1
        return self._last_counted(question)

    def _last_counted(self, question: Question) -> int | None:
        """The end of the last hour that was counted, where its minutes are no longer kept."""
        pruned = question.kept.pruned_until // HOUR
        asked = (question.series, pruned)
        found = CountedHours(self._connection, self._workspace_id).latest_before([asked]) if pruned else {}
        return found[asked].hour * HOUR - 1 if asked in found else None

    def _end(self, question: Question, standing: Standing, needed: int) -> datetime | None:
        """The instant at which so much of what was lost has left the rolling window, where that can be known."""
        start, at = question.asked.edges[1], question.asked.at
        if start < question.kept.pruned_until:
            return None
        lost = self._lost_before(question, standing, [start])(start) + needed
        low, high = self._hours_around(question, lost)
        while low < high:
            step = 1 if high - low <= AT_ONCE * HOUR else (high - low) // AT_ONCE
            minutes = range(low, high, step)
            place = bisect_left(minutes, lost, key=self._lost_before(question, standing, minutes))
            high = minutes[place] if place < len(minutes) else high
            low = minutes[place - 1] + 1 if place else high
        return instant_of(low + at - start) if low <= at else None

    def _hours_around(self, question: Question, lost: int) -> tuple[int, int]:
        """Minutes between which is the first before which so much was lost; the second is past all where none is."""
        limit = question.asked.base_limit // HOUR
        counted = CountedHours(self._connection, self._workspace_id)
        high = counted.first_losing(question.series, question.terms.method, lost, until=limit)
        last = (limit + 1 if high is None else high) - 1
        low = counted.latest_before([(question.series, last)]).get((question.series, last))
        start, past = question.asked.edges[1], question.asked.at + 1
        return max(start, low.hour * HOUR) if low else start, past if high is None else high * HOUR

    def _lost_before(
        self, question: Question, standing: Standing, edges: Sequence[int]
    ) -> Callable[[int], int]:
        """What was lost before each of these minutes: it only ever grows."""
        # With the end among them the newest minutes are read too: the first one may be there.
        asked = question._replace(asked=question.asked._replace(edges=(*edges, question.asked.at)))
        reading = Reading(self._connection, self._workspace_id, [asked], events_only=False)
        return lambda edge: losses(standing, reading.before(asked, edge))


def _hears_nothing(standing: Standing) -> bool:
    lately = standing.figures.spans.get(SILENT_AFTER)
    return standing.silent or standing.state is State.NO_DATA or (lately is not None and not lately.measured)
