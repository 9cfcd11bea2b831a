"""Landings: what became of claimed notices, as it is written down, many at once."""

from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, update

from domain.fate import Fate
from domain.notice import Claim, NoticeState
from storage.outbox import NOTICE


class Landed(NamedTuple):
    """A claim, and what became of its notice."""

    claim: Claim
    fate: Fate


_NEWER_WAITS = case(
    (NOTICE.c.version > bindparam("posted"), NoticeState.PENDING.value), else_=NoticeState.SENT.value
)
STANDS = (
    update(NOTICE)
    .where(NOTICE.c.id == bindparam("notice"))
    .values(
        state=_NEWER_WAITS,
        ts=bindparam("stands_as"),
        posted_in=bindparam("stands_in"),
        posted_version=bindparam("posted"),
        attempts=case((NOTICE.c.version > bindparam("posted"), 0), else_=NOTICE.c.attempts),
        reason=None,
        not_before=None,
        looks=0,
        claimed_by=None,
        lease_until=None,
    )
)
DOES_NOT_STAND = (
    update(NOTICE)
    .where(NOTICE.c.id == bindparam("notice"))
    .values(
        # A newer version may wait while an older edit is refused.
        state=case(
            (
                and_(bindparam("becomes") == NoticeState.SENT.value, NOTICE.c.version > bindparam("tried")),
                NoticeState.PENDING.value,
            ),
            else_=bindparam("becomes"),
        ),
        reason=bindparam("because"),
        not_before=bindparam("from_then"),
        looks=bindparam("looked"),
        claimed_by=None,
        lease_until=None,
    )
)


def standing_values(one: Landed) -> dict[str, Any]:
    """For `STANDS`."""
    where = one.fate.standing
    return {
        "notice": one.claim.id,
        "stands_as": where.ts if where else None,
        "stands_in": where.channel if where else None,
        "posted": one.fate.version,
    }


def other_values(one: Landed) -> dict[str, Any]:
    """For `DOES_NOT_STAND`."""
    fate = one.fate
    return {
        "notice": one.claim.id,
        "becomes": fate.state.value,
        "tried": one.claim.notice.version,
        "because": fate.reason,
        "from_then": fate.not_before,
        "looked": fate.looks,
    }
