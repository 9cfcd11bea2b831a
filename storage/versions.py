"""The version of a workspace's definitions, under which what is read of them is cached."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, select, update

from storage.schema import WorkspaceRow, table_of

WORKSPACE = table_of(WorkspaceRow)

T = TypeVar("T")


class DefinitionsCache:
    """What was read of each workspace's newest definitions: reading them costs more than asking about them."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, dict[str, Any]]] = {}

    def of(self, workspace_id: int, version: int) -> dict[str, Any]:
        """What was read of this version so far, to be added to; nothing is kept of an older one."""
        found = self._kept.get(workspace_id)
        if found is None or found[0] < version:
            found = self._kept[workspace_id] = (version, {})
        return found[1] if found[0] == version else {}


class DefinitionsVersion:
    """As one transaction sees it: `number` is None once it has changed something, and must read past all caches.

    `of_scopes` grows with each change of what decides which minutes count. One that `writes` may see newer rows
    than its version's, on PostgreSQL: it reads again what it is going to change.
    """

    def __init__(
        self, connection: Connection, workspace_id: int, number: int, cache: DefinitionsCache, *, writes: bool
    ) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._cache = cache
        self.writes = writes
        self.number: int | None = number
        self.of_scopes = 0

    def cached(self, what: str, read: Callable[[], T]) -> T:
        """What `read` gave when it was first asked for under this version; all who ask share it."""
        if self.number is None:
            return read()
        kept = self._cache.of(self._workspace_id, self.number)
        if what not in kept:
            kept[what] = read()
        found: T = kept[what]
        return found

    def seen(self, number: int) -> None:
        """The version read again under the lock of the workspace: what others committed while we waited counts."""
        if self.number not in (None, number):
            self.number = number
            self.of_scopes += 1

    def raise_it(self, *, scopes: bool = True) -> None:
        """Definitions change: nothing cached under the old version is used again."""
        self.number = None
        self.of_scopes += scopes
        raised = update(WORKSPACE).where(WORKSPACE.c.id == self._workspace_id)
        self._connection.execute(raised.values(definitions_version=WORKSPACE.c.definitions_version + 1))

    def lock(self) -> int:
        """Lets nobody else change definitions or take measurements in until the transaction ends; `sealed_until`.

        Rows that refer to the workspace can still be added. What was read before we had waited may be stale.
        """
        query = select(WORKSPACE.c.sealed_until, WORKSPACE.c.definitions_version)
        row = self._connection.execute(
            query.where(WORKSPACE.c.id == self._workspace_id).with_for_update(key_share=True)
        ).one()
        self.seen(row.definitions_version)
        sealed_until: int = row.sealed_until
        return sealed_until
