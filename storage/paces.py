"""Paces: when a channel, and the workspace as a whole, takes its next message; kept for all workers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.notice import PACE, SET_BACK
from domain.pacing import EDITS, LOOKS, WORKSPACE, Lane
from storage.schema import ChannelPaceRow, table_of

CHANNEL = table_of(ChannelPaceRow)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Paces:
    """The paces of one workspace. What is locked here stays so until the transaction's end."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = CHANNEL.c.workspace_id == workspace_id

    def know(self, channel: str) -> None:
        """A channel's row is what workers lock, so it must be there before the first claim."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        names = (channel, WORKSPACE, EDITS.name, LOOKS.name)
        rows = [
            {"workspace_id": self._workspace_id, "channel": name, "next_at": LONG_AGO}
            for name in names
            if name == channel or not self._known(name)
        ]
        self._connection.execute(insert(CHANNEL).on_conflict_do_nothing(), rows)

    def locked(self, waiting: Select[Any], busy: Select[Any], *, at: datetime, most: int) -> Sequence[str]:
        """Channels of `waiting`, not of `busy`, that take a message now, those waiting longest first."""
        query = (
            select(CHANNEL.c.channel)
            .where(self._here, is_over(CHANNEL.c.next_at, at), CHANNEL.c.channel.in_(waiting).is_(True))
            .where(CHANNEL.c.channel.not_in(busy))
            .order_by(CHANNEL.c.next_at, CHANNEL.c.channel)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return self._connection.scalars(query).all()

    def step(self, channels: Sequence[str], at: datetime) -> None:
        """Each of these gets its next message a second later."""
        self.rest(channels, at + PACE)

    def rest(self, channels: Sequence[str], until: datetime) -> None:
        """Nothing more is said there until then."""
        rested = update(CHANNEL).where(self._here, CHANNEL.c.channel.in_(channels))
        self._connection.execute(rested.values(next_at=until))

    def lock_workspace(self) -> None:
        """No other worker gets here until the end: to be taken before anything else in a transaction."""
        self._next_at(WORKSPACE, locked=True)

    def rest_workspace(self, until: datetime, *, at: datetime) -> None:
        """All channels rest until then, or longer where they do already."""
        self.rest([WORKSPACE], max(until, self.workspace_rests_until(at=at) or until))

    def workspace_rests_until(self, *, at: datetime) -> datetime | None:
        """Until when all channels rest; None where they do not."""
        until = self._next_at(WORKSPACE)
        return until if at < until <= at + SET_BACK else None

    def has_room(self, lane: Lane, *, at: datetime) -> bool:
        """Whether a call of that lane may begin now, as far as one can see without waiting."""
        return lane.free(self._next_at(lane.name), at=at) > 0

    def free(self, lane: Lane, *, at: datetime) -> int:
        """How many calls of that lane may begin now; no other worker begins one until the end."""
        return lane.free(self._next_at(lane.name, locked=True), at=at)

    def take(self, lane: Lane, calls: int, *, at: datetime) -> None:
        """So many of them begin."""
        if calls:
            self.rest([lane.name], lane.after(calls, self._next_at(lane.name), at=at))

    def _known(self, name: str) -> bool:
        query = select(CHANNEL.c.channel).where(self._here, CHANNEL.c.channel == name)
        return self._connection.scalar(query) is not None

    def _next_at(self, name: str, *, locked: bool = False) -> datetime:
        query = select(CHANNEL.c.next_at).where(self._here, CHANNEL.c.channel == name)
        found: datetime | None = self._connection.scalar(query.with_for_update() if locked else query)
        return found or LONG_AGO


def is_over(wait: ColumnElement[datetime], at: datetime) -> ColumnElement[bool]:
    """Whether a wait has ended; one that seems to last very long was noted before the clock was set back."""
    return or_(wait <= at, wait > at + SET_BACK)
