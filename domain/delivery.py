"""Delivery: what may come of a try to say a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way to Slack; `key` and `version` go with it, so that it can be found again.

    An `internal` one must never reach a channel that is shared with outsiders. With a `thread_ts` it is a reply,
    with a `ts` the new state of the message that stands there.
    """

    id: int
    key: str
    channel: str
    text: str
    blocks: list[dict[str, Any]]
    internal: bool = True
    thread_ts: str | None = None
    ts: str | None = None
    version: int = 1


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
class Barred:
    """Slack takes nothing from Steward, whatever it is, until somebody has seen to it: `error` is its word for why."""

    error: str

    @property
    def reason(self) -> str:
        """In words."""
        return f"Slack lets Steward say nothing ({self.error})"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may stand there or not."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing went out: trying again cannot double it. `given_back` by who was told to stop, for the next one."""

    reason: str
    given_back: bool = False


Outcome = Posted | RateLimited | Refused | Barred | Ambiguous | NotSent


@dataclass(frozen=True, slots=True)
class Search:
    """Which notices are looked for in a channel, or in the thread at `thread_ts`, among what was said `since`."""

    channel: str
    keys: frozenset[str]
    since: datetime
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A notice that stands there: as `ts`, in which version."""

    ts: str
    version: int


@dataclass(frozen=True, slots=True)
class Sightings:
    """What was found in `channel` (its ID), by key; what is missing does not stand there, if all was `whole`ly read."""

    channel: str
    found: Mapping[str, Sighting]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Steward may not read there, so nobody can tell."""

    error: str


Sought = Sightings | Unreadable | RateLimited | NotSent
