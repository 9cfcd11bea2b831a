"""An episode: one objective's part of a warning, from when it was seen until it is over; pure steps of its life."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.burn import BurnCondition, Severity
from domain.sight import Sight

REOPENED_WITHIN = timedelta(hours=2)
"""What begins again within so long is the same episode."""


class WarningKind(StrEnum):
    """What a warning is about: the budget burns, a breach is probable, or nothing is received."""

    BURN = "burn"
    FORECAST = "forecast"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Episode:
    """`began_at` is when its condition began to hold; it is `pending` until it is opened.

    A forecast has its `probability`, the end of its window, and since when it is below the withdrawing limit.
    """

    objective: str
    kind: WarningKind
    severity: Severity
    began_at: datetime
    opened_at: datetime | None = None
    resolved_at: datetime | None = None
    breached_at: datetime | None = None
    reopened: int = 0
    probability: float | None = None
    window_end: datetime | None = None
    below_since: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether nobody was told yet."""
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        """Whether it was opened and is not over."""
        return self.opened_at is not None and self.resolved_at is None

    @property
    def withdrawn(self) -> bool:
        """Whether it is a forecast that was taken back: its period went on without a breach."""
        return self.resolved_at is not None and self.below_since is not None and self.breached_at is None

    def is_past(self, at: datetime) -> bool:
        """Whether it is over for so long that what comes is another one."""
        return self.resolved_at is not None and at - self.resolved_at >= REOPENED_WITHIN

    def breached(self, at: datetime) -> "Episode":
        """The same, with the breach that it came to; only the first one counts."""
        return self if self.breached_at else replace(self, breached_at=at)

    def resolved(self, at: datetime) -> "Episode":
        """The same, over; not before it was opened, also where the clock was set back."""
        return replace(self, resolved_at=max(at, self.opened_at or at))


def follow_burn(objective: str, last: Episode | None, sight: Sight) -> Episode | None:
    """What the burn episode is after a look; None where there is none, or a pending one came to nothing.

    `last` is the newest of the objective, over or not. An urgent one is over as soon as it is quiet; one that can
    wait only when its condition, too, holds no more, so that rare failures do not open and close it.
    """
    if last is None or last.is_past(sight.at):
        return _begun(objective, sight) or last
    if last.pending:
        return _pending(last, sight)
    if last.resolved_at:
        return _reopened(last, sight)
    return _gone_on(last, sight)


def follow_silence(objective: str, last: Episode | None, sight: Sight) -> Episode | None:
    """What the silent episode is after a look: it opens at once, and is over with the first measurement."""
    if last is None or last.is_past(sight.at):
        if not sight.silent:
            return last
        return Episode(objective, WarningKind.SILENT, Severity.TICKET, sight.at, opened_at=sight.at)
    if last.resolved_at:
        return replace(last, resolved_at=None, reopened=last.reopened + 1) if sight.silent else last
    return last.resolved(sight.at) if sight.heard else last


def _begun(objective: str, sight: Sight) -> Episode | None:
    """Only while something fails: a long window still holds what was over before anybody looked."""
    if sight.holding is None or not sight.failing:
        return None
    at_once = next((one for one in sight.conditions if not one.after), None)
    begun = Episode(objective, WarningKind.BURN, (at_once or sight.holding).severity, sight.at)
    return _opened(begun, sight) if at_once else begun


def _opened(episode: Episode, sight: Sight) -> Episode:
    """Of what is breached already the breach is no news."""
    return replace(
        episode, opened_at=sight.at, breached_at=sight.at if sight.breached else episode.breached_at
    )


def _pending(last: Episode, sight: Sight) -> Episode | None:
    """It waits for its own severity's time: where another one begins to hold, that begins anew."""
    condition = sight.holding
    if condition is None or sight.quiet:
        return None
    due = next((one for one in sight.conditions if _has_lasted(one, last, sight)), None)
    if due and sight.failing:
        return _opened(replace(last, severity=due.severity), sight)
    return last if condition.severity is last.severity else _begun(last.objective, sight)


def _has_lasted(condition: BurnCondition, since: Episode, sight: Sight) -> bool:
    if not condition.after:
        return True
    lasted = sight.at - (since.opened_at or since.began_at)
    return condition.severity is since.severity and lasted >= timedelta(minutes=condition.after)


def _reopened(last: Episode, sight: Sight) -> Episode:
    if sight.holding is None or not sight.failing:
        return last
    return replace(last, severity=sight.holding.severity, resolved_at=None, reopened=last.reopened + 1)


def _gone_on(last: Episode, sight: Sight) -> Episode:
    now = last
    if last.severity is Severity.TICKET and _pages(last, sight):
        now = replace(now, severity=Severity.PAGE)
    if sight.breached:
        now = now.breached(sight.at)
    if sight.quiet and (now.severity is Severity.PAGE or sight.holding is None):
        return now.resolved(sight.at)
    return now


def _pages(last: Episode, sight: Sight) -> bool:
    """Whether an urgent condition holds, and the warning is open for as long as that one must last."""
    lasted = sight.at - (last.opened_at or last.began_at)
    urgent = (one for one in sight.conditions if one.severity is Severity.PAGE)
    return any(lasted >= timedelta(minutes=one.after) for one in urgent)
