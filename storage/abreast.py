"""Rows of the same owner side by side: one wide row costs a third of what its parts cost one by one."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, FromClause, Table, and_, bindparam, select

from storage.direct import Direct


class Abreast:
    """The columns `names` of a table with one row an owner and hour, for several hours at once.

    `key` is the table's column that holds the owner's. Each row has the owner's key, then the columns of
    the first hour, of the second, and so on: None where there is no such row.
    """

    def __init__(self, owner: Column[int], table: Table, key: str, names: Sequence[str]) -> None:
        self._owner = owner
        self._table = table
        self._key = key
        self._names = names
        self._query = cache(self._build)

    def read(
        self, connection: Connection, owners: Sequence[int], hours: Sequence[int]
    ) -> dict[int, tuple[Any, ...]]:
        """Owner → its row."""
        if not hours:
            return {}
        wanted: dict[str, Any] = {f"hour_{place}": hour for place, hour in enumerate(hours)}
        rows = self._query(len(hours)).rows(connection, {"owners": owners, **wanted})
        return {row[0]: row for row in rows}

    def _build(self, width: int) -> Direct:
        source: FromClause = self._owner.table
        columns: list[Column[Any]] = [self._owner]
        for place in range(width):
            side = self._table.alias(f"side_{place}")
            here = and_(side.c[self._key] == self._owner, side.c.hour == bindparam(f"hour_{place}"))
            source = source.outerjoin(side, here)
            columns += [side.c[name] for name in self._names]
        owned = self._owner.in_(bindparam("owners", expanding=True))
        return Direct(select(*columns).select_from(source).where(owned))
