"""The processes at work, as they were last seen: so that one with HTTP can tell of those without."""

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.ticking import FORGOTTEN_AFTER, Ticking
from storage.schema import ProcessRow, table_of

PROCESS = table_of(ProcessRow)
KEY = ("workspace_id", "name")


class Processes:
    """Those of one workspace that tick."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = PROCESS.c.workspace_id == workspace_id

    def seen(self, one: Ticking) -> None:
        """Write down that it works; those that were not seen for a day are forgotten."""
        insert = (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(PROCESS)
        row = {
            "workspace_id": self._workspace_id,
            "name": one.name,
            "started_at": one.started_at,
            "seen_at": one.seen_at,
            "late_seconds": one.late_seconds,
        }
        replaced = {name: value for name, value in row.items() if name not in KEY}
        self._connection.execute(insert.values(row).on_conflict_do_update(index_elements=KEY, set_=replaced))
        # What was seen in the future was so before the clock was set back.
        long_ago, ahead = one.seen_at - FORGOTTEN_AFTER, one.seen_at + FORGOTTEN_AFTER
        forgotten = or_(PROCESS.c.seen_at < long_ago, PROCESS.c.seen_at > ahead)
        self._connection.execute(delete(PROCESS).where(self._here, forgotten))

    def ended(self, name: str) -> None:
        """It was told to stop: nobody needs to miss it."""
        self._connection.execute(delete(PROCESS).where(self._here, PROCESS.c.name == name))

    def all(self) -> list[Ticking]:
        """By name."""
        query = select(PROCESS).where(self._here).order_by(PROCESS.c.name)
        return [
            Ticking(row.name, row.started_at, row.seen_at, row.late_seconds)
            for row in self._connection.execute(query)
        ]
