"""Queries that go to the driver itself: about small results SQLAlchemy takes ten times as long as the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select

MOST_LISTED = 100
"""Values in lists: with more of them it is the database that takes the time, and too many lengths would be kept."""

MOST_KEPT = 500

Key = tuple[str, tuple[int, ...]]
"""A dialect, and the lengths of the lists among the values."""

Compiled = tuple[str, Sequence[str], Mapping[str, Any]]
"""The SQL, its parameters in their order (none where they go by name), and those that never change."""


class Direct:
    """A query that is compiled once. Its columns come as the driver gives them: integers, texts and bytes only.

    Values that are lists stand for expanding parameters.
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._compiled: dict[Key, Compiled] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows. A driver's error is raised as it is: the store says what it means."""
        lengths = tuple(len(value) for value in values.values() if _is_list(value))
        if sum(lengths) > MOST_LISTED:
            return [tuple(row) for row in connection.execute(self._query, dict(values))]
        sql, order, constants = self._compiled_for((connection.dialect.name, lengths), connection, values)
        given = {**constants, **_flat(values)}
        cursor = connection.connection.cursor()
        try:
            cursor.execute(sql, [given[name] for name in order] if order else given)
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def _compiled_for(self, key: Key, connection: Connection, values: Mapping[str, Any]) -> Compiled:
        found = self._compiled.get(key)
        if found is None:
            if len(self._compiled) >= MOST_KEPT:
                self._compiled.clear()
            state = self._query.compile(dialect=connection.dialect).construct_expanded_state(dict(values))
            found = state.statement, list(state.positiontup or ()), dict(state.parameters)
            self._compiled[key] = found
        return found


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """As compiled statements name them: the values of the list `keys` are `keys_1`, `keys_2` and so on."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if _is_list(value):
            flat |= {f"{name}_{place}": one for place, one in enumerate(value, start=1)}
        else:
            flat[name] = value
    return flat


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple, range))
