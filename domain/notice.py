"""Notices: what Steward said or will say (the outbox)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from domain.team import Team

LEASE = timedelta(seconds=60)
"""How long a claimed notice belongs to its worker: longer than any post can take."""

PACE = timedelta(seconds=1)
"""Slack takes one message a second a channel."""

SET_BACK = timedelta(hours=1)
"""A wait that seems longer than this was noted before the clock was set back: it is over."""

UNDELIVERED = "undelivered:"


class NoticeState(StrEnum):
    """Where a notice is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: `text` is all that a lock screen shows; `blocks` are Block Kit."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for a channel, saved together with the decision that it tells of.

    `key` is unique in a workspace, so that the same thing is never said twice. `team` is whom it is for.
    """

    key: str
    channel: str
    content: Content
    created_at: datetime
    team: str | None = None
    state: NoticeState = NoticeState.PENDING
    not_before: datetime | None = None
    attempts: int = 0
    reason: str | None = None
    ts: str | None = None
    """Slack's id of the posted message, with the channel's ID in `posted_in`."""
    posted_in: str | None = None
    thread: str | None = None
    """The key of the notice that it is a reply to, which is posted first, in the same channel."""
    internal: bool = True
    """Whether it must never reach a channel that is shared with outsiders."""
    version: int = 1
    """Which state of it `content` is; `posted_version` is the one that stands in Slack, 0 for none."""
    posted_version: int = 0
    not_after: datetime | None = None
    """From when on it is too late to say it."""
    first_try_at: datetime | None = None
    looks: int = 0
    """How often it was looked for in vain, since nobody knew whether it was posted; or edited without an answer."""

    @classmethod
    def undelivered(cls, on: date, *, team: Team, content: Content, at: datetime) -> Self:
        """What tells `team`, in its channel, all that did not arrive on its date `on`."""
        key, over = f"{UNDELIVERED}{team.name}:{on}", at + timedelta(days=1)
        return cls(key, team.channel or "", content, at, team.name, not_after=over)

    @property
    def stands(self) -> bool:
        """Whether some state of it stands in Slack: what is sent now is an edit."""
        return self.ts is not None

    @property
    def is_sought(self) -> bool:
        """Whether it will still be looked for; an ambiguous one that is not stays as it is."""
        return self.state is NoticeState.AMBIGUOUS and self.not_before is not None

    @property
    def tells_of_a_loss(self) -> bool:
        """Whether this is itself about an undelivered notice: its own loss makes no further one."""
        return self.key.startswith(UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that a worker is sending: `id` and `by` are what its outcome is recorded under."""

    id: int
    by: str
    notice: Notice
    thread_ts: str | None = None
    """Slack's id of the message that it is a reply to."""
