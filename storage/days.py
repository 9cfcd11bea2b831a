"""Past days: what each objective lost on each UTC day, from counted hours alone."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from domain.counts import NOTHING, Counts
from domain.method import MISSING_AFTER, Missing
from domain.minutes import DAY, instant_of, minute_of
from domain.objective import Terms
from domain.outlook import DayLoss
from domain.outlooks import PAST_DAYS
from domain.window import Period
from storage.asked import Asked, Question
from storage.counted import COLUMNS, TABLE, CountedHours, Prefix
from storage.objectives import Kept, Objectives
from storage.reading import Reading
from storage.standings import SEALED

DAY_HOURS = 24
AT_ONCE = 200
"""How many objectives one batch of queries asks about."""


class Days:
    """The past days of the objectives of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def before(
        self, names: Collection[str], *, at: datetime, newest: bool = False
    ) -> dict[str, list[DayLoss]]:
        """Objective → what it lost on each of the last 400 days before the UTC day of `at`, oldest first.

        By the terms in force at `at` (with `newest` by the newest), whatever they were then. Days on which nothing
        was counted are left out.
        """
        today = minute_of(at) // DAY
        kept = [one for one in self._objectives.called(sorted(names), at=at) if one.first_minute is not None]
        found: dict[str, list[DayLoss]] = {}
        for some in (kept[start : start + AT_ONCE] for start in range(0, len(kept), AT_ONCE)):
            questions = [_question(one, at, newest=newest) for one in some]
            last_day = self._newest(questions, today - 1)
            older = self._ends(questions, today - PAST_DAYS, today - 1)
            for question in questions:
                name = question.kept.objective.name
                days = _days(question, older[question.kept.id], today - PAST_DAYS, today - 1)
                last = _loss(question.terms, today - 1, last_day[question.kept.id])
                found[name] = [*days, *([last] if last else [])]
        return found

    def _newest(self, questions: Sequence[Question], day: int) -> dict[int, Counts]:
        """Key → the counts of the newest day, of which not all hours may be sealed."""
        [(sealed,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        start, end = day * DAY, (day + 1) * DAY
        found: dict[int, Counts] = {}
        for missing in {question.terms.method.missing for question in questions}:
            asked = _asked(start, end, sealed or 0, missing)
            batch = [one._replace(asked=asked) for one in questions if one.terms.method.missing is missing]
            reading = Reading(self._connection, self._workspace_id, batch, events_only=False)
            for one in batch:
                found[one.kept.id] = reading.before(one, end).minus(reading.before(one, start))
        return found

    def _ends(self, questions: Sequence[Question], first: int, until: int) -> dict[int, dict[int, Prefix]]:
        """Key → day → the last row that tells what was counted before the day's beginning."""
        counted = CountedHours(self._connection, self._workspace_id)
        begin = first * DAY_HOURS
        base = counted.latest_before([(one.series, begin) for one in questions])
        rows: dict[int, dict[int, Prefix]] = {}
        for row in self._connection.execute(_last_rows([one.series for one in questions], begin, until)):
            day = -(-row[1] // DAY_HOURS)
            rows.setdefault(row[0], {})[day] = Prefix(row[1], Counts._make(row[2:]))
        found: dict[int, dict[int, Prefix]] = {}
        for one in questions:
            start = base.get((one.series, begin))
            found[one.kept.id] = {**({first: start} if start else {}), **rows.get(one.series, {})}
        return found


def _question(kept: Kept, at: datetime, *, newest: bool) -> Question:
    terms = kept.objective.versions[-1] if newest else kept.objective.terms(at=at)
    place = kept.objective.versions.index(terms)
    nothing = Asked(Period(at, at), 0, (), 0, 0)
    return Question(kept, terms, kept.counted_as[place], nothing, kept.scopes[place])


def _asked(start: int, end: int, sealed_until: int, missing: Missing) -> Asked:
    overdue = end if missing is Missing.IGNORED else end - MISSING_AFTER
    period = Period(instant_of(start), instant_of(end))
    return Asked(period, end, (end, start), min(sealed_until, overdue), sealed_until)


def _last_rows(series: Sequence[int], begin: int, until: int) -> Any:
    """Of each series the last row up to the end of each day."""
    last = (
        select(TABLE.c.terms_id, func.max(TABLE.c.hour).label("hour"))
        .where(TABLE.c.terms_id.in_(series), TABLE.c.hour > begin, TABLE.c.hour <= until * DAY_HOURS)
        .group_by(TABLE.c.terms_id, (TABLE.c.hour + DAY_HOURS - 1) // DAY_HOURS)
        .subquery()
    )
    same = and_(TABLE.c.terms_id == last.c.terms_id, TABLE.c.hour == last.c.hour)
    return select(TABLE.c.terms_id, TABLE.c.hour, *COLUMNS).join(last, same)


def _days(question: Question, ends: dict[int, Prefix], first: int, until: int) -> Iterator[DayLoss]:
    """The days from `first` to before `until` on which something was counted."""
    known: Prefix | None = ends.get(first)
    before = _extended(question, known, first)
    for day in range(first, until):
        known = ends.get(day + 1, known)
        after = _extended(question, known, day + 1)
        if loss := _loss(question.terms, day, after.minus(before)):
            yield loss
        before = after


def _extended(question: Question, known: Prefix | None, day: int) -> Counts:
    if known is None:
        return NOTHING
    return known.extended(question.terms.method, question.scope, day * DAY_HOURS)


def _loss(terms: Terms, day: int, counts: Counts) -> DayLoss | None:
    good, total = terms.method.judged(counts)
    return DayLoss(day, total - good, total) if total > 0 else None
