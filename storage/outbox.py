"""The outbox: what was and will be said, claimed by one worker at a time and at Slack's pace."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.notice import LEASE, PACE, SET_BACK, Claim, Notice, NoticeState
from storage.notices import claim_from_row, notice_from_row, notice_to_row
from storage.schema import ChannelPaceRow, NoticeRow, table_of

NOTICE = table_of(NoticeRow)
CHANNEL = table_of(ChannelPaceRow)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
WAITING: Sequence[ColumnElement[str]] = tuple(
    literal_column(f"'{state}'") for state in (NoticeState.PENDING, NoticeState.SENDING)
)
"""Said word for word in each query, never as parameters: only then is the index of what waits used."""

KEYS_AT_ONCE = 500
"""How many keys one query asks about."""

WITHOUT_PARENT = "the message that it belongs under was not posted"


class Outbox:
    """The notices of one workspace. What becomes of a claimed one is only taken from who still holds it."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = NOTICE.c.workspace_id == workspace_id
        self._channels_here = CHANNEL.c.workspace_id == workspace_id

    def add(self, notice: Notice) -> bool:
        """Save it, to be sent; False where its key is already there."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        row = {"workspace_id": self._workspace_id, **notice_to_row(notice)}
        new = insert(NOTICE).values(row).on_conflict_do_nothing().returning(NOTICE.c.id)
        added = self._connection.scalar(new) is not None
        # A channel's row is what workers lock, so it must be there before the first claim.
        channel = {"workspace_id": self._workspace_id, "channel": notice.channel, "next_at": LONG_AGO}
        self._connection.execute(insert(CHANNEL).values(channel).on_conflict_do_nothing())
        return added

    def claim(self, *, by: str, at: datetime, most: int) -> list[Claim]:
        """For each of at most `most` channels that take a message now, its oldest due notice, which is now `by`'s.

        `by` must be unique to a run of a worker, or a late outcome could be recorded for another's claim.
        """
        channels = self._lock_free_channels(at, most)
        if not channels:
            return []
        chosen = self._oldest_due(channels, at)
        claimed = (
            update(NOTICE)
            .where(NOTICE.c.id.in_(chosen), NOTICE.c.state == NoticeState.PENDING)
            .values(
                state=NoticeState.SENDING,
                claimed_by=by,
                lease_until=at + LEASE,
                attempts=NOTICE.c.attempts + 1,
            )
            .returning(NOTICE)
        )
        rows = sorted(self._connection.execute(claimed), key=lambda row: int(row.id))
        self._pace([row.channel for row in rows], at)
        parents = self._parents_of(rows)
        return [claim_from_row(row, parents.get(row.thread)) for row in rows]

    def sent(self, claim: Claim, ts: str, posted_in: str, *, at: datetime) -> bool:
        """It stands in Slack; False where the claim was lost meanwhile."""
        return self._finish(claim, at, state=NoticeState.SENT, ts=ts, posted_in=posted_in, reason=None)

    def failed(self, claim: Claim, reason: str, *, at: datetime) -> bool:
        """It will never be sent, nor its thread; False where the claim was lost meanwhile."""
        return self._given_up(claim, at, state=NoticeState.FAILED, reason=reason)

    def ambiguous(self, claim: Claim, reason: str, *, at: datetime) -> bool:
        """It may stand in Slack or not, so it is not sent again; False where the claim was lost meanwhile."""
        return self._given_up(claim, at, state=NoticeState.AMBIGUOUS, reason=reason)

    def retry_at(self, claim: Claim, not_before: datetime, reason: str) -> bool:
        """It was not sent: again at `not_before`, until when its channel rests; False where the claim was lost."""
        changed = self._update_held(
            claim, state=NoticeState.PENDING, not_before=not_before, claimed_by=None, reason=reason
        )
        if changed:
            self._rest([claim.notice.channel], not_before)
        return changed

    def expired(self, *, at: datetime) -> list[Claim]:
        """The claims whose lease is over: their workers may have died after the message went out."""
        sending = and_(NOTICE.c.state.in_(WAITING), NOTICE.c.state == NoticeState.SENDING)
        query = select(NOTICE).where(self._here, sending, _is_over(NOTICE.c.lease_until, at))
        return [claim_from_row(row) for row in self._connection.execute(query.order_by(NOTICE.c.id))]

    def next_due(self, *, at: datetime) -> datetime | None:
        """When a notice can next be claimed or a lease ends, `at` where that is now; None where nothing waits."""
        starts = (_start(row, at) for row in self._connection.execute(self._by_channel()))
        return min(starts, default=None)

    def waiting(self) -> list[Notice]:
        """What is still to be said, oldest first."""
        return self._notices(NOTICE.c.state.in_(WAITING))

    def all(self) -> list[Notice]:
        """All that was and will be said, oldest first."""
        return self._notices()

    def by_key(self, key: str) -> Notice | None:
        """The notice with this key."""
        return next(iter(self._notices(NOTICE.c.key == key)), None)

    def known(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that are there."""
        found: set[str] = set()
        ordered = list(keys)
        for start in range(0, len(ordered), KEYS_AT_ONCE):
            some = ordered[start : start + KEYS_AT_ONCE]
            found.update(
                self._connection.scalars(select(NOTICE.c.key).where(self._here, NOTICE.c.key.in_(some)))
            )
        return found

    def counts(self) -> dict[NoticeState, int]:
        """How many notices there are in each state."""
        query = select(NOTICE.c.state, func.count()).where(self._here).group_by(NOTICE.c.state)
        return {NoticeState(state): count for state, count in self._connection.execute(query)}

    def undelivered(self, *, since: datetime) -> list[Notice]:
        """What was given up of all that was said since then, oldest first; threads go with their first message."""
        given_up = NOTICE.c.state.in_((NoticeState.FAILED, NoticeState.AMBIGUOUS))
        found = self._notices(given_up, NOTICE.c.thread.is_(None), NOTICE.c.created_at >= since)
        return [notice for notice in found if not notice.tells_of_a_loss]

    def _notices(self, *conditions: ColumnElement[bool]) -> list[Notice]:
        query = select(NOTICE).where(self._here, *conditions).order_by(NOTICE.c.id)
        return [notice_from_row(row) for row in self._connection.execute(query)]

    def _lock_free_channels(self, at: datetime, most: int) -> Sequence[str]:
        """Channels that take a message now and have one, those waiting longest first, locked until the end."""
        # A morning's burst is younger than PostgreSQL's statistics: `is_` keeps it from a join row by row.
        waits = CHANNEL.c.channel.in_(select(NOTICE.c.channel).where(self._here, _due(at))).is_(true())
        query = (
            select(CHANNEL.c.channel)
            .where(self._channels_here, _is_over(CHANNEL.c.next_at, at), waits)
            .where(CHANNEL.c.channel.not_in(self._busy_channels(at)))
            .order_by(CHANNEL.c.next_at, CHANNEL.c.channel)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return self._connection.scalars(query).all()

    def _oldest_due(self, channels: Sequence[str], at: datetime) -> Select[Any]:
        """The ids to claim; asks once more whether another is being sent, now that the channels are locked."""
        return (
            select(func.min(NOTICE.c.id))
            .where(self._here, NOTICE.c.channel.in_(channels), _due(at))
            .where(NOTICE.c.channel.not_in(self._busy_channels(at)))
            .group_by(NOTICE.c.channel)
        )

    def _busy_channels(self, at: datetime) -> Select[Any]:
        """Channels into which a worker is sending."""
        other = NOTICE.alias("other")
        return select(other.c.channel).where(
            other.c.workspace_id == self._workspace_id,
            other.c.state.in_(WAITING),
            other.c.state == NoticeState.SENDING,
            ~_is_over(other.c.lease_until, at),
        )

    def _finish(self, claim: Claim, at: datetime, **values: Any) -> bool:
        changed = self._update_held(claim, **values)
        if changed:
            self._pace([claim.notice.channel], at)
        return changed

    def _given_up(self, claim: Claim, at: datetime, **values: Any) -> bool:
        changed = self._finish(claim, at, **values)
        if changed:
            replies = and_(
                self._here, NOTICE.c.thread == claim.notice.key, NOTICE.c.state == NoticeState.PENDING
            )
            self._connection.execute(
                update(NOTICE).where(replies).values(state=NoticeState.FAILED, reason=WITHOUT_PARENT)
            )
        return changed

    def _parents_of(self, rows: Sequence[Row[Any]]) -> dict[str | None, Any]:
        """The notices that these stand under, by key."""
        keys = [row.thread for row in rows if row.thread]
        if not keys:
            return {}
        query = select(NOTICE.c.key, NOTICE.c.ts, NOTICE.c.posted_in).where(
            self._here, NOTICE.c.key.in_(keys)
        )
        return {row.key: row for row in self._connection.execute(query)}

    def _update_held(self, claim: Claim, **values: Any) -> bool:
        """Change the notice of `claim` only where it is still held: its lease may have ended meanwhile."""
        held = and_(
            self._here,
            NOTICE.c.id == claim.id,
            NOTICE.c.claimed_by == claim.by,
            NOTICE.c.state == NoticeState.SENDING,
        )
        changed = update(NOTICE).where(held).values(lease_until=None, **values)
        return self._connection.execute(changed).rowcount == 1

    def _pace(self, channels: Sequence[str], at: datetime) -> None:
        # Also when a message has arrived: Slack counts from then, not from when it was claimed.
        self._rest(channels, at + PACE)

    def _rest(self, channels: Sequence[str], until: datetime) -> None:
        rested: Update = update(CHANNEL).where(self._channels_here, CHANNEL.c.channel.in_(channels))
        self._connection.execute(rested.values(next_at=until))

    def _by_channel(self) -> Select[Any]:
        """Of each channel with something to send: its pace, the first start of a pending one, the last lease."""
        pending = NOTICE.c.state == NoticeState.PENDING
        next_at = select(CHANNEL.c.next_at).where(self._channels_here, CHANNEL.c.channel == NOTICE.c.channel)
        return (
            select(
                next_at.scalar_subquery().label("next_at"),
                func.min(case((pending, func.coalesce(NOTICE.c.not_before, LONG_AGO)))).label("pending_from"),
                func.max(case((~pending, NOTICE.c.lease_until))).label("leased_until"),
            )
            .where(self._here, NOTICE.c.state.in_(WAITING))
            .group_by(NOTICE.c.channel)
        )


def _start(row: Row[Any], at: datetime) -> datetime:
    """When something can be done for the channel of `row`, not before `at`."""
    waits: list[datetime | None] = [row.next_at if row.pending_from else None, row.leased_until]
    running = [wait for wait in waits if wait and wait <= at + SET_BACK]
    return max([at, row.pending_from or at, *running])


def _due(at: datetime) -> ColumnElement[bool]:
    parent = NOTICE.alias("parent")
    posted = exists().where(
        parent.c.workspace_id == NOTICE.c.workspace_id,
        parent.c.key == NOTICE.c.thread,
        parent.c.state == NoticeState.SENT,
    )
    return and_(
        NOTICE.c.state.in_(WAITING),
        NOTICE.c.state == NoticeState.PENDING,
        or_(NOTICE.c.not_before.is_(None), NOTICE.c.not_before <= at),
        or_(NOTICE.c.thread.is_(None), posted),
    )


def _is_over(wait: ColumnElement[datetime], at: datetime) -> ColumnElement[bool]:
    """Whether a wait has ended; one that seems to last very long was noted before the clock was set back."""
    return or_(wait <= at, wait > at + SET_BACK)
