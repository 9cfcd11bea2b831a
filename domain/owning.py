"""Who owns an objective: giving it to another team, and who owned it when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from domain.objective import Objective, Terms
from domain.slack_change import SlackChange

OWNER = "owner"


def given_to(objective: Objective, team: str, *, by: str, at: datetime) -> Objective:
    """With new terms: the same, but that `team` owns them from `at` on; those that are still to come too."""
    current = objective.terms(at=at)
    lasting = [(current, at), *((terms, since) for terms, since in _to_come(objective.versions, at))]
    first = objective.versions[-1].version + 1
    new = [
        replace(terms, owner=team, version=first + place, since=since)
        for place, (terms, since) in enumerate(lasting)
    ]
    others = [mark for mark in objective.slack_changes if mark.field != OWNER]
    return replace(
        objective,
        versions=(*objective.versions, *new),
        slack_changes=(*others, SlackChange(OWNER, by, at)),
    )


def owners_within(objective: Objective, start: datetime, end: datetime) -> list[tuple[datetime, str | None]]:
    """Who owned it in the half-open span, each with since when: first who did at its start, then each change."""
    instants = {start, *(one.since for one in objective.versions if one.since and start < one.since < end)}
    owners = [(at, objective.terms(at=at).owner) for at in sorted(instants)]
    return [one for place, one in enumerate(owners) if not place or owners[place - 1][1] != one[1]]


def changes_hands_by_itself(objective: Objective, *, at: datetime) -> datetime | None:
    """When terms that are still to come give it to another team; None where none do."""
    owner = objective.terms(at=at).owner
    return next((since for terms, since in _to_come(objective.versions, at) if terms.owner != owner), None)


def _to_come(versions: Sequence[Terms], at: datetime) -> list[tuple[Terms, datetime]]:
    """Those that will be in force later, with since when, in that order."""
    return list(_latest_first(versions, at))[::-1]


def _latest_first(versions: Sequence[Terms], at: datetime) -> Iterator[tuple[Terms, datetime]]:
    """A newer version that begins earlier keeps an older one from ever being in force."""
    earliest: datetime | None = None
    for terms in reversed(versions):
        if terms.since is None or terms.since <= at:
            return
        if earliest is None or terms.since < earliest:
            earliest = terms.since
            yield terms, terms.since
