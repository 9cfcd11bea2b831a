"""Delivery: what is in the outbox is claimed, posted or edited, recorded, and looked for where nobody knows."""

import logging
import os
import platform
import secrets
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime, timedelta
from typing import Any

from domain.delivery import Ambiguous, Outcome, Outgoing, Search, Sought
from domain.fate import after_post, after_search
from domain.notice import SET_BACK, Claim
from domain.pacing import Weather
from domain.refusal import Unreachable
from jobs.job import Context, Job, Poster
from jobs.undelivered import is_news, tell_losses
from storage.landings import Landed
from storage.transaction import Transaction

AT_ONCE = 100
"""Claimed and not yet recorded: twice what is on the wire at the same time, so that no place there stays empty."""

LOOKS_AT_ONCE = 10

GATHERED_SECONDS = 0.02
"""What lands within so short a time is recorded together: one transaction instead of ten."""

PATIENCE = timedelta(seconds=60)
"""How long a draining delivery waits for the next notice."""

LONGEST_DRAIN = timedelta(minutes=10)
"""How long a draining delivery goes on in all: a Slack that only ever asks to wait must not keep it for ever."""

CLOCKS_APART = SET_BACK + timedelta(minutes=5)
"""By how much Slack's clock may be behind what ours was when the message went out."""

CLEARED_EVERY = timedelta(seconds=10)
"""How often the claims of dead workers are looked for in a long run."""

AGAIN_SECONDS = 1.0

LEASE_OVER = "the worker stopped while sending"

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Send all that is due; with `drain` also what becomes due within a minute."""
    if context.poster is None:
        return
    until = context.clock.now() + LONGEST_DRAIN
    delivery = Delivery(context, context.poster)
    while True:
        try:
            _drop_stale(context)
            while delivery.go_on():
                pass
            if not _wait_for_more(context, until):
                return
        except Unreachable as away:
            if not delivery.is_under_way or context.poster.stopping or context.clock.now() >= until:
                raise
            log.error("what became of some messages waits to be recorded: %s", away)
            context.clock.sleep(AGAIN_SECONDS)


class Delivery:
    """What one run has on its way."""

    def __init__(self, context: Context, poster: Poster) -> None:
        self._context = context
        self._poster = poster
        self._by = f"{platform.node()[:40]}/{os.getpid()}/{secrets.token_hex(6)}"
        self._posts: dict[Future[Outcome], Claim] = {}
        self._looks: dict[Future[Sought], list[Claim]] = {}
        self._weather = Weather()
        self._sure_of_more = False
        self._unrecorded: list[Landed] = []
        self._rest: timedelta | None = None
        self._cleared_at: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something was sent of which the outcome is not recorded yet."""
        return bool(self._posts or self._looks or self._unrecorded)

    def go_on(self) -> bool:
        """Record what has landed, take on what there is room for, wait; False where there is nothing to do."""
        self._give_up_expired()
        self._land()
        has_landed = bool(self._unrecorded)
        self._turn()
        on_their_way: set[Future[Any]] = {*self._posts, *self._looks}
        if not on_their_way:
            return has_landed  # it may be due again
        wait(on_their_way, return_when=FIRST_COMPLETED)
        wait(on_their_way, timeout=GATHERED_SECONDS)
        return True

    def _give_up_expired(self) -> None:
        """A worker may have died after its message went out: posting again could double it, so it is looked for."""
        at, context = self._context.clock.now(), self._context
        if self._cleared_at and timedelta(0) <= at - self._cleared_at < CLEARED_EVERY:
            return
        self._cleared_at = at
        with context.store.read(context.workspace) as tx:
            # Of our own we know better, however long the database was away.
            expired = [one for one in tx.deliveries.expired(at=at) if one.by != self._by]
        ambiguous = Ambiguous(LEASE_OVER)
        self._unrecorded += [Landed(claim, after_post(claim.notice, ambiguous, at=at)) for claim in expired]

    def _land(self) -> None:
        """What became of what is there by now; kept until it is recorded."""
        at = self._context.clock.now()
        for done in [future for future in self._posts if future.done()]:
            claim, outcome = self._posts.pop(done), done.result()
            self._unrecorded.append(Landed(claim, after_post(claim.notice, outcome, at=at)))
            self._note_rest(claim, outcome)
        for look in [future for future in self._looks if future.done()]:
            claims, sought = self._looks.pop(look), look.result()
            self._unrecorded += [Landed(one, after_search(one.notice, sought, at=at)) for one in claims]

    def _note_rest(self, claim: Claim, outcome: Outcome) -> None:
        """Leave all of Slack alone where it takes nothing, or asks for that; not where we only stop."""
        if self._poster.stopping:
            return
        self._weather = self._weather.after(outcome)
        if rest := self._weather.rest(outcome, attempts=claim.notice.attempts):
            self._rest = max(rest, self._rest or rest)
            log.error("nothing can be said in Slack for %.0f s: %s", rest.total_seconds(), outcome)

    def _turn(self) -> None:
        """Record and claim in one transaction: a thousand messages take a hundred, not thousands."""
        takes_on = not self._poster.stopping and (self._sure_of_more or self._is_due())
        if not self._unrecorded and not takes_on:
            return
        at, context = self._context.clock.now(), self._context
        claims: list[Claim] = []
        sought: list[list[Claim]] = []
        with context.store.transaction(context.workspace) as tx:
            if self._rest or is_news(self._unrecorded):
                tx.deliveries.paces.lock_workspace()  # first, or two workers could wait for each other
            _record(tx, self._unrecorded, at)
            if self._rest:
                tx.deliveries.paces.rest_workspace(at + self._rest, at=at)
            if takes_on:
                claims = tx.deliveries.claim(by=self._by, at=at, most=AT_ONCE - len(self._posts))
                sought = tx.deliveries.sought(by=self._by, at=at, most=LOOKS_AT_ONCE - len(self._looks))
        self._unrecorded, self._rest = [], None
        self._sure_of_more = bool(claims)
        self._send(claims, sought)

    def _send(self, claims: Sequence[Claim], sought: Sequence[list[Claim]]) -> None:
        at = self._context.clock.now()
        for claim in claims:
            self._posts[self._poster.post(_outgoing(claim))] = claim
        for together in sought:
            self._looks[self._poster.seek(_search(together, at))] = together

    def _is_due(self) -> bool:
        """Whether there is something to claim: looked at first, since claiming takes the write lock."""
        at, context = self._context.clock.now(), self._context
        with context.store.read(context.workspace) as tx:
            due = tx.deliveries.next_due(at=at)
        return due is not None and due <= at


