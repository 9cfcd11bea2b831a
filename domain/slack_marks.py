"""What only the store knows of a definition: what was changed or withdrawn in Slack, and when it was announced."""

from dataclasses import replace
from datetime import datetime

from domain.exclusion import Exclusion
from domain.objective import Objective
from domain.slack_change import SlackChange
from domain.team import Team


def marked(wanted: Team, stored: Team | None, *, overwrite: bool) -> Team:
    """The team as files want it, with the marks of what was changed in Slack, but those that the files agree with.

    A digest that was stopped in Slack stays stopped: files cannot say it. With `overwrite` files win in all.
    """
    if stored is None or overwrite:
        return wanted
    stopped = replace(wanted, digest=replace(wanted.digest, off=stored.digest.off))
    held = "digest" if stored.digest.off else ""
    marks = {*undone(stored, stopped), *(mark for mark in stored.slack_changes if mark.field == held)}
    return replace(stopped, slack_changes=tuple(mark for mark in stored.slack_changes if mark in marks))


def undone(before: Team | Objective, after: Team | Objective) -> tuple[SlackChange, ...]:
    """What was changed in Slack and is another way afterwards; of an objective, in its newest terms."""
    return tuple(
        mark for mark in before.slack_changes if _said(before, mark.field) != _said(after, mark.field)
    )


def _said(item: Team | Objective, field: str) -> object:
    said: object = getattr(item.versions[-1] if isinstance(item, Objective) else item, field)
    return said


def announced(wanted: Exclusion, stored: Exclusion | None, *, at: datetime, overwrite: bool) -> Exclusion:
    """The exclusion as files want it, announced as it was; at `at` where it is new, or of other minutes than before.

    One that was withdrawn in Slack stays withdrawn; with `overwrite` it is announced again.
    """
    if stored is None:
        return replace(wanted, announced_at=at)
    withdrawn_at = None if overwrite else stored.withdrawn_at
    same = withdrawn_at == stored.withdrawn_at and covers_the_same(stored, wanted)
    return replace(wanted, announced_at=stored.announced_at if same else at, withdrawn_at=withdrawn_at)


def covers_the_same(one: Exclusion, other: Exclusion) -> bool:
    """Whether both are of the same minutes and objectives."""
    return (one.starts, one.length, one.objectives, one.services) == (
        other.starts,
        other.length,
        other.objectives,
        other.services,
    )
