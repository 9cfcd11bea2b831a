"""All four figures of objectives: measured, the agreement's, the owner's, and the owner's if open disputes succeed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from domain.counts import NOTHING, Counts
from domain.layer import Layer, Layers
from domain.layered import Layered
from domain.method import MISSING_AFTER, Missing
from domain.minutes import HOUR, instant_of, minute_of
from domain.scope import Scope
from domain.standing import BURN_WINDOWS, Figures, Standing, stand
from domain.window import Period
from storage.asked import Asked, Question, known_of
from storage.direct import Direct
from storage.hot import HotMinutes
from storage.layering import Layering
from storage.objectives import Kept, Objectives
from storage.reading import Reading
from storage.schema import WorkspaceRow, table_of

WORKSPACE = table_of(WorkspaceRow)
SEALED = Direct(select(WORKSPACE.c.sealed_until).where(WORKSPACE.c.id == bindparam("workspace")))
NO_BURNS = dict.fromkeys(BURN_WINDOWS, NOTHING)
JUST_BEFORE = timedelta(microseconds=1)


Sums = Mapping[tuple[Layer, int], Mapping[int, Counts]]
"""Layer and edge → series → by how much the layer differs in the sealed hours before the edge."""


class LayeredFigures:
    """How the objectives of one workspace stand in each layer."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def of(self, names: Collection[str], *, at: datetime, period: Period | None = None) -> dict[str, Layered]:
        """Name → its figures as of `at`, of the terms' window or of another `period` that has begun.

        By the terms in force at `at`, at the latest just before the period's end. The burn windows of these
        standings are empty, and warnings do not make them at risk.
        """
        wanted = set(names)
        kept = [one for one in self._objectives.kept() if one.objective.name in wanted]
        return self._of(kept, at, period)

    def differing(self, names: Collection[str], *, at: datetime) -> dict[str, Layered]:
        """The same, of those only that a ruling or an open dispute concerns."""
        wanted = set(names)
        kept = [
            one
            for one in self._objectives.kept()
            if one.objective.name in wanted and any(layers.others() for layers in one.layers)
        ]
        return self._of(kept, at, None)

    def _of(self, kept: Sequence[Kept], at: datetime, period: Period | None) -> dict[str, Layered]:
        [(sealed,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        batches: dict[tuple[Period, Missing], list[Question]] = {}
        for one in kept:
            question = _question(one, at, period, sealed)
            kind = (question.asked.period, question.terms.method.missing)
            batches.setdefault(kind, []).append(question)
        found: dict[str, Layered] = {}
        for questions in batches.values():
            found |= self._answers(questions, at)
        return found

    def _answers(self, questions: Sequence[Question], at: datetime) -> dict[str, Layered]:
        reading = Reading(self._connection, self._workspace_id, questions, events_only=False)
        sums, firsts = self._sums(questions), self._first_minutes(questions)
        found = {}
        for one in questions:
            first = firsts.get(one.kept.id)
            reader = _Reader(reading, one, first, sums, at)
            found[one.kept.objective.name] = Layered(*(reader.standing(layer) for layer in Layer))
        return found

    def _sums(self, questions: Sequence[Question]) -> Sums:
        layering, asked = Layering(self._connection, self._workspace_id), questions[0].asked
        differing: dict[Layer, list[int]] = {}
        for one in questions:
            for layer in _layers(one).others():
                differing.setdefault(layer, []).append(one.series)
        return {
            (layer, edge): layering.before(layer, series, asked.base(edge))
            for layer, series in differing.items()
            for edge in asked.edges
        }

    def _first_minutes(self, questions: Sequence[Question]) -> dict[int, int]:
        firsts = {one.kept.id: one.kept.first_minute for one in questions}
        hot = [key for key, first in firsts.items() if first is None]
        found = {key: first for key, first in firsts.items() if first is not None}
        if not hot:
            return found
        asked = questions[0].asked
        minutes = HotMinutes(
            self._connection, self._workspace_id, hot, since=asked.sealed_until, until=asked.at
        )
        return found | minutes.first_minutes()


@dataclass(frozen=True, slots=True)
class _Reader:
    """The layers of one objective."""

    reading: Reading
    question: Question
    first: int | None
    sums: Sums
    at: datetime

    def standing(self, layer: Layer) -> Standing:
        question, asked = self.question, self.question.asked
        scope, counts, first = _layers(question).scope(layer), NOTHING, self.first
        if first is not None and first < asked.edges[0]:
            first = self.reading.counted_from(question, first)
            end, start = (self._before(layer, scope, edge) for edge in asked.edges)
            counts = end.minus(start)
        figures = Figures(counts, NO_BURNS, first if first is not None and first < asked.edges[0] else None)
        # A slice that starts in a period belongs to it, and may end after it.
        limit = asked.period.end_minute + question.terms.method.slice_minutes
        at = self.at if asked.at <= limit else instant_of(limit)
        objective, terms = question.kept.objective, question.terms
        return stand(objective, terms, asked.period, figures, at=at, scope=scope)

    def _before(self, layer: Layer, scope: Scope, edge: int) -> Counts:
        counted = self.reading.before(self.question, edge)
        if scope == self.question.scope:
            return counted
        more = self.sums.get((layer, edge), {}).get(self.question.series, NOTHING)
        return counted.plus(more).plus(self.reading.difference(self.question, edge, scope))


def _layers(question: Question) -> Layers:
    return question.kept.layers[question.kept.objective.versions.index(question.terms)]


def _question(kept: Kept, at: datetime, period: Period | None, sealed: int | None) -> Question:
    in_force = at if period is None else min(at, period.end - JUST_BEFORE)
    terms = kept.objective.terms(at=in_force)
    place = kept.objective.versions.index(terms)
    whole = known_of(period or terms.window.period(at=at), kept)
    minute = minute_of(at)
    sealed_until = sealed or minute // HOUR * HOUR
    overdue = minute if terms.method.missing is Missing.IGNORED else minute - MISSING_AFTER
    edges = (min(minute, whole.end_minute), whole.start_minute)
    asked = Asked(whole, minute, edges, min(sealed_until, overdue), sealed_until)
    return Question(kept, terms, kept.counted_as[place], asked, kept.scopes[place])
