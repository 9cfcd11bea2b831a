"""Who has which role for an objective, and how its owner is asked, as columns of the objective; and back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from domain.acknowledging import DEFAULT_ACKNOWLEDGING, Acknowledging
from domain.objective import Objective
from domain.responsibility import Responsibility, Role
from domain.slack_change import SlackChange
from storage.agreements import limit_from_text, limit_to_text


def asking_to_row(objective: Objective, reference: Callable[[str], str]) -> dict[str, Any]:
    """The columns; `reference` gives what rows name a person by. What is the default is left empty."""
    asking, usual = objective.acknowledging, DEFAULT_ACKNOWLEDGING
    return {
        "roles": [
            [each.role.value, each.team, _instant(each.since), _instant(each.until)]
            for each in objective.roles
        ],
        "acknowledge_within": None if asking.within == usual.within else limit_to_text(asking.within),
        "acknowledgement_expires": None if asking.expires == usual.expires else limit_to_text(asking.expires),
        "slack_changes": [
            [mark.field, reference(mark.by), mark.at.isoformat()] for mark in objective.slack_changes
        ],
    }


def roles_from_json(stored: list[Any]) -> tuple[Responsibility, ...]:
    """What `asking_to_row` wrote."""
    return tuple(
        Responsibility(Role(role), team, _read(since), _read(until)) for role, team, since, until in stored
    )


def acknowledging_from_row(row: Row[Any]) -> Acknowledging:
    """What `asking_to_row` wrote."""
    usual = DEFAULT_ACKNOWLEDGING
    return Acknowledging(
        limit_from_text(row.acknowledge_within) or usual.within,
        limit_from_text(row.acknowledgement_expires) or usual.expires,
    )


def slack_changes_from_json(stored: list[Any], named: Callable[[str], str]) -> tuple[SlackChange, ...]:
    """What `asking_to_row` wrote; `named` says who a reference is."""
    return tuple(SlackChange(field, named(by), datetime.fromisoformat(at)) for field, by, at in stored)


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
