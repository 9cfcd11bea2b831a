"""Pacing: how fast Slack may be called, and when it is left alone for a while."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.delivery import Barred, NotSent, Outcome, RateLimited
from domain.fate import wait_before_retry
from domain.notice import SET_BACK

WORKSPACE = "*"
"""Stands for all channels where the whole workspace rests; no channel has that name."""

NEWEST = 10
"""Of so many outcomes, half that ask to wait mean the workspace's own limit, and not a channel's."""

IN_A_ROW = 3
"""So many messages that could not be sent mean that no other one can."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Calls of which Slack takes so many a minute in a workspace; `burst` of them may come at once.

    The one instant that is kept is when the lane would be empty again (the generic cell rate algorithm, ITU-T I.371).
    """

    name: str
    a_minute: int
    burst: int

    @property
    def interval(self) -> timedelta:
        """Between two calls."""
        return timedelta(minutes=1) / self.a_minute

    def free(self, empty_at: datetime, *, at: datetime) -> int:
        """How many calls may begin now."""
        room = self.interval * self.burst - (_waiting(empty_at, at) - at)
        return max(math.floor(room / self.interval), 0)

    def after(self, calls: int, empty_at: datetime, *, at: datetime) -> datetime:
        """When it is empty, with so many calls more."""
        return _waiting(empty_at, at) + self.interval * calls


EDITS = Lane("*edits", a_minute=50, burst=10)
"""chat.update is of Slack's tier 3."""

LOOKS = Lane("*looks", a_minute=50, burst=25)
"""So are conversations.history and conversations.replies."""


@dataclass(frozen=True, slots=True)
class Weather:
    """What the newest outcomes, seen one after the other, say of Slack as a whole."""

    limited: tuple[bool, ...] = ()
    unsent: int = 0

    def after(self, outcome: Outcome) -> "Weather":
        """With one outcome more."""
        limited = (*self.limited, isinstance(outcome, RateLimited))[-NEWEST:]
        return Weather(limited, self.unsent + 1 if isinstance(outcome, NotSent) else 0)

    def rest(self, outcome: Outcome, *, attempts: int) -> timedelta | None:
        """How long the whole workspace is left alone after `outcome`, which it has seen; None for not at all."""
        match outcome:
            case Barred():
                return wait_before_retry(outcome, attempts=attempts)
            case RateLimited() if sum(self.limited) * 2 >= NEWEST:
                return wait_before_retry(outcome, attempts=attempts)
            case NotSent() if self.unsent >= IN_A_ROW:
                return wait_before_retry(outcome, attempts=attempts)
        return None


def _waiting(empty_at: datetime, at: datetime) -> datetime:
    """Not before `at`; a wait that seems to last very long was noted before the clock was set back."""
    return at if empty_at > at + SET_BACK else max(empty_at, at)
