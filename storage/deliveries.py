"""Deliveries: notices claimed by one worker at a time, at Slack's pace, and what became of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    update,
)

from domain.notice import LEASE, SET_BACK, Claim, NoticeState
from domain.pacing import EDITS, LOOKS
from storage.due import is_due, is_in_time, is_sought, is_stale, may_stand, retried_before_set_back
from storage.landings import DOES_NOT_STAND, STANDS, Landed, other_values, standing_values
from storage.notices import claim_from_row
from storage.outbox import NOTICE, WAITING, WITHOUT_PARENT
from storage.paces import CHANNEL, LONG_AGO, Paces, is_over

OTHER = NOTICE.alias("other")
TOO_LATE = "it was too late to say it"

SOUGHT_AT_ONCE = 500
"""How many ambiguous notices are looked at to find out in which channels to look."""


class Deliveries:
    """The deliveries of one workspace. What becomes of a claimed notice is only taken from who still holds it.

    `by` must be unique to a run of a worker, or a late outcome could be recorded for another's claim.
    """

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = NOTICE.c.workspace_id == workspace_id
        self.paces = Paces(connection, workspace_id)

    def claim(self, *, by: str, at: datetime, most: int) -> list[Claim]:
        """For each of at most `most` channels that take a message now, its oldest due notice, which is now `by`'s."""
        if not most or self.paces.workspace_rests_until(at=at):
            return []
        # Edits that have to wait for their pace must not keep the places of posts.
        due = is_due(at) if self.paces.has_room(EDITS, at=at) else and_(is_due(at), NOTICE.c.ts.is_(None))
        waiting = select(NOTICE.c.channel).where(self._here, due)
        channels = self.paces.locked(waiting, self._busy_channels(at), at=at, most=most)
        chosen = self._chosen(channels, due, at) if channels else []
        if not chosen:
            return []
        claimed = update(NOTICE).where(NOTICE.c.id.in_(chosen), NOTICE.c.state == NoticeState.PENDING)
        rows = self._connection.execute(
            claimed.values(
                state=NoticeState.SENDING,
                claimed_by=by,
                lease_until=at + LEASE,
                attempts=NOTICE.c.attempts + 1,
                first_try_at=func.coalesce(NOTICE.c.first_try_at, at),
            ).returning(NOTICE)
        ).all()
        self.paces.step([row.channel for row in rows], at)
        return self._claims(rows)

    def expired(self, *, at: datetime) -> list[Claim]:
        """The claims whose lease is over: their workers may have died after the message went out."""
        sending = and_(NOTICE.c.state.in_(WAITING), NOTICE.c.state == NoticeState.SENDING)
        query = select(NOTICE).where(self._here, sending, is_over(NOTICE.c.lease_until, at))
        return self._claims(self._connection.execute(query).all())

    def sought(self, *, by: str, at: datetime, most: int) -> list[list[Claim]]:
        """What is to be looked for now and is `by`'s for a while, together where one look finds them; `most` looks."""
        if not most or self.paces.workspace_rests_until(at=at):
            return []
        query = (
            select(NOTICE)
            .where(self._here, is_sought(), is_over(NOTICE.c.not_before, at))
            .order_by(NOTICE.c.channel, NOTICE.c.id)
        )
        rows = self._connection.execute(query.limit(SOUGHT_AT_ONCE).with_for_update(skip_locked=True)).all()
        if not rows:
            return []
        looks = min(most, self.paces.free(LOOKS, at=at))
        together: dict[tuple[str, str | None], list[Claim]] = {}
        for claim in self._claims(rows, by=by):
            together.setdefault((claim.notice.channel, claim.thread_ts), []).append(claim)
        chosen = list(together.values())[:looks]
        ids = [claim.id for group in chosen for claim in group]
        held = update(NOTICE).where(NOTICE.c.id.in_(ids))
        self._connection.execute(held.values(claimed_by=by, not_before=at + LEASE))
        self.paces.take(LOOKS, len(chosen), at=at)
        return chosen

    def record(self, landed: Sequence[Landed], *, at: datetime) -> list[Landed]:
        """Save what became of them; those that were still held. What has a newer version by now waits again."""
        still_held = self._still_held([one.claim for one in landed])
        held = [one for one in landed if one.claim.id in still_held]
        standing = [standing_values(one) for one in held if one.fate.standing]
        others = [other_values(one) for one in held if not one.fate.standing]
        if standing:
            self._connection.execute(STANDS, standing)
        if others:
            self._connection.execute(DOES_NOT_STAND, others)
        self._give_up_threads([one.claim.notice.key for one in held if one.fate.is_over])
        self._pace(held, at)
        return held

    def has_stale(self, *, at: datetime) -> bool:
        """Whether something waits that is too late to be said."""
        return (
            self._connection.scalar(select(NOTICE.c.id).where(self._here, is_stale(at)).limit(1)) is not None
        )

    def drop_stale(self, *, at: datetime) -> list[str]:
        """What is too late to be said is not said any more, nor what was to stand under it; their keys."""
        dropped = (
            update(NOTICE)
            .where(self._here, is_stale(at))
            .values(state=NoticeState.STALE, reason=TOO_LATE)
            .returning(NOTICE.c.key)
        )
        keys = list(self._connection.scalars(dropped))
        self._give_up_threads(keys)
        return keys

    def next_due(self, *, at: datetime) -> datetime | None:
        """When something can next be done, `at` where that is now; None where nothing waits."""
        starts = [_start(row, at) for row in self._connection.execute(self._by_channel(at))]
        look = self._connection.scalar(select(func.min(NOTICE.c.not_before)).where(self._here, is_sought()))
        if look is not None:
            starts.append(at if look > at + SET_BACK else max(at, look))
        if not starts:
            return None
        return max(min(starts), self.paces.workspace_rests_until(at=at) or at)

    def _chosen(self, channels: Sequence[str], due: ColumnElement[bool], at: datetime) -> list[int]:
        """The ids to claim; asks once more whether another is being sent, now that the channels are locked."""
        oldest = (
            select(func.min(NOTICE.c.id))
            .where(self._here, NOTICE.c.channel.in_(channels), due)
            .where(NOTICE.c.channel.not_in(self._busy_channels(at)))
            .group_by(NOTICE.c.channel)
        )
        # Locked before the lane: who holds the lane waits for nobody.
        free = select(NOTICE.c.id, NOTICE.c.ts).where(
            NOTICE.c.id.in_(oldest), NOTICE.c.state == NoticeState.PENDING
        )
        rows = self._connection.execute(free.with_for_update(skip_locked=True)).all()
        posts = [row.id for row in rows if row.ts is None]
        edits = [row.id for row in rows if row.ts is not None]
        if edits:
            edits = edits[: self.paces.free(EDITS, at=at)]
            self.paces.take(EDITS, len(edits), at=at)
        return [*posts, *edits]

    def _busy_channels(self, at: datetime) -> Select[Any]:
        """Channels into which a worker is sending."""
        return select(OTHER.c.channel).where(
            OTHER.c.workspace_id == self._workspace_id,
            OTHER.c.state.in_(WAITING),
            OTHER.c.state == NoticeState.SENDING,
            ~is_over(OTHER.c.lease_until, at),
        )

    def _claims(self, rows: Sequence[Row[Any]], *, by: str | None = None) -> list[Claim]:
        parents = self._parents_of(rows)
        ordered = sorted(rows, key=lambda row: int(row.id))
        return [claim_from_row(row, parents.get(row.thread), by=by) for row in ordered]

    def _parents_of(self, rows: Sequence[Row[Any]]) -> dict[str | None, Any]:
        """The notices that these stand under, by key."""
        keys = [row.thread for row in rows if row.thread]
        if not keys:
            return {}
        query = select(NOTICE.c.key, NOTICE.c.ts).where(self._here, NOTICE.c.key.in_(keys))
        return {row.key: row for row in self._connection.execute(query)}

    def _still_held(self, claims: Sequence[Claim]) -> set[int]:
        """The ids of those whose lease did not end meanwhile, locked."""
        if not claims:
            return set()
        holders = {claim.id: claim.by for claim in claims}
        query = select(NOTICE.c.id, NOTICE.c.claimed_by).where(
            self._here,
            NOTICE.c.id.in_(holders),
            NOTICE.c.state.in_((NoticeState.SENDING, NoticeState.AMBIGUOUS)),
        )
        rows = self._connection.execute(query.with_for_update())
        return {row.id for row in rows if row.claimed_by == holders[row.id]}

    def _give_up_threads(self, keys: Collection[str]) -> None:
        """Replies to what will never stand there."""
        if keys:
            replies = and_(self._here, NOTICE.c.thread.in_(keys), NOTICE.c.state == NoticeState.PENDING)
            self._connection.execute(
                update(NOTICE).where(replies).values(state=NoticeState.FAILED, reason=WITHOUT_PARENT)
            )

    def _pace(self, landed: Sequence[Landed], at: datetime) -> None:
        """Slack counts from when a message arrived, not from when it was claimed; a channel that is to wait rests."""
        tried = [one for one in landed if one.claim.notice.state is NoticeState.SENDING]
        resting = [one for one in tried if one.fate.rests_channel]
        rested = {one.claim.id for one in resting}
        if stepping := [one.claim.notice.channel for one in tried if one.claim.id not in rested]:
            self.paces.step(stepping, at)
        for one in resting:
            self.paces.rest([one.claim.notice.channel], one.fate.not_before or at)

    def _by_channel(self, at: datetime) -> Select[Any]:
        """Of each channel with something to send: its pace, the first start of a pending one, the last lease."""
        pending = NOTICE.c.state == NoticeState.PENDING
        start = case((retried_before_set_back(at), None), else_=NOTICE.c.not_before)
        next_at = select(CHANNEL.c.next_at).where(
            CHANNEL.c.workspace_id == self._workspace_id, CHANNEL.c.channel == NOTICE.c.channel
        )
        return (
            select(
                next_at.scalar_subquery().label("next_at"),
                func.min(case((pending, func.coalesce(start, LONG_AGO)))).label("pending_from"),
                func.max(case((~pending, NOTICE.c.lease_until))).label("leased_until"),
            )
            .where(self._here, NOTICE.c.state.in_(WAITING), or_(~pending, and_(may_stand(), is_in_time(at))))
            .group_by(NOTICE.c.channel)
        )


def _start(row: Row[Any], at: datetime) -> datetime:
    """When something can be done for the channel of `row`, not before `at`."""
    waits: list[datetime | None] = [row.next_at if row.pending_from else None, row.leased_until]
    running = [wait for wait in waits if wait and wait <= at + SET_BACK]
    return max([at, row.pending_from or at, *running])
