"""The version of a workspace's definitions, under which what is read of them is cached."""

from sqlalchemy import Connection, update

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

    def raise_it(self, *, scopes: bool = True) -> None:
        """Definitions change: nothing cached under the old version is used again."""
        self.number = None
        self.of_scopes += scopes
        raised = update(WORKSPACE).where(WORKSPACE.c.id == self._workspace_id)
        self._connection.execute(raised.values(definitions_version=WORKSPACE.c.definitions_version + 1))
