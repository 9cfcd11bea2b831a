"""Writing many rows at once, on either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

COPY_FROM = 2_000
"""Rows from which PostgreSQL's COPY pays for its temporary table."""


def upsert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, replacing those with the same primary key.

    Rows have all columns of the table in its order, as the driver takes them: SQLAlchemy's own handling of
    parameters would take four times as long as the database.
    """
    if not rows:
        return
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(connection, table, names, rows)
        return
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    values = f"VALUES ({', '.join([place] * len(names))})"
    connection.exec_driver_sql(_insert(table, names, values), list(rows))


def _copy(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    incoming = f"incoming_{table.name}"
    cursor = connection.connection.cursor()
    cursor.execute(f'CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} (LIKE "{table.name}")')
    cursor.execute(f"TRUNCATE {incoming}")
    with cursor.copy(f"COPY {incoming} ({', '.join(names)}) FROM STDIN") as copy:
        # The keys come first; of rows with the same ones the last counts, as when they are inserted one by one.
        for row in {row[: len(table.primary_key)]: row for row in rows}.values():
            copy.write_row(row)
    selected = f"SELECT {', '.join(names)} FROM {incoming}"  # noqa: S608
    cursor.execute(_insert(table, names, selected))


def _insert(table: Table, names: Sequence[str], values: str) -> str:
    keys = list(table.primary_key.columns.keys())
    replaced = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return (
        f'INSERT INTO "{table.name}" ({", ".join(names)}) {values} '
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {replaced}"
    )


def save_by_name(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, replacing those of the same workspace and name."""
    save_by_key(connection, table, rows, key="name")


def save_by_key(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str) -> None:
    """Insert `rows`, replacing those of the same workspace and `key`."""
    if not rows:
        return
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    replaced = {name: insert.excluded[name] for name in rows[0] if name not in ("workspace_id", key)}
    statement = insert.on_conflict_do_update(index_elements=["workspace_id", key], set_=replaced)
    connection.execute(statement, rows)
