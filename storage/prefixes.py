"""What was counted before certain hours, for many series at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from domain.counts import NOTHING, Counts
from domain.minutes import HOUR
from storage.abreast import Abreast
from storage.asked import Question
from storage.counted import COUNTS, TABLE, TERMS, CountedHours

EVENTS = ("good", "total", "measured")
ALL_COUNTS = Abreast(TERMS.c.id, TABLE, "terms_id", COUNTS)
EVENTS_ONLY = Abreast(TERMS.c.id, TABLE, "terms_id", EVENTS)


class Prefixes:
    """The prefixes at `hours` of the series of these questions.

    `rows` has a row a series; an hour's counts begin at `places` of that hour. With `events_only` they are
    good, total and measured, else all six.
    """

    def __init__(
        self,
        connection: Connection,
        workspace_id: int,
        questions: Sequence[Question],
        hours: Sequence[int],
        *,
        events_only: bool,
    ) -> None:
        self._names = EVENTS if events_only else COUNTS
        self.places = {hour: 1 + place * len(self._names) for place, hour in enumerate(hours)}
        series = [question.series for question in questions]
        self.rows: dict[int, Sequence[Any]] = {
            **(EVENTS_ONLY if events_only else ALL_COUNTS).read(connection, series, hours)
        }
        self.begins: dict[int, int] = {}
        """Series → the minute from which it is counted, where that is later than its objective's first one."""
        gaps = [question for question in questions if None in self.rows[question.series]]
        self._fill(gaps, CountedHours(connection, workspace_id))

    def counts(self, series: int, hour: int) -> Counts:
        """All that was counted before `hour`."""
        place = self.places[hour]
        return Counts._make(self.rows[series][place : place + len(COUNTS)])

    def _fill(self, gaps: Sequence[Question], counted: CountedHours) -> None:
        """Where an hour has no row, the last one before it tells all, but what was missing since.

        Where there is none either, the series was begun when earlier minutes were no longer kept.
        """
        if not gaps:
            return
        latest = counted.latest_before(
            (question.series, hour)
            for question in gaps
            for hour, place in self.places.items()
            if self.rows[question.series][place] is None and _begun_before(question, hour)
        )
        late = {
            question.series
            for question in gaps
            for hour, place in self.places.items()
            if self.rows[question.series][place] is None
            and _begun_before(question, hour)
            and (question.series, hour) not in latest
        }
        self.begins = {series: hour * HOUR for series, hour in counted.begins(late).items()}
        for question in gaps:
            row = list(self.rows[question.series])
            for hour, place in self.places.items():
                if row[place] is None:
                    found = latest.get((question.series, hour))
                    counts = (
                        NOTHING
                        if found is None
                        else found.extended(question.terms.method, question.scope, hour)
                    )
                    row[place : place + len(self._names)] = [getattr(counts, name) for name in self._names]
            self.rows[question.series] = row


def _begun_before(question: Question, hour: int) -> bool:
    first = question.kept.first_minute
    return first is not None and first < hour * HOUR
