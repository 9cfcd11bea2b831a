"""Writing many rows at once, on either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

COPY_FROM = 2_000
"""Rows from which PostgreSQL's COPY pays for its temporary table."""


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, replacing those with the same primary key. All rows have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(connection, table, rows)
        return
    keys = list(table.primary_key.columns.keys())
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    replaced = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=replaced), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(rows[0])
    names = ", ".join(f'"{name}"' for name in columns)
    keys = list(table.primary_key.columns.keys())
    replaced = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in keys)
    cursor = connection.connection.cursor()
    cursor.execute(f'CREATE TEMPORARY TABLE IF NOT EXISTS incoming_{table.name} (LIKE "{table.name}")')
    cursor.execute(f"TRUNCATE incoming_{table.name}")
    with cursor.copy(f"COPY incoming_{table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
    cursor.execute(
        f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM incoming_{table.name} '  # noqa: S608
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {replaced}"
    )


def save_by_name(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, replacing those of the same workspace and name."""
    if not rows:
        return
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    replaced = {name: insert.excluded[name] for name in rows[0] if name not in ("workspace_id", "name")}
    statement = insert.on_conflict_do_update(index_elements=["workspace_id", "name"], set_=replaced)
    connection.execute(statement, rows)
