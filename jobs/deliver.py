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
from domain.notice import Claim
from domain.pacing import WORKSPACE, Weather
from jobs.job import Context, Job, Poster
from jobs.undelivered import tell_losses
from storage.deliveries import Landed
from storage.store import Transaction

AT_ONCE = 100
"""Claimed and not yet recorded: twice what is on the wire at the same time, so that no place there stays empty."""

LOOKS_AT_ONCE = 10

GATHERED_SECONDS = 0.02
"""What lands within so short a time is recorded together: one transaction instead of ten."""

PATIENCE = timedelta(seconds=60)
"""How long a draining delivery waits for the next notice."""

LONGEST_DRAIN = timedelta(minutes=10)
"""How long a draining delivery goes on in all: a Slack that only ever asks to wait must not keep it for ever."""

CLOCKS_APART = timedelta(minutes=5)
"""By how much Slack's clock may be behind ours."""

LEASE_OVER = "the worker stopped while sending"

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Send all that is due; with `drain` also what becomes due within a minute."""
    if context.poster is None:
        return
    until = context.clock.now() + LONGEST_DRAIN
    delivery = Delivery(context, context.poster)
    while True:
        _drop_stale(context)
        delivery.give_up_expired()
        while delivery.go_on():
            pass
        if not _wait_for_more(context, until):
            return


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

    def go_on(self) -> bool:
        """Record what has landed, take on what there is room for, wait; False where there is nothing to do."""
        landed, rest = self._landed()
        self._turn(landed, rest)
        on_their_way: set[Future[Any]] = {*self._posts, *self._looks}
        if not on_their_way:
            return bool(landed)  # it may be due again
        wait(on_their_way, return_when=FIRST_COMPLETED)
        wait(on_their_way, timeout=GATHERED_SECONDS)
        return True

    def give_up_expired(self) -> None:
        """A worker may have died after its message went out: posting again could double it, so it is looked for."""
        at, context = self._context.clock.now(), self._context
        with context.store.read(context.workspace) as tx:
            expired = tx.deliveries.expired(at=at)
        if expired:
            ambiguous = Ambiguous(LEASE_OVER)
            landed = [Landed(claim, after_post(claim.notice, ambiguous, at=at)) for claim in expired]
            with context.store.transaction(context.workspace) as tx:
                _record(tx, landed, at)

    def _landed(self) -> tuple[list[Landed], timedelta | None]:
        """What became of what is there by now, and how long all of Slack is to be left alone because of it."""
        at = self._context.clock.now()
        landed: list[Landed] = []
        rest: timedelta | None = None
        for done in [future for future in self._posts if future.done()]:
            claim, outcome = self._posts.pop(done), done.result()
            landed.append(Landed(claim, after_post(claim.notice, outcome, at=at)))
            rest = max(filter(None, (rest, self._rest_after(claim, outcome))), default=None)
        for look in [future for future in self._looks if future.done()]:
            claims, sought = self._looks.pop(look), look.result()
            landed += [Landed(claim, after_search(claim.notice, sought, at=at)) for claim in claims]
        return landed, rest

    def _rest_after(self, claim: Claim, outcome: Outcome) -> timedelta | None:
        self._weather = self._weather.after(outcome)
        rest = self._weather.rest(outcome, attempts=claim.notice.attempts)
        if rest and not self._poster.stopping:
            log.error("nothing can be said in Slack for %.0f s: %s", rest.total_seconds(), outcome)
        return rest

    def _turn(self, landed: Sequence[Landed], rest: timedelta | None) -> None:
        """One transaction for both: a thousand messages take a hundred, not thousands."""
        takes_on = not self._poster.stopping and (self._sure_of_more or self._is_due())
        if not landed and not takes_on:
            return
        at, context = self._context.clock.now(), self._context
        claims: list[Claim] = []
        sought: list[list[Claim]] = []
        with context.store.transaction(context.workspace) as tx:
            _record(tx, landed, at)
            if rest:
                tx.deliveries.paces.rest([WORKSPACE], at + rest)
            if takes_on:
                claims = tx.deliveries.claim(by=self._by, at=at, most=AT_ONCE - len(self._posts))
                sought = tx.deliveries.sought(by=self._by, at=at, most=LOOKS_AT_ONCE - len(self._looks))
        self._sure_of_more = bool(claims)
        self._send(claims, sought)

    def _send(self, claims: Sequence[Claim], sought: Sequence[list[Claim]]) -> None:
        for claim in claims:
            self._posts[self._poster.post(_outgoing(claim))] = claim
        for together in sought:
            self._looks[self._poster.seek(_search(together))] = together

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


def _search(together: Sequence[Claim]) -> Search:
    first = together[0]
    since = min(claim.notice.first_try_at or claim.notice.created_at for claim in together)
    keys = frozenset(claim.notice.key for claim in together)
    return Search(first.notice.channel, keys, since - CLOCKS_APART, first.thread_ts)


JOB = Job("deliver", run)
