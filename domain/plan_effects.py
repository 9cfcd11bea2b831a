"""What a change does beyond its fields: to figures of the past, to announcements, to what was changed in Slack."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.definition_words import Item
from domain.exclusion import Exclusion
from domain.objective import Objective
from domain.plan import Change, Effect
from domain.slack_marks import covers_the_same, undone
from domain.team import Team


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What effects depend on: the instant of the plan, and which calendars are service hours of an agreement."""

    at: datetime
    service_hours: Collection[str | None]


def with_effects(change: Change, before: Item | None, after: Item, around: Surroundings) -> Change:
    """The change from `before` to `after`, with its effects and what it undoes."""
    if isinstance(after, Team) and isinstance(before, Team):
        return replace(change, undoes=undone(before, after))
    if isinstance(after, Objective) and isinstance(before, Objective):
        return replace(change, undoes=undone(before, after))
    if isinstance(after, Exclusion):
        earlier = before if isinstance(before, Exclusion) else None
        return replace(change, effects=tuple(_of_exclusion(earlier, after, around.at)))
    if before is not None and _counts_otherwise(before, after, around):
        return replace(change, effects=(Effect.COUNTED_ANEW,))
    return change


def _of_exclusion(before: Exclusion | None, after: Exclusion, at: datetime) -> Iterator[Effect]:
    if before and before.announced_at != after.announced_at:
        yield Effect.ANNOUNCED_ANEW
    if before and after.withdrawn_at:
        yield Effect.STAYS_WITHDRAWN
    known = (before, after) if before else (after,)
    begun = any(start < at for each in known for start in each.starts[:1])
    if begun and not (before and covers_the_same(before, after)):
        yield Effect.COUNTED_ANEW


def _counts_otherwise(before: Item, after: Item, around: Surroundings) -> bool:
    """Whether other minutes count than before, in the past too."""
    if isinstance(before, Agreement) and isinstance(after, Agreement):
        rules = [(each.service_hours, each.maintenance_notice) for each in (before, after)]
        return rules[0] != rules[1]
    return isinstance(after, Calendar) and after.name in around.service_hours
