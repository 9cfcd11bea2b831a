"""Responsibilities: which team has which role for an objective, and since when (RACI)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a team is to an objective; the one accountable team is the owner in its terms."""

    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A team's role; `since` None is from the beginning, `until` None is to this day. Kept for ever."""

    role: Role
    team: str
    since: datetime | None = None
    until: datetime | None = None

    def held(self, *, at: datetime) -> bool:
        """Whether the team had the role at `at`."""
        begun = self.since is None or self.since <= at
        return begun and (self.until is None or at < self.until)


def followed(
    before: Iterable[Responsibility], wanted: Iterable[Responsibility], *, at: datetime
) -> tuple[Responsibility, ...]:
    """What was, with the roles that are not wanted any more ended at `at`, and new ones begun then."""
    wished = {(each.role, each.team) for each in wanted}
    kept = [
        each if each.until is not None or (each.role, each.team) in wished else replace(each, until=at)
        for each in before
    ]
    lasting = {(each.role, each.team) for each in kept if each.until is None}
    new = [Responsibility(role, team, at) for role, team in sorted(wished - lasting)]
    return (*kept, *new)
