"""Acknowledgements: a team was asked whether an objective is theirs, and a person answered for it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.acknowledging import Acknowledging
from domain.calendars import Calendar
from domain.objective import Objective, Terms


class Stage(StrEnum):
    """How far it is. `superseded`: other terms, or another owner, are asked about instead, or nobody is."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Because(StrEnum):
    """Why the team is asked."""

    NEW = "new"
    TERMS = "terms"
    EXPIRY = "expiry"
    ASSIGNED = "assigned"
    HANDOVER = "handover"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why a team declines."""

    NOT_OURS = "not-ours"
    UNREALISTIC = "target-unrealistic"
    UNCLEAR = "terms-unclear"

    @property
    def said(self) -> str:
        """In words: "target unrealistic"."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That `team` was asked to acknowledge `objective` for `version` of its terms, and what came of it.

    `id` is 0 until it is saved. `batch` is the `id` of the first of those that one message asks for. `hours` are
    the service hours then, in words. `reminded` counts the steps of `domain.acknowledgement_steps` that were taken.
    """

    objective: str
    team: str
    version: int
    hours: str
    because: Because
    asked_at: datetime
    due_at: datetime
    missing_from: datetime
    stage: Stage = Stage.OPEN
    reminded: int = 0
    answered_by: str | None = None
    answered_at: datetime | None = None
    ground: Ground | None = None
    words: str = ""
    expires_at: datetime | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None
    id: int = 0
    batch: int = 0

    @property
    def key(self) -> str:
        """The key of the notice that asks."""
        return f"acknowledge:{self.batch}"

    def is_missing(self, *, at: datetime) -> bool:
        """Whether an answer is lacking: asked and unanswered, or declined."""
        return self.stage in (Stage.OPEN, Stage.DECLINED) and self.missing_from <= at

    def holds(self, objective: Objective, hours: str, *, at: datetime) -> bool:
        """Whether it is a yes to what `objective` newly promises, at `at`."""
        if self.stage is not Stage.ACKNOWLEDGED or self.expires_at is None or self.expires_at <= at:
            return False
        return self.covers(objective, hours)

    def covers(self, objective: Objective, hours: str) -> bool:
        """Whether it is about the same team and promise as the newest terms of `objective`."""
        newest = objective.versions[-1]
        asked = next((each for each in objective.versions if each.version == self.version), None)
        return (
            asked is not None
            and self.team == newest.owner
            and self.hours == hours
            and promise_of(asked) == promise_of(newest)
        )

    def acknowledge(self, *, by: str, at: datetime, acknowledging: Acknowledging, calendar: Calendar) -> Self:
        """The team's yes, good until it expires or the terms change."""
        expires_at = acknowledging.expires.after(at, calendar)
        return replace(self, stage=Stage.ACKNOWLEDGED, answered_by=by, answered_at=at, expires_at=expires_at)

    def decline(self, ground: Ground, *, by: str, at: datetime, words: str = "") -> Self:
        """The team's no: the service level managers decide."""
        return replace(self, stage=Stage.DECLINED, answered_by=by, answered_at=at, ground=ground, words=words)

    def withdraw(self, *, by: str, at: datetime) -> Self:
        """What was acknowledged is not any more."""
        return replace(self, stage=Stage.WITHDRAWN, ended_by=by, ended_at=at)

    def supersede(self, *, at: datetime, by: str | None = None) -> Self:
        """Nobody needs an answer to this any more."""
        return replace(self, stage=Stage.SUPERSEDED, ended_at=at, ended_by=by)


def promise_of(terms: Terms) -> tuple[object, ...]:
    """What an acknowledgement is about: with another of these the team is asked again.

    Not the unit, nor how much must be measured, nor how the indicator is described.
    """
    indicator = replace(terms.indicator, description="")
    return (terms.target, terms.window, terms.method, terms.limit, indicator, terms.owner, terms.agreement)
