"""Delivery: what is in the outbox is claimed, posted and recorded."""

import html
import logging
import os
import platform
import secrets
from datetime import timedelta

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
from jobs.job import Context, Job, Poster
from messages.undelivered import Undelivered, undelivered
from storage.store import Transaction

AT_ONCE = 50
"""Notices claimed together: as many as the poster sends at the same time."""

PATIENCE = timedelta(seconds=60)
"""How long a draining delivery waits for the next notice."""

AMBIGUOUS = "ambiguous"
LEASE_OVER = "the worker stopped while sending"

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Send all that is due; with `drain` also what becomes due within a minute."""
    if context.poster is None:
        return
    by = f"{platform.node()[:40]}/{os.getpid()}/{secrets.token_hex(6)}"
    while _wait_for_work(context):
        worked = _give_up_expired(context) + _send_some(context, context.poster, by)
        if not worked:  # another worker has it
            return


JOB = Job("deliver", run)


def _wait_for_work(context: Context) -> bool:
    """Whether there is something to do; waits for it where that is wanted and not long."""
    at = context.clock.now()
    with context.store.read(context.workspace) as tx:
        due = tx.outbox.next_due(at=at)
    if due is None or due <= at:
        return due is not None
    if not context.drain or due - at > PATIENCE:
        return False
    context.clock.sleep((due - at).total_seconds())
    return True


def _give_up_expired(context: Context) -> int:
    """A worker may have died after its message went out: posting again could double it, so it is only told."""
    at = context.clock.now()
    with context.store.read(context.workspace) as tx:
        expired = tx.outbox.expired(at=at)
    for claim in expired:
        _record_safely(context, claim, Ambiguous(LEASE_OVER))
    return len(expired)


def _send_some(context: Context, poster: Poster, by: str) -> int:
    with context.store.transaction(context.workspace) as tx:
        claims = tx.outbox.claim(by=by, at=context.clock.now(), most=AT_ONCE)
    by_id = {claim.id: claim for claim in claims}
    for message, outcome in poster.post([_outgoing(claim) for claim in claims]):
        _record_safely(context, by_id[message.id], outcome)
    return len(claims)


def _outgoing(claim: Claim) -> Outgoing:
    notice = claim.notice
    return Outgoing(claim.id, notice.key, notice.channel, notice.content.text, notice.content.blocks)


def _record_safely(context: Context, claim: Claim, outcome: Outcome) -> None:
    """Record it; where that fails the others go on, and the lease's end will tell."""
    try:
        with context.store.transaction(context.workspace) as tx:
            held = _record(context, tx, claim, outcome)
    except Exception:
        log.exception("the outcome of notice %s was not recorded: %s", claim.notice.key, outcome)
        return
    if not held:
        log.warning("notice %s was no longer ours: %s", claim.notice.key, outcome)


def _record(context: Context, tx: Transaction, claim: Claim, outcome: Outcome) -> bool:
    """Whether the claim was still held; if not, nothing is changed."""
    at = context.clock.now()
    match outcome:
        case Posted(ts, channel):
            return tx.outbox.sent(claim, ts, channel, at=at)
        case RateLimited() | NotSent():
            wait = wait_before_retry(outcome, attempts=claim.notice.attempts)
            reason = outcome.reason if isinstance(outcome, NotSent) else "Slack asked to wait"
            return tx.outbox.retry_at(claim, at + wait, reason)
        case Refused(error):
            return tx.outbox.failed(claim, outcome.reason, at=at) and _tell(context, tx, claim.notice, error)
        case Ambiguous(reason):
            return tx.outbox.ambiguous(claim, reason, at=at) and _tell(context, tx, claim.notice, AMBIGUOUS)


def _tell(context: Context, tx: Transaction, lost: Notice, error: str) -> bool:
    """Tell the service level managers, in the transaction of the loss; always True."""
    log.warning("notice %s was not delivered to %s: %s", lost.key, lost.channel, error)
    if lost.tells_of_a_loss:
        return True
    subject = f"“{html.unescape(lost.content.text)}”"
    content = undelivered(Undelivered(subject, lost.team, lost.channel, error)).content
    for team in tx.teams.all():
        if team.arbitrates and team.channel:
            tx.outbox.add(
                Notice.undelivered(
                    lost, team=team.name, channel=team.channel, content=content, at=context.clock.now()
                )
            )
    return True
