"""The outbox: what was and will be said. How it gets there is the part of `storage.deliveries`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.notice import Content, Notice, NoticeState
from storage.notices import notice_from_row, notice_to_row
from storage.paces import Paces
from storage.schema import NoticeRow, table_of

NOTICE = table_of(NoticeRow)
WAITING: Sequence[ColumnElement[str]] = tuple(
    literal_column(f"'{state}'") for state in (NoticeState.PENDING, NoticeState.SENDING)
)
"""Said word for word in each query, never as parameters: only then is the index of what waits used."""

WITHOUT_PARENT = "the message that it belongs under was not posted"
REVIVED = "sent again: what kept it from its channel is mended"
KEYS_AT_ONCE = 500
"""How many keys one query asks about."""


class Outbox:
    """The notices of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = NOTICE.c.workspace_id == workspace_id

    def add(self, notice: Notice) -> bool:
        """Save it, to be sent; False where its key is already there."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        row = {"workspace_id": self._workspace_id, **notice_to_row(notice)}
        new = insert(NOTICE).values(row).on_conflict_do_nothing().returning(NOTICE.c.id)
        added = self._connection.scalar(new) is not None
        Paces(self._connection, self._workspace_id).know(notice.channel)
        return added

    def edit(self, key: str, content: Content) -> bool:
        """Say it so from now on: where it stands already it is edited in place; False where nothing changes.

        Of several edits only the newest is sent. One that is being sent is edited after that.
        """
        before = self.by_key(key)
        if before is None or before.content == content:
            return False
        changed = update(NOTICE).where(self._here, NOTICE.c.key == key)
        stands_as_it_was = NOTICE.c.state == NoticeState.SENT
        self._connection.execute(
            changed.values(
                text=content.text,
                blocks=content.blocks,
                version=NOTICE.c.version + 1,
                state=case((stands_as_it_was, NoticeState.PENDING.value), else_=NOTICE.c.state),
                attempts=case((stands_as_it_was, 0), else_=NOTICE.c.attempts),
            )
        )
        return True

    def revive(self, channels: Collection[str], reasons: Collection[str], *, at: datetime) -> list[Notice]:
        """What failed there for such a reason, and is not too late, is to be sent again, with its thread."""
        failed = self._notices(
            NOTICE.c.state == NoticeState.FAILED, NOTICE.c.not_after > at, NOTICE.c.ts.is_(None)
        )
        names = {_bare(channel) for channel in channels}
        revived = [
            one
            for one in failed
            if _bare(one.channel) in names and (one.reason or "").partition(":")[0] in reasons
        ]
        if keys := [notice.key for notice in revived]:
            replies = and_(NOTICE.c.thread.in_(keys), NOTICE.c.reason == WITHOUT_PARENT)
            again = update(NOTICE).where(self._here, or_(NOTICE.c.key.in_(keys), replies))
            self._connection.execute(
                again.values(state=NoticeState.PENDING.value, reason=REVIVED, attempts=0, not_before=None)
            )
        return revived

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
        return [notice for notice in found if not notice.tells_of_a_loss and not notice.is_sought]

    def unsaid(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that were given up, or came too late."""
        given_up = NOTICE.c.state.in_((NoticeState.FAILED, NoticeState.AMBIGUOUS, NoticeState.STALE))
        found = self._notices(NOTICE.c.key.in_(keys), given_up)
        return {notice.key for notice in found if not notice.is_sought}

    def _notices(self, *conditions: ColumnElement[bool]) -> list[Notice]:
        query = select(NOTICE).where(self._here, *conditions).order_by(NOTICE.c.id)
        return [notice_from_row(row) for row in self._connection.execute(query)]


def _bare(channel: str) -> str:
    return channel.removeprefix("#").casefold()
