"""Which teams are to be asked to acknowledge what: from the definitions, and from what was asked before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.acknowledgement_steps import answer_due
from domain.calendars import Calendar
from domain.definition_words import week_words
from domain.in_effect import in_effect
from domain.objective import Objective
from domain.planned import Promises
from domain.team import Team

ASKED_AHEAD = timedelta(days=14)
"""So long before an acknowledgement expires its team is asked again."""


@dataclass(frozen=True, slots=True)
class Known:
    """All objectives (retired ones too), the promises they stand in, and what was asked about each last."""

    objectives: Sequence[Objective]
    promises: Promises
    newest: Mapping[str, Acknowledgement]


@dataclass(frozen=True, slots=True)
class Decided:
    """Whom to ask what, and which requests nobody needs to answer any more; the latter as they were."""

    new: tuple[Acknowledgement, ...]
    superseded: tuple[Acknowledgement, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is asked that is to be asked."""
        return not self.new and not self.superseded


def to_ask(known: Known, *, at: datetime) -> Decided:
    """What is to be asked at `at`, by team and objective; deciding again after that gives nothing."""
    looked = [(one, _because(one, known, at)) for one in known.objectives]
    waiting = {name: one for name, one in known.newest.items() if one.stage in (Stage.OPEN, Stage.DECLINED)}
    asked = [_asked(one, because, known, at) for one, because in looked if because]
    gone = {one.name for one in known.objectives if owner_asked(one, known.promises, at=at) is None}
    superseded = [
        waiting[name] for name in sorted({*(one.objective for one in asked), *gone} & waiting.keys())
    ]
    return Decided(tuple(sorted(asked, key=lambda one: (one.team, one.objective))), tuple(superseded))


def owner_asked(objective: Objective, promises: Promises, *, at: datetime) -> Team | None:
    """The team that has to acknowledge it: its owner by the newest terms, a team of ours; None where nobody has to.

    Nobody is asked about what is retired, or promised by an agreement that is not in effect.
    """
    terms = objective.versions[-1]
    owner = promises.teams.get(terms.owner or "")
    agreement = promises.agreements.get(terms.agreement or "")
    if objective.retired_at is not None or owner is None or not owner.internal:
        return None
    return owner if in_effect(agreement, promises.teams, at=at) else None


def hours_words(objective: Objective, promises: Promises) -> str:
    """The service hours of its newest terms in words, "" round the clock: other ones are another promise."""
    agreement = promises.agreements.get(objective.versions[-1].agreement or "")
    calendar = promises.calendars.get((agreement and agreement.service_hours) or "")
    return _hours_of(calendar) if calendar else ""


@lru_cache(maxsize=256)
def _hours_of(calendar: Calendar) -> str:
    return f"{week_words(calendar.hours)} {calendar.timezone}"


def request_of(
    objective: Objective, team: Team, because: Because, promises: Promises, *, at: datetime
) -> Acknowledgement:
    """A new question to `team` about the newest terms, with its time to answer."""
    calendar = team.working_calendar(promises.calendars)
    return Acknowledgement(
        objective=objective.name,
        team=team.name,
        version=objective.versions[-1].version,
        hours=hours_words(objective, promises),
        because=because,
        asked_at=at,
        due_at=answer_due(objective.acknowledging.within, calendar, at=at),
        missing_from=at,
    )


def _because(objective: Objective, known: Known, at: datetime) -> Because | None:
    """Why its owner is to be asked now; None where it is not, or was."""
    owner = owner_asked(objective, known.promises, at=at)
    newest = known.newest.get(objective.name)
    if owner is None:
        return None
    if newest is None:
        return Because.NEW
    if newest.stage in (Stage.SUPERSEDED, Stage.WITHDRAWN) or not newest.covers(
        objective, hours_words(objective, known.promises)
    ):
        return _of_change(objective, newest)
    expiring = newest.stage is Stage.ACKNOWLEDGED and _expires(newest) <= at + ASKED_AHEAD
    return Because.EXPIRY if expiring else None


def _of_change(objective: Objective, newest: Acknowledgement) -> Because:
    from_slack = any(mark.field == "owner" for mark in objective.slack_changes)
    return Because.ASSIGNED if from_slack and newest.team != objective.versions[-1].owner else Because.TERMS


def _expires(one: Acknowledgement) -> datetime:
    return one.expires_at or one.asked_at


def _asked(objective: Objective, because: Because, known: Known, at: datetime) -> Acknowledgement:
    owner = owner_asked(objective, known.promises, at=at)
    if owner is None:
        raise AssertionError("only what has an owner is asked about")
    one = request_of(objective, owner, because, known.promises, at=at)
    newest = known.newest.get(objective.name)
    return (
        replace(one, missing_from=max(at, _expires(newest))) if because is Because.EXPIRY and newest else one
    )
