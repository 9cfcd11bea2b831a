"""Definitions that are kept by name, a row each."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Table, delete, select

from storage.bulk import save_by_name
from storage.versions import DefinitionsVersion

T = TypeVar("T")


class Named(ABC, Generic[T]):
    """Those of one workspace. Saved and removed within `Measurements.recounted`, since they decide what counts."""

    table: Table

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version

    @staticmethod
    @abstractmethod
    def to_row(item: T) -> dict[str, Any]:
        """The columns that say it, its name among them."""

    @staticmethod
    @abstractmethod
    def from_row(row: Row[Any]) -> T:
        """What `to_row` wrote."""

    def all(self) -> list[T]:
        """All of them, by name."""
        if self._version.writes:
            return self._read()
        return list(self._version.cached(self.table.name, self._read))

    def _read(self) -> list[T]:
        columns = self.table.c
        query = select(self.table).where(columns.workspace_id == self._workspace_id).order_by(columns.name)
        return [self.from_row(row) for row in self._connection.execute(query)]

    def by_name(self, name: str) -> T | None:
        """The one of this name."""
        columns = self.table.c
        query = select(self.table).where(columns.workspace_id == self._workspace_id, columns.name == name)
        row = self._connection.execute(query).first()
        return None if row is None else self.from_row(row)

    def save(self, items: Iterable[T]) -> None:
        """Add them, or replace those of the same name."""
        rows = [{"workspace_id": self._workspace_id, **self.to_row(item)} for item in items]
        save_by_name(self._connection, self.table, rows)
        self._version.raise_it()

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        columns = self.table.c
        here = columns.workspace_id == self._workspace_id
        self._connection.execute(delete(self.table).where(here, columns.name.in_(list(names))))
        self._version.raise_it()
