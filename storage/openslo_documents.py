"""Documents of OpenSLO that are kept as they were written."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from domain.openslo_document import OpensloDocument
from storage.schema import OpensloDocumentRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(OpensloDocumentRow)


class OpensloDocuments:
    """Those of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version

    def all(self) -> list[OpensloDocument]:
        """All of them, by kind and name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id)
        rows = self._connection.execute(query.order_by(TABLE.c.kind, TABLE.c.name))
        return [OpensloDocument(row.kind, row.name, row.body) for row in rows]

    def save(self, documents: Iterable[OpensloDocument]) -> None:
        """Add them, or replace those of the same kind and name."""
        for each in documents:
            self.remove([(each.kind, each.name)])
            row = {"kind": each.kind, "name": each.name, "body": each.body}
            self._connection.execute(insert(TABLE).values(workspace_id=self._workspace_id, **row))
            self._version.raise_it(scopes=False)

    def remove(self, named: Iterable[tuple[str, str]]) -> None:
        """Take out those of these kinds and names."""
        for kind, name in named:
            here = TABLE.c.workspace_id == self._workspace_id
            self._connection.execute(delete(TABLE).where(here, TABLE.c.kind == kind, TABLE.c.name == name))
            self._version.raise_it(scopes=False)
