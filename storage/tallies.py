"""Tallies: what the tables themselves count, for those who watch Steward."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, QueuePool, func, literal_column, select, text

from domain.notice import NoticeState
from storage.outbox import NOTICE, WAITING

PAGES = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
SIZE = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, slots=True)
class NoticeTally:
    """How many notices there are: by state, posted at all, edits, sent again now, looked for in Slack."""

    states: dict[NoticeState, int]
    posted: int
    edited: int
    retried: int
    sought: int


class Tallies:
    """Those of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._here = NOTICE.c.workspace_id == workspace_id

    def notices(self) -> NoticeTally:
        """Of all notices that are kept."""
        by_version = (
            select(NOTICE.c.state, NOTICE.c.posted_version, func.count())
            .where(self._here)
            .group_by(NOTICE.c.state, NOTICE.c.posted_version)
        )
        states = dict.fromkeys(NoticeState, 0)
        posted = edited = 0
        for state, version, count in self._connection.execute(by_version):
            states[NoticeState(state)] += count
            posted += count if version else 0
            edited += max(version - 1, 0) * count
        return NoticeTally(states, posted, edited, self._retried(), self._sought())

    def database_bytes(self) -> int:
        """What the database takes on its disk."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        return int(self._connection.scalar(PAGES if is_sqlite else SIZE) or 0)

    def _retried(self) -> int:
        waiting = NOTICE.c.state.in_(WAITING)
        query = select(func.count()).where(self._here, waiting, NOTICE.c.attempts > 1)
        return self._connection.scalar(query) or 0

    def _sought(self) -> int:
        # In the words of the index, or it would not be used.
        ambiguous = NOTICE.c.state == literal_column("'ambiguous'")
        query = select(func.count()).where(self._here, ambiguous, NOTICE.c.not_before.is_not(None))
        return self._connection.scalar(query) or 0


def connections(engine: Engine) -> dict[str, int]:
    """How many connections this process has to the database, in use and idle."""
    pool = engine.pool
    if not isinstance(pool, QueuePool):
        return {}
    return {"in_use": pool.checkedout(), "idle": pool.checkedin()}
