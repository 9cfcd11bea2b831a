"""Subscriptions: roll-ups that a channel or a person asked for."""

from dataclasses import dataclass
from datetime import datetime

from domain.team import DigestSchedule

EVERY_MORNING = DigestSchedule()


@dataclass(frozen=True, slots=True)
class Subscription:
    """A daily roll-up for `channel`, a channel's or a person's Slack ID.

    `names` are what it is about, as `team:payments` or `service:checkout`; none of them is everything.
    """

    channel: str
    by: str
    created_at: datetime
    names: tuple[str, ...] = ()
    timezone: str = "UTC"
    digest: DigestSchedule = EVERY_MORNING
