"""Outlooks: what forecasts go by, read from counted hours for many objectives at once."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.counts import Counts
from domain.method import MISSING_AFTER, Missing
from domain.minutes import DAY, minute_of
from domain.outlook import Outlook
from domain.outlooks import AHEAD, outlook_of
from domain.window import Period, RollingWindow
from storage.asked import Asked, Question, known_of
from storage.days import Days
from storage.objectives import Kept, Objectives
from storage.reading import Reading
from storage.standings import SEALED


class Outlooks:
    """What is known of the objectives of one workspace at 00:00 UTC of a day."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def of(self, names: Collection[str], *, at: datetime) -> dict[str, Outlook]:
        """Objective → its outlook at `at`; none of those that were never measured before."""
        kept = self._objectives.called(sorted(names), at=at)
        measured = [one for one in kept if one.first_minute is not None and one.first_minute < minute_of(at)]
        days = Days(self._connection, self._workspace_id, self._objectives).before(
            [one.objective.name for one in measured], at=at
        )
        found: dict[str, Outlook] = {}
        for question, (counts, *later) in self._counted(measured, at):
            name = question.kept.objective.name
            found[name] = outlook_of(
                question.terms,
                question.scope,
                question.asked.period,
                at=at,
                days=days[name],
                counts=counts,
                later=later,
            )
        return found

    def _counted(self, kept: Sequence[Kept], at: datetime) -> Iterator[tuple[Question, list[Counts]]]:
        """Of each objective what its period has, and what of that is still in a rolling one on the days ahead."""
        [(sealed,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        batches: dict[tuple[Period, Missing, bool], list[Question]] = {}
        for one in kept:
            terms = one.objective.terms(at=at)
            period = known_of(terms.window.period(at=at), one)
            rolling = isinstance(terms.window, RollingWindow)
            asked = _asked(period, terms.method.missing, at, sealed or 0, rolling=rolling)
            place = one.objective.versions.index(terms)
            question = Question(one, terms, one.counted_as[place], asked, one.scopes[place])
            batches.setdefault((period, terms.method.missing, rolling), []).append(question)
        for questions in batches.values():
            reading = Reading(self._connection, self._workspace_id, questions, events_only=False)
            for question in questions:
                end, *others = [reading.before(question, edge) for edge in question.asked.edges]
                yield question, [end.minus(other) for other in others]


def _asked(period: Period, missing: Missing, at: datetime, sealed_until: int, *, rolling: bool) -> Asked:
    minute = minute_of(at)
    overdue = minute if missing is Missing.IGNORED else minute - MISSING_AFTER
    start = period.start_minute
    later = [min(start + day * DAY, minute) for day in range(1, AHEAD + 1)] if rolling else []
    return Asked(period, minute, (minute, start, *later), min(sealed_until, overdue), sealed_until)
