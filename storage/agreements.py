"""Agreements: promises between two parties."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from domain.agreement import Agreement, AgreementKind
from storage.bulk import save_by_name
from storage.schema import AgreementRow, table_of

TABLE = table_of(AgreementRow)


class Agreements:
    """The agreements of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def all(self) -> list[Agreement]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [
            Agreement(row.name, AgreementKind(row.kind), row.provider, row.customer)
            for row in self._connection.execute(query)
        ]

    def save(self, agreements: Iterable[Agreement]) -> None:
        """Add them, or replace those of the same name."""
        rows = [
            {
                "workspace_id": self._workspace_id,
                "name": agreement.name,
                "kind": agreement.kind.value,
                "provider": agreement.provider,
                "customer": agreement.customer,
            }
            for agreement in agreements
        ]
        save_by_name(self._connection, TABLE, rows)

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        self._connection.execute(
            delete(TABLE).where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.name.in_(list(names)))
        )
