"""User groups of Slack, as they were looked up."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from domain.usergroup import Usergroup
from storage.bulk import save_by_key
from storage.schema import UsergroupRow, table_of

TABLE = table_of(UsergroupRow)


class Usergroups:
    """Those of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def looked_up(self) -> list[Usergroup]:
        """All that Slack was asked about, by ID, and what came of it."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.usergroup)
        rows = self._connection.execute(query)
        return [Usergroup(row.usergroup, tuple(row.members), row.at, row.trouble) for row in rows]

    def all(self) -> dict[str, tuple[str, ...]]:
        """User group → who is in it, as far as Slack said."""
        return {one.id: one.members for one in self.looked_up()}

    def save(self, groups: Iterable[Usergroup]) -> None:
        """Add them, or replace what was known of them."""
        rows = [
            {
                "workspace_id": self._workspace_id,
                "usergroup": one.id,
                "members": list(one.members),
                "at": one.at,
                "trouble": one.trouble,
            }
            for one in groups
        ]
        save_by_key(self._connection, TABLE, rows, key="usergroup")

    def remove(self, ids: Collection[str]) -> None:
        """Forget who is in them."""
        here = TABLE.c.workspace_id == self._workspace_id
        self._connection.execute(delete(TABLE).where(here, TABLE.c.usergroup.in_(list(ids))))
