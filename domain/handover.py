"""Handing an objective over: one team gives it, another takes it, and a person of each agrees."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.objective import Objective


class HandoverStage(StrEnum):
    """How far it is. `overtaken`: the terms or the owner changed meanwhile."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class Hindrance(StrEnum):
    """Why somebody cannot agree: of neither team; agreed for the other team; their team has agreed."""

    NOT_THEIRS = "not-theirs"
    FOR_BOTH = "for-both"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Handover:
    """A proposal to make `taker` the owner of `objective` instead of `giver`, for `version` of its terms."""

    objective: str
    version: int
    giver: str
    taker: str
    proposed_by: str
    proposed_at: datetime
    giver_by: str | None = None
    giver_at: datetime | None = None
    taker_by: str | None = None
    taker_at: datetime | None = None
    stage: HandoverStage = HandoverStage.OPEN
    ended_by: str | None = None
    ended_at: datetime | None = None
    words: str = ""
    id: int = 0

    def key(self, team: str) -> str:
        """The key of the notice in the channel of one of the two teams."""
        return f"handover:{self.id}:{team}"

    @property
    def missing(self) -> tuple[str, ...]:
        """The teams of which nobody agreed yet."""
        both = ((self.giver, self.giver_by), (self.taker, self.taker_by))
        return tuple(team for team, by in both if by is None)

    @property
    def teams(self) -> tuple[str, str]:
        """Both teams."""
        return self.giver, self.taker

    def is_overtaken(self, objective: Objective | None) -> bool:
        """Whether the terms that it was proposed for are not the newest of `objective`; None is one that is gone."""
        if objective is None or objective.retired_at is not None:
            return True
        newest = objective.versions[-1]
        return (newest.version, newest.owner) != (self.version, self.giver)

    def side(self, person: str, theirs: Collection[str]) -> str | Hindrance:
        """For which of the two teams somebody can agree who speaks for `theirs`; nobody agrees for both."""
        may = [team for team in self.teams if team in theirs]
        if not may:
            return Hindrance.NOT_THEIRS
        wanted = [team for team in may if team in self.missing]
        if not wanted:
            return Hindrance.AGREED
        return Hindrance.FOR_BOTH if person in (self.giver_by, self.taker_by) else wanted[0]

    def agree(self, team: str, *, by: str, at: datetime) -> Self:
        """A person of one of the two teams agrees; once both did it is done."""
        agreed = (
            replace(self, giver_by=by, giver_at=at)
            if team == self.giver
            else replace(self, taker_by=by, taker_at=at)
        )
        if agreed.missing:
            return agreed
        return replace(agreed, stage=HandoverStage.DONE, ended_by=by, ended_at=at)

    def refuse(self, *, by: str, at: datetime) -> Self:
        """It stays where it is."""
        return replace(self, stage=HandoverStage.REFUSED, ended_by=by, ended_at=at)

    def overtake(self, *, at: datetime) -> Self:
        """What it was about is not so any more."""
        return replace(self, stage=HandoverStage.OVERTAKEN, ended_at=at)
