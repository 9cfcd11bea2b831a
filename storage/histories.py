"""Histories: how objectives stood in the spans between given minutes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection

from domain.counts import NOTHING
from domain.method import MISSING_AFTER, Missing
from domain.minutes import instant_of, minute_of
from domain.objective import Objective
from domain.standing import BURN_WINDOWS, Figures, Standing, stand
from domain.window import Period
from storage.asked import Asked, Question
from storage.hot import HotMinutes
from storage.objectives import Kept, Objectives
from storage.reading import Reading
from storage.standings import SEALED

NO_BURNS = dict.fromkeys(BURN_WINDOWS, NOTHING)
JUST_BEFORE = timedelta(microseconds=1)
AT_ONCE = 500
"""How many ways of counting one batch of queries asks about."""


class _Span(NamedTuple):
    """From a minute to before another, by one version of the terms."""

    start: int
    end: int
    place: int


class Histories:
    """How the objectives of one workspace stood in consecutive spans."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def of(
        self, names: Collection[str], edges: Sequence[int], *, at: datetime, newest: bool = False
    ) -> dict[str, list[Standing]]:
        """Name → how it stood at the end of each span, judged by the span's own minutes and the terms in force then.

        `edges` are the minutes that the spans begin and end at, rising, at most 40, none after `at`. The
        burn windows of these standings are empty. With `newest` the newest terms judge all spans.
        """
        wanted = set(names)
        kept = [one for one in self._objectives.kept() if one.objective.name in wanted]
        [(sealed_until,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        asked = _asked(edges, sealed_until, at)
        firsts = self._first_minutes(kept, asked[Missing.IGNORED])
        spans = {one.id: _spans(one.objective, edges, at, newest=newest) for one in kept}
        readings = self._readings(kept, spans, asked)
        return {
            one.objective.name: [
                _standing(readings[one.id, span.place], span, firsts.get(one.id)) for span in spans[one.id]
            ]
            for one in kept
        }

    def _first_minutes(self, kept: Sequence[Kept], asked: Asked) -> dict[int, int]:
        """The first measured minute of each objective that has one."""
        firsts = {one.id: one.first_minute for one in kept if one.first_minute is not None}
        others = [one.id for one in kept if one.first_minute is None]
        if not others:
            return firsts
        hot = HotMinutes(
            self._connection, self._workspace_id, others, since=asked.sealed_until, until=asked.at
        )
        return firsts | hot.first_minutes()

    def _readings(
        self, kept: Sequence[Kept], spans: Mapping[int, Sequence[_Span]], asked: Mapping[Missing, Asked]
    ) -> dict[tuple[int, int], tuple[Reading, Question]]:
        """For each objective and version of its terms that is wanted: where its counts are found."""
        batches: dict[Missing, list[tuple[int, Question]]] = {}
        for one in kept:
            for place in sorted({span.place for span in spans[one.id]}):
                terms = one.objective.versions[place]
                missing = terms.method.missing
                question = Question(one, terms, one.counted_as[place], asked[missing], one.scopes[place])
                batches.setdefault(missing, []).append((place, question))
        found: dict[tuple[int, int], tuple[Reading, Question]] = {}
        for batch in batches.values():
            for some in (batch[start : start + AT_ONCE] for start in range(0, len(batch), AT_ONCE)):
                questions = [question for _, question in some]
                reading = Reading(self._connection, self._workspace_id, questions, events_only=False)
                found |= {(question.kept.id, place): (reading, question) for place, question in some}
        return found


def _asked(edges: Sequence[int], sealed_until: int, at: datetime) -> dict[Missing, Asked]:
    """The same minutes, once for each way in which prefixes can be used."""
    period, minute = Period(instant_of(edges[0]), instant_of(edges[-1])), minute_of(at)
    limits = {missing: min(sealed_until, minute - MISSING_AFTER) for missing in Missing}
    limits[Missing.IGNORED] = min(sealed_until, minute)
    return {
        missing: Asked(period, minute, tuple(edges), limit, sealed_until) for missing, limit in limits.items()
    }


def _spans(objective: Objective, edges: Sequence[int], at: datetime, *, newest: bool) -> list[_Span]:
    """A span that is over is judged by the terms that were in force until its end, unless by the newest."""
    if newest:
        return [_Span(start, end, len(objective.versions) - 1) for start, end in pairwise(edges)]
    now = minute_of(at)
    ends = {end: at if end >= now else instant_of(end) - JUST_BEFORE for end in edges[1:]}
    return [
        _Span(start, end, objective.versions.index(objective.terms(at=ends[end])))
        for start, end in pairwise(edges)
    ]


def _standing(answer: tuple[Reading, Question], span: _Span, first: int | None) -> Standing:
    reading, question = answer
    period = Period(instant_of(span.start), instant_of(span.end))
    counts = NOTHING
    if first is not None:
        first = reading.counted_from(question, first)
        # Also where it is later than the span: a slice that begins in the span may have it.
        counts = reading.before(question, span.end).minus(reading.before(question, span.start))
    figures = Figures(counts, NO_BURNS, first if first is not None and first < span.end else None)
    objective, terms = question.kept.objective, question.terms
    # A slice that starts in a span belongs to it, and may end after it: then it is not to come any more.
    at = min(question.asked.at, span.end + terms.method.slice_minutes)
    return stand(objective, terms, period, figures, at=instant_of(at), scope=question.scope)
