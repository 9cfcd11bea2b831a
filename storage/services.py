"""Services: the things whose level is managed."""

from typing import Any

from sqlalchemy import Row

from domain.objective import Service
from storage.labels import labels_from_json, labels_to_json
from storage.named import Named
from storage.schema import ServiceRow, table_of


class Services(Named[Service]):
    """The services of one workspace."""

    table = table_of(ServiceRow)

    @staticmethod
    def to_row(item: Service) -> dict[str, Any]:
        """The columns that say it."""
        return {
            "name": item.name,
            "display_name": item.display_name,
            "description": item.description,
            "labels": labels_to_json(item.labels),
        }

    @staticmethod
    def from_row(row: Row[Any]) -> Service:
        """What `to_row` wrote."""
        return Service(row.name, row.display_name, row.description, labels_from_json(row.labels))
