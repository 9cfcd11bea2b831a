"""Fate: what becomes of a notice after a try to post it, or to find it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.delivery import (
    Ambiguous,
    Barred,
    NotSent,
    Outcome,
    Posted,
    RateLimited,
    Refused,
    Sighting,
    Sightings,
    Sought,
    Unreadable,
)
from domain.notice import Notice, NoticeState

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RATE_LIMIT = timedelta(minutes=30)
BARRED_WAIT = timedelta(minutes=1)

LOOK_AFTER = timedelta(seconds=60)
"""How long a message that may have been posted is given to show itself; an edit is repeated as late."""

LOOKS = 2
"""What was not found so often is posted again."""

MOST_LOOKS = 8 * LOOKS
"""What was never found so often is given up: it may be the message itself that Slack stumbles over."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Of a message that somebody deleted, or that is too old, no edit is missed."""

MOST_EDITS = 12
"""An edit that stayed unanswered so often is left: the message stays as it was."""


@dataclass(frozen=True, slots=True)
class Fate:
    """The new state; `lost` is the error to tell those who can act. Where it stands is told by `standing`."""

    state: NoticeState
    reason: str | None = None
    not_before: datetime | None = None
    looks: int = 0
    lost: str | None = None
    standing: Posted | None = None
    version: int = 0
    """The version that stands there, with `standing`."""
    rests_channel: bool = False
    """Whether nothing else is said in its channel before; what only fails by itself holds up nobody."""

    @property
    def is_over(self) -> bool:
        """Whether it will never stand there, nor anything below it."""
        given_up = self.state is NoticeState.AMBIGUOUS and self.not_before is None
        return given_up or self.state in (NoticeState.FAILED, NoticeState.STALE)


def wait_before_retry(outcome: RateLimited | NotSent | Barred, *, attempts: int) -> timedelta:
    """What Slack asked for; where it was not reached 5 s, 10 s, 20 s … 5 min, by the attempts made so far."""
    if isinstance(outcome, RateLimited):
        return min(timedelta(seconds=max(outcome.retry_after, 1)), LONGEST_RATE_LIMIT)
    if isinstance(outcome, Barred):
        return BARRED_WAIT
    if outcome.given_back:
        return timedelta(0)
    doublings = min(max(attempts, 1) - 1, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def after_post(notice: Notice, outcome: Outcome, *, at: datetime) -> Fate:
    """After `outcome` of posting the version that was claimed, or of editing to it."""
    match outcome:
        case Posted():
            return Fate(NoticeState.SENT, standing=outcome, version=notice.version)
        case RateLimited() | NotSent() | Barred():
            wait = wait_before_retry(outcome, attempts=notice.attempts)
            asked = isinstance(outcome, RateLimited)
            return Fate(
                NoticeState.PENDING, outcome.reason, at + wait, looks=notice.looks, rests_channel=asked
            )
        case Refused() if notice.stands:
            lost = None if outcome.error in GONE else outcome.error
            return Fate(NoticeState.SENT, outcome.reason, lost=lost)
        case Refused():
            return Fate(NoticeState.FAILED, outcome.reason, lost=outcome.error)
        case Ambiguous(reason) if notice.stands:
            return _edit_again(notice, reason, at)
        case Ambiguous(reason):
            return Fate(NoticeState.AMBIGUOUS, reason, at + LOOK_AFTER, looks=notice.looks)


def after_search(notice: Notice, sought: Sought, *, at: datetime) -> Fate:
    """After it was looked for."""
    match sought:
        case Sightings(channel, found) if notice.key in found:
            return _found(found[notice.key], channel)
        case Sightings(whole=False):
            return after_search(notice, Unreadable("too much was said since"), at=at)
        case Sightings():
            return _not_found(notice, at)
        case Unreadable(error):
            reason = f"{notice.reason or 'no answer of Slack'}; its channel cannot be read ({error})"
            return Fate(NoticeState.AMBIGUOUS, reason, lost="ambiguous")
        case RateLimited() | NotSent():
            wait = wait_before_retry(sought, attempts=notice.attempts)
            return Fate(NoticeState.AMBIGUOUS, notice.reason, at + wait, looks=notice.looks)


def _edit_again(notice: Notice, reason: str, at: datetime) -> Fate:
    """An edit can be repeated: the same twice is the same once."""
    if notice.looks + 1 >= MOST_EDITS:
        return Fate(NoticeState.SENT, reason)
    return Fate(NoticeState.PENDING, reason, at + LOOK_AFTER, looks=notice.looks + 1)


def _found(sighting: Sighting, channel: str) -> Fate:
    return Fate(NoticeState.SENT, standing=Posted(sighting.ts, channel), version=sighting.version)


def _not_found(notice: Notice, at: datetime) -> Fate:
    looks = notice.looks + 1
    if looks % LOOKS:
        return Fate(NoticeState.AMBIGUOUS, notice.reason, at + LOOK_AFTER, looks=looks)
    if notice.not_after and notice.not_after <= at:
        return Fate(NoticeState.STALE, notice.reason)
    if looks >= MOST_LOOKS:
        return Fate(NoticeState.FAILED, f"never_shown: {notice.reason}", lost="never_shown")
    return Fate(NoticeState.PENDING, "posted again: it was not found", looks=looks)
