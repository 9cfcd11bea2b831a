"""User groups of Slack: who is in them as far as Steward knows, and when it looks again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

KEPT = timedelta(minutes=10)
KEPT_AFTER_TROUBLE = timedelta(minutes=1)

A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 15
"""Slack takes 20 such calls a minute."""


@dataclass(frozen=True, slots=True)
class Usergroup:
    """Slack was last asked at `at`; `trouble` is its word for why it did not say: `members` are those of before."""

    id: str
    members: tuple[str, ...]
    at: datetime
    trouble: str | None = None

    def is_due(self, at: datetime) -> bool:
        """Whether it is time to ask again; also where the clock was set back."""
        return abs(at - self.at) >= (KEPT_AFTER_TROUBLE if self.trouble else KEPT)


@dataclass(frozen=True, slots=True)
class Members:
    """Slack said who is in a user group."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotSaid:
    """Slack did not say who is in a user group; `error` is its word for why."""

    error: str


Looked = Members | NotSaid


def due_groups(wanted: Iterable[str], known: Mapping[str, Usergroup], *, at: datetime) -> list[str]:
    """The groups to ask about now: new ones first, then the oldest, never more a minute than Slack takes."""
    lately = sum(abs(at - one.at) < A_MINUTE for one in known.values())
    new = sorted(name for name in set(wanted) if name not in known)
    old = [known[name] for name in set(wanted) if name in known and known[name].is_due(at)]
    due = [*new, *(one.id for one in sorted(old, key=lambda one: (one.at, one.id)))]
    return due[: max(MOST_A_MINUTE - lately, 0)]


def after_look(group: str, known: Usergroup | None, looked: Looked, *, at: datetime) -> Usergroup:
    """What is known of the group now: where Slack did not say, who was in it before."""
    if isinstance(looked, Members):
        return Usergroup(group, looked.people, at)
    before = known or Usergroup(group, (), at)
    return replace(before, at=at, trouble=looked.error)
