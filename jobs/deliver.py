"""Delivery: what is in the outbox is claimed, posted and recorded."""

import html
import logging
import os
import platform
import secrets
from datetime import datetime, timedelta

from domain.delivery import (
    Ambiguous,
    NotSent,
    Outcome,
    Outgoing,
    Posted,
    RateLimited,
    Refused,
    wait_before_retry,
)
from domain.notice import Claim, Notice
from jobs.items import each
from jobs.job import Context, Job, Poster
from messages.undelivered import Undelivered, undelivered
from storage.outbox import Outbox
from storage.store import Transaction

AT_ONCE = 50
"""Notices claimed together: as many as the poster sends at the same time."""

PATIENCE = timedelta(seconds=60)
"""How long a draining delivery waits for the next notice."""

LONGEST_DRAIN = timedelta(minutes=10)
"""How long a draining delivery goes on in all: a Slack that only ever asks to wait must not keep it for ever."""

LEASE_OVER = "the worker stopped while sending"

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Send all that is due; with `drain` also what becomes due within a minute."""
    if context.poster is None:
        return
    by = f"{platform.node()[:40]}/{os.getpid()}/{secrets.token_hex(6)}"
    until = context.clock.now() + LONGEST_DRAIN
    while _work_is_due(context, until):
        done = _give_up_expired(context) + _send_some(context, context.poster, by)
        if not done:  # another worker is at it
            return


def _work_is_due(context: Context, until: datetime) -> bool:
    """Whether there is something to do; waits for it where that is wanted, not long, and not after `until`."""
    while True:
        at = context.clock.now()
        with context.store.read(context.workspace) as tx:
            due = tx.outbox.next_due(at=at)
        if due is None or due <= at:
            return due is not None
        if not context.drain or due - at > PATIENCE or due > until:
            return False
        context.clock.sleep((due - at).total_seconds())


def _give_up_expired(context: Context) -> int:
    """A worker may have died after its message went out: posting again could double it, so it is only told."""
    with context.store.read(context.workspace) as tx:
        expired = tx.outbox.expired(at=context.clock.now())
    each(expired, lambda claim: _record(context, claim, Ambiguous(LEASE_OVER)), doing=_recording)
    return len(expired)


def _send_some(context: Context, poster: Poster, by: str) -> int:
    """Claim, post, record; what cannot be recorded is found again when its lease ends."""
    with context.store.transaction(context.workspace) as tx:
        claims = tx.outbox.claim(by=by, at=context.clock.now(), most=AT_ONCE)
    by_id = {claim.id: claim for claim in claims}
    posted = poster.post([_outgoing(claim) for claim in claims])
    outcomes = ((by_id[message.id], outcome) for message, outcome in posted)
    each(outcomes, lambda one: _record(context, *one), doing=lambda one: _recording(one[0]))
    return len(claims)


def _outgoing(claim: Claim) -> Outgoing:
    notice = claim.notice
    return Outgoing(
        claim.id,
        notice.key,
        notice.channel,
        notice.content.text,
        notice.content.blocks,
        internal=notice.internal,
        thread_ts=claim.thread_ts,
    )


def _recording(claim: Claim) -> str:
    return f"recording what became of notice {claim.notice.key}"


def _record(context: Context, claim: Claim, outcome: Outcome) -> None:
    """Save what became of it; what was lost for good is told in the same transaction."""
    at = context.clock.now()
    with context.store.transaction(context.workspace) as tx:
        held = _save(tx.outbox, claim, outcome, at)
        if held and isinstance(outcome, Refused | Ambiguous):
            _tell(tx, claim.notice, outcome, at)
    if not held:
        log.warning("notice %s was no longer ours: %s", claim.notice.key, outcome)


def _save(outbox: Outbox, claim: Claim, outcome: Outcome, at: datetime) -> bool:
    """Whether the claim was still held; if not, nothing is changed."""
    match outcome:
        case Posted(ts, channel):
            return outbox.sent(claim, ts, channel, at=at)
        case RateLimited() | NotSent():
            wait = wait_before_retry(outcome, attempts=claim.notice.attempts)
            return outbox.retry_at(claim, at + wait, outcome.reason)
        case Refused():
            return outbox.failed(claim, outcome.reason, at=at)
        case Ambiguous(reason):
            return outbox.ambiguous(claim, reason, at=at)


def _tell(tx: Transaction, lost: Notice, outcome: Refused | Ambiguous, at: datetime) -> None:
    """Tell the service level managers; that such a notice was lost itself is only logged."""
    log.warning("notice %s was not delivered to %s: %s", lost.key, lost.channel, outcome.reason)
    if lost.tells_of_a_loss:
        return
    error = outcome.error if isinstance(outcome, Refused) else "ambiguous"
    subject = f"“{html.unescape(lost.content.text)}”"
    content = undelivered(Undelivered(subject, lost.team, lost.channel, error)).content
    for team in tx.teams.all():
        if team.arbitrates and team.channel:
            tx.outbox.add(Notice.undelivered(lost, team=team, content=content, at=at))


JOB = Job("deliver", run)
