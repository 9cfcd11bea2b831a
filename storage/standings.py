"""Standings: objectives with their figures at an instant, read in a handful of queries whatever their number."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.method import MISSING_AFTER, Missing
from domain.minutes import minute_of
from domain.standing import BURN_WINDOWS, Standing
from domain.window import Period, Window
from storage.measurements import WORKSPACE
from storage.objectives import Kept, Objectives
from storage.reading import Question, Reading

LENGTHS = tuple(BURN_WINDOWS.values())
AT_ONCE = 500
"""How many objectives one batch of queries asks about."""


class Standings:
    """How the objectives of one workspace stand."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def all(self, *, at: datetime) -> list[Standing]:
        """All objectives that were not retired by `at`, by name."""
        return self._answer([kept for kept in self._objectives.kept() if _in_force(kept, at)], at)

    def of(self, names: Collection[str], *, at: datetime) -> list[Standing]:
        """The objectives of these names that were not retired by `at`, by name."""
        wanted = set(names)
        kept = [one for one in self._objectives.kept() if one.objective.name in wanted and _in_force(one, at)]
        return self._answer(kept, at)

    def _answer(self, kept: Sequence[Kept], at: datetime) -> list[Standing]:
        query = select(WORKSPACE.c.sealed_until).where(WORKSPACE.c.id == self._workspace_id)
        sealed_until: int = self._connection.execute(query).scalar_one()
        standings = []
        for start in range(0, len(kept), AT_ONCE):
            questions = _questions(kept[start : start + AT_ONCE], at, sealed_until)
            reading = Reading(self._connection, self._workspace_id, questions, sealed_until)
            standings += [reading.standing(question, at=at) for question in questions]
        return standings


def _in_force(kept: Kept, at: datetime) -> bool:
    return kept.objective.retired_at is None or at < kept.objective.retired_at


def _questions(kept: Sequence[Kept], at: datetime, sealed_until: int) -> list[Question]:
    minute = minute_of(at)
    burns = tuple(minute - length for length in LENGTHS)
    periods: dict[Window, Period] = {}
    questions = []
    for one in kept:
        terms = one.objective.terms(at=at)
        if terms.window not in periods:
            periods[terms.window] = terms.window.period(at=at)
        period = periods[terms.window]
        overdue = minute if terms.method.missing is Missing.IGNORED else minute - MISSING_AFTER
        series = one.counted_as[one.objective.versions.index(terms)]
        edges = (minute, period.start_minute, *burns)
        questions.append(Question(one, terms, series, period, minute, edges, min(sealed_until, overdue)))
    return questions
