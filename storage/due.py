"""Due: when a notice may be said, as conditions of a query."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_

from domain.notice import SET_BACK, NoticeState
from storage.outbox import NOTICE, WAITING

PARENT = NOTICE.alias("parent")


def is_due(at: datetime) -> ColumnElement[bool]:
    """Whether it can be said now, as far as it is about itself."""
    return and_(
        NOTICE.c.state.in_(WAITING),
        NOTICE.c.state == NoticeState.PENDING,
        or_(NOTICE.c.not_before.is_(None), NOTICE.c.not_before <= at, retried_before_set_back(at)),
        may_stand(),
        is_in_time(at),
    )


def retried_before_set_back(at: datetime) -> ColumnElement[bool]:
    """Whether it waits for another try so long that the clock must have been set back since."""
    return and_(NOTICE.c.attempts > 0, NOTICE.c.not_before > at + SET_BACK)


def may_stand() -> ColumnElement[bool]:
    """Whether the message that it belongs under, if any, stands there."""
    stands = exists().where(
        PARENT.c.workspace_id == NOTICE.c.workspace_id,
        PARENT.c.key == NOTICE.c.thread,
        PARENT.c.ts.is_not(None),
    )
    return or_(NOTICE.c.thread.is_(None), stands)


def is_in_time(at: datetime) -> ColumnElement[bool]:
    """Whether it is not too late to say it; what stands already is edited however late."""
    return or_(NOTICE.c.ts.is_not(None), NOTICE.c.not_after.is_(None), NOTICE.c.not_after > at)


def is_stale(at: datetime) -> ColumnElement[bool]:
    """Whether it waits and is too late to be said."""
    return and_(
        NOTICE.c.state.in_(WAITING),
        NOTICE.c.state == NoticeState.PENDING,
        NOTICE.c.ts.is_(None),
        NOTICE.c.not_after <= at,
    )


def is_sought() -> ColumnElement[bool]:
    """Whether it will still be looked for."""
    # In the words of the index, or it would not be used.
    return and_(NOTICE.c.state == literal_column("'ambiguous'"), NOTICE.c.not_before.is_not(None))
