"""Services: the things whose level is managed."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from domain.objective import Service
from storage.bulk import save_by_name
from storage.labels import labels_from_json, labels_to_json
from storage.schema import ServiceRow, table_of

TABLE = table_of(ServiceRow)


class Services:
    """The services of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def all(self) -> list[Service]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [
            Service(row.name, row.display_name, row.description, labels_from_json(row.labels))
            for row in self._connection.execute(query)
        ]

    def save(self, services: Iterable[Service]) -> None:
        """Add them, or replace those of the same name."""
        rows = [
            {
                "workspace_id": self._workspace_id,
                "name": service.name,
                "display_name": service.display_name,
                "description": service.description,
                "labels": labels_to_json(service.labels),
            }
            for service in services
        ]
        save_by_name(self._connection, TABLE, rows)

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        self._connection.execute(
            delete(TABLE).where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.name.in_(list(names)))
        )
