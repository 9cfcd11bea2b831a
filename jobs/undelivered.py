"""Losses: what could not be delivered is told to the service level managers, in one message a day."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.notice import Notice
from domain.team import Team
from messages.lost import undelivered_of
from messages.undelivered import undelivered
from storage.landings import Landed
from storage.outbox import REVIVED
from storage.transaction import Transaction

A_DAY = timedelta(days=1)

log = logging.getLogger(__name__)


def tell_losses(tx: Transaction, landed: Sequence[Landed], *, at: datetime) -> None:
    """Tell what was lost, and what arrived after all. That such a message was lost itself is only logged."""
    for one in landed:
        if one.fate.lost:
            notice = one.claim.notice
            log.warning("notice %s was not delivered to %s: %s", notice.key, notice.channel, one.fate.reason)
    news = [one.claim.notice for one in landed if _is_news(one)]
    if news:
        first = min(notice.created_at for notice in news)
        for team in tx.teams.all():
            if team.arbitrates and team.channel:
                _tell(tx, team, first, at)


def is_news(landed: Sequence[Landed]) -> bool:
    """Whether there is something to tell."""
    return any(_is_news(one) for one in landed)


def _is_news(one: Landed) -> bool:
    notice = one.claim.notice
    arrived_after_all = one.fate.standing is not None and (notice.reason or "").startswith(REVIVED)
    return not notice.tells_of_a_loss and (one.fate.lost is not None or arrived_after_all)


def _tell(tx: Transaction, team: Team, first: datetime, at: datetime) -> None:
    """All losses of the team's day, and of the day before since `first`; edited in place as they change."""
    local = team.local(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    since = min(midnight, max(first, midnight - A_DAY))
    lost = tx.outbox.undelivered(since=since)
    today, content = local.date(), undelivered([undelivered_of(one) for one in lost]).content
    notice = Notice.undelivered(today, team=team, content=content, at=at)
    if not tx.outbox.edit(notice.key, content) and lost:
        tx.outbox.add(notice)
