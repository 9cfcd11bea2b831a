"""Telling: whether a warning is to be said, edited or held back, and who is to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.breach_warning import BreachWarning, rungs_of
from domain.burn import Severity
from domain.quiet import quiet_until
from domain.team import Rung, Team
from domain.warned import Happening, Turn, news_between

REDRAWN_AFTER = timedelta(minutes=5)
"""While it is open its figures are made anew so often."""

PAGED_WITHIN = timedelta(hours=12)
"""An urgent warning that did not reach Slack for so long is no longer posted."""


@dataclass(frozen=True, slots=True)
class Telling:
    """`warning` as it is once it was told: opened, where `opens`, else edited, with a line for each happening."""

    warning: BreachWarning
    opens: bool = False
    edits: bool = False
    happenings: tuple[Happening, ...] = ()


def telling(
    before: BreachWarning | None,
    after: BreachWarning,
    team: Team | None,
    *,
    arbiter: Team | None,
    at: datetime,
) -> Telling:
    """What is to be told of a warning at `at`; `team` is whose channel it stands in, `arbiter` the SLM team.

    One that can wait is held back in the team's quiet hours, and not told at all if it is over by then.
    """
    if not after.channel:
        return Telling(after)
    if after.said_at is None:
        if not after.is_open or (not after.is_urgent and _rests(team, at)):
            return Telling(after)
        return Telling(replace(after, said_at=at, drawn_at=at), opens=True)
    due = after.rungs_due(team, at=at)
    asked = rungs_of(team)[after.reminded : due] if due > after.reminded else ()
    happened = [*(news_between(before, after, at=at) if before else ()), *_asking(asked, team, arbiter, at)]
    told = replace(after, reminded=max(due, after.reminded))
    if not happened and told == before and not _is_old(after, at):
        return Telling(told)
    return Telling(replace(told, drawn_at=at), edits=True, happenings=tuple(happened))


def not_after(warning: BreachWarning, *, at: datetime) -> datetime | None:
    """Until when it makes sense to post it."""
    return at + PAGED_WITHIN if warning.severity is Severity.PAGE else None


def held_until(warning: BreachWarning | None, team: Team | None, *, at: datetime) -> datetime | None:
    """Until when a line in the channel has to wait: what is urgent never does."""
    return None if team is None or (warning and warning.is_urgent) else quiet_until(team, at=at)


def _rests(team: Team | None, at: datetime) -> bool:
    return team is not None and quiet_until(team, at=at) is not None


def _is_old(warning: BreachWarning, at: datetime) -> bool:
    return warning.is_open and (warning.drawn_at is None or at - warning.drawn_at >= REDRAWN_AFTER)


def _asking(rungs: Iterable[Rung], team: Team | None, arbiter: Team | None, at: datetime) -> list[Happening]:
    """A happening for each rung that names somebody in Slack; the others are passed over."""
    return [Happening(Turn.ASKED, at, rung=rung) for rung in rungs if _can_be_asked(rung, team, arbiter)]


def _can_be_asked(rung: Rung, team: Team | None, arbiter: Team | None) -> bool:
    if rung.to == "manager":
        return bool(team and team.manager)
    if rung.to == "slm":
        return bool(arbiter and (arbiter.usergroup or arbiter.members))
    return rung.to[:1] in ("U", "W", "S")
