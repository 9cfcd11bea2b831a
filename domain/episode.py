"""An episode: one objective's part of a warning, from when it was seen until it is over; pure steps of its life."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.burn import Severity
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
        """The same, over."""
        return replace(self, resolved_at=at)


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
    condition = sight.holding
    if condition is None or not sight.failing:
        return None
    begun = Episode(objective, WarningKind.BURN, condition.severity, sight.at)
    return begun if condition.after else _opened(begun, sight)


def _opened(episode: Episode, sight: Sight) -> Episode:
    """Of what is breached already the breach is no news."""
    return replace(
        episode, opened_at=sight.at, breached_at=sight.at if sight.breached else episode.breached_at
    )


def _pending(last: Episode, sight: Sight) -> Episode | None:
    condition = sight.holding
    if condition is None:
        return None
    if sight.at - last.began_at < timedelta(minutes=condition.after):
        return last
    return _opened(replace(last, severity=condition.severity), sight)


def _reopened(last: Episode, sight: Sight) -> Episode:
    if sight.holding is None or not sight.failing:
        return last
    return replace(last, severity=sight.holding.severity, resolved_at=None, reopened=last.reopened + 1)


def _gone_on(last: Episode, sight: Sight) -> Episode:
    now = last
    if sight.holding and sight.holding.severity is Severity.PAGE and last.severity is Severity.TICKET:
        now = replace(now, severity=Severity.PAGE)
    if sight.breached:
        now = now.breached(sight.at)
    if sight.quiet and (now.severity is Severity.PAGE or sight.holding is None):
        return now.resolved(sight.at)
    return now
