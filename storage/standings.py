"""Standings: objectives with their figures at an instant, read in a handful of queries whatever their number."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter

from sqlalchemy import Connection, bindparam, select

from domain.layer import Layer
from domain.method import MISSING_AFTER, Missing
from domain.minutes import HOUR, minute_of
from domain.sight import LENGTHS as LOOKED_AT
from domain.standing import BURN_WINDOWS, Standing, Upheld, stand
from domain.window import Period, Window
from storage.acknowledgements import Acknowledgements
from storage.asked import Asked, Question, known_of
from storage.breach_warnings import BreachWarnings
from storage.direct import Direct
from storage.explained import Explaining
from storage.layered import LayeredFigures
from storage.measurements import WORKSPACE
from storage.objectives import Kept, Objectives
from storage.reading import Reading

LENGTHS = tuple(BURN_WINDOWS.values())
SEALED = Direct(select(WORKSPACE.c.sealed_until).where(WORKSPACE.c.id == bindparam("workspace")))
AT_ONCE = 1_000
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
        return self._answer(self._objectives.called(sorted(set(names)), at=at), at)

    def watched(self, *, at: datetime) -> list[Standing]:
        """All that were not retired by `at`, with the counts of all windows that warnings go by.

        As they stand by what was measured: without open warnings, and without when a state ends.
        """
        return self._answer([one for one in self._objectives.kept() if _in_force(one, at)], at, watched=True)

    def warned_of(self, names: Collection[str], *, at: datetime) -> list[Standing]:
        """Like `of`, with the counts of all windows that warnings go by, and the last minute of what is silent."""
        kept = self._objectives.called(sorted(set(names)), at=at)
        return self._answer(kept, at, watched=True, explained=True)

    def _answer(
        self, kept: Sequence[Kept], at: datetime, *, watched: bool = False, explained: bool | None = None
    ) -> list[Standing]:
        explained = not watched if explained is None else explained
        [(sealed,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        # Where nothing was ever taken in, service hours would else be walked through since 1970.
        sealed_until = sealed or minute_of(at) // HOUR * HOUR
        explaining = Explaining(self._connection, self._workspace_id)
        warned = self._warned(at) if explained else set()
        standings = {}
        for questions in _batches(kept, at, sealed_until, watched=watched):
            period, events_only = questions[0].asked.period, _events_only(questions[0])
            reading = Reading(self._connection, self._workspace_id, questions, events_only=events_only)
            for question in questions:
                figures, objective = reading.figures(question), question.kept.objective
                standing = stand(
                    objective,
                    question.terms,
                    period,
                    figures,
                    at=at,
                    scope=question.scope,
                    warned=question.kept.id in warned,
                )
                standings[question.kept.id] = (
                    explaining.explained(question, standing) if explained else standing
                )
        for missing in self._missing(at) & standings.keys() if explained else ():
            standings[missing] = replace(standings[missing], unacknowledged=True)
        if explained:
            self._mark_contested(kept, standings, at)
        return [standings[one.id] for one in kept]

    def _mark_contested(self, kept: Sequence[Kept], standings: dict[int, Standing], at: datetime) -> None:
        """Which disputes are undecided, and how it would stand if they succeed."""
        contested = self._objectives.contested()
        found = {one.id: one.objective.name for one in kept if one.objective.name in contested}
        if not found:
            return
        layered = LayeredFigures(self._connection, self._workspace_id, self._objectives)
        figures = layered.differing(list(found.values()), at=at)
        for key, name in found.items():
            changed = replace(standings[key], contested=contested[name])
            if name in figures and figures[name].differs(Layer.IF_UPHELD):
                upheld = figures[name].if_upheld
                changed = replace(changed, if_upheld=Upheld(upheld.attainment, upheld.state))
            standings[key] = changed

    def _warned(self, at: datetime) -> set[int]:
        """The keys of the objectives that a warning was open about."""
        return BreachWarnings(self._connection, self._workspace_id).warned(at=at)

    def _missing(self, at: datetime) -> set[int]:
        """The keys of the objectives whose owner did not acknowledge them."""
        return Acknowledgements(self._connection, self._workspace_id).missing(at=at)


def _in_force(kept: Kept, at: datetime) -> bool:
    return kept.objective.retired_at is None or at < kept.objective.retired_at


def _batches(
    kept: Iterable[Kept], at: datetime, sealed_until: int, *, watched: bool
) -> Iterator[list[Question]]:
    """Questions that are answered together: about the same minutes, counted in the same way, as their rows lie."""
    found: dict[tuple[Period, Missing, tuple[int, ...], bool], list[Question]] = {}
    asked: dict[tuple[Period, Missing, tuple[int, ...]], Asked] = {}
    periods: dict[Window, Period] = {}
    for one in sorted(kept, key=attrgetter("id")):
        terms = one.objective.terms(at=at)
        if terms.window not in periods:
            periods[terms.window] = terms.window.period(at=at)
        lengths = _lengths(one) if watched else ()
        minutes = (known_of(periods[terms.window], one), terms.method.missing, lengths)
        if minutes not in asked:
            asked[minutes] = _asked(*minutes, at, sealed_until)
        place = one.objective.versions.index(terms)
        question = Question(one, terms, one.counted_as[place], asked[minutes], one.scopes[place])
        kind = (*minutes, _events_only(question))
        found.setdefault(kind, []).append(question)
    for questions in found.values():
        yield from (questions[start : start + AT_ONCE] for start in range(0, len(questions), AT_ONCE))


def _events_only(question: Question) -> bool:
    """Whether sums of packed minutes tell all; corrections are of single ones."""
    return not question.terms.method.slice_minutes and not question.scope.corrections


def _lengths(kept: Kept) -> tuple[int, ...]:
    watching = kept.objective.watching
    return _watched_lengths(watching.lengths if watching.conditions else ())


@cache
def _watched_lengths(written: tuple[int, ...]) -> tuple[int, ...]:
    """The windows that warnings go by, beside the burn windows."""
    return tuple(sorted({*LOOKED_AT, *written} - set(LENGTHS)))


def _asked(
    period: Period, missing: Missing, others: tuple[int, ...], at: datetime, sealed_until: int
) -> Asked:
    minute = minute_of(at)
    overdue = minute if missing is Missing.IGNORED else minute - MISSING_AFTER
    edges = (minute, period.start_minute, *(minute - length for length in (*LENGTHS, *others)))
    return Asked(period, minute, edges, min(sealed_until, overdue), sealed_until, others)