def _record(tx: Transaction, landed: Sequence[Landed], at: datetime) -> None:
    """What was lost for good is told in the same transaction."""
    if not landed:
        return
    held = tx.deliveries.record(landed, at=at)
    tell_losses(tx, held, at=at)
    kept = {one.claim.id for one in held}
    for one in landed:
        if one.claim.id not in kept:
            log.warning("notice %s was no longer ours: %s", one.claim.notice.key, one.fate.state)


def _drop_stale(context: Context) -> None:
    at = context.clock.now()
    with context.store.read(context.workspace) as tx:
        is_stale = tx.deliveries.has_stale(at=at)
    if is_stale:
        with context.store.transaction(context.workspace) as tx:
            dropped = tx.deliveries.drop_stale(at=at)
        log.warning("%d notices were too late to be said: %s …", len(dropped), ", ".join(dropped[:3]))


def _wait_for_more(context: Context, until: datetime) -> bool:
    """Whether there is something to do; waits for it where that is wanted, not long, and not after `until`."""
    at = context.clock.now()
    with context.store.read(context.workspace) as tx:
        due = tx.deliveries.next_due(at=at)
    if due is None or due <= at or not context.drain or due - at > PATIENCE or due > until:
        return False  # what is due and was not claimed is another worker's
    context.clock.sleep((due - at).total_seconds())
    return True


def _outgoing(claim: Claim) -> Outgoing:
    notice = claim.notice
    return Outgoing(
        claim.id,
        notice.key,
        notice.posted_in or notice.channel,
        notice.content.text,
        notice.content.blocks,
        internal=notice.internal,
        thread_ts=claim.thread_ts,
        ts=notice.ts,
        version=notice.version,
    )


def _search(together: Sequence[Claim], at: datetime) -> Search:
    first = together[0]
    since = min(claim.notice.first_try_at or claim.notice.created_at for claim in together)
    keys = frozenset(claim.notice.key for claim in together)
    return Search(first.notice.channel, keys, min(since, at) - CLOCKS_APART, first.thread_ts)


JOB = Job("deliver", run)
