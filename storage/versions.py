"""The version of a workspace's definitions, under which what is read of them is cached."""

from sqlalchemy import Connection, select, update

from storage.schema import WorkspaceRow, table_of

WORKSPACE = table_of(WorkspaceRow)


class DefinitionsVersion:
    """As one transaction sees it: `number` is None once it has changed something, and must read past all caches.

    `of_scopes` grows with each change of what decides which minutes count.
    """

    def __init__(self, connection: Connection, workspace_id: int, number: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self.number: int | None = number
        self.of_scopes = 0

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
