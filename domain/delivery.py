"""Delivery: what may become of a notice that is being sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RATE_LIMIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way to Slack; `key` goes with it, so that it can be found again.

    An `internal` one must never reach a channel that is shared with outsiders. With a `thread_ts` it is a reply.
    """

    id: int
    key: str
    channel: str
    text: str
    blocks: list[dict[str, Any]]
    internal: bool = True
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """It stands in `channel` (its ID), as `ts`."""

    ts: str
    channel: str


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Slack wants no message before so many seconds have passed; this one was not posted."""

    retry_after: int

    @property
    def reason(self) -> str:
        """In words."""
        return f"Slack asked to wait {self.retry_after} s"


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take it: `error` is its word for why."""

    error: str
    detail: str = ""

    @property
    def reason(self) -> str:
        """The error, with what Slack said about it."""
        return f"{self.error}: {self.detail}" if self.detail else self.error


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may stand there or not."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing went out: trying again cannot double it."""

    reason: str


Outcome = Posted | RateLimited | Refused | Ambiguous | NotSent


def wait_before_retry(outcome: RateLimited | NotSent, *, attempts: int) -> timedelta:
    """What Slack asked for; where it was not reached 5 s, 10 s, 20 s … 5 min, by the attempts made so far."""
    if isinstance(outcome, RateLimited):
        return min(timedelta(seconds=max(outcome.retry_after, 1)), LONGEST_RATE_LIMIT)
    doublings = min(max(attempts, 1) - 1, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
