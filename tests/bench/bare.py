"""The baseline of writing: the bare sqlite3 driver, set up as Steward sets it up, and a small table."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

Rows = Iterable[tuple[int, int, int, int]]


@contextmanager
def bare_table(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file with one table of objective, minute, good and total, without any key."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute(
        "CREATE TABLE measured (objective INTEGER, minute INTEGER, good INTEGER, total INTEGER)"
    )
    yield connection
    connection.close()


def insert(connection: sqlite3.Connection, rows: Rows, *, at_once: int) -> None:
    """All rows in one transaction, by `executemany` of so many at once."""
    remaining = iter(rows)
    connection.execute("BEGIN IMMEDIATE")
    while some := list(islice(remaining, at_once)):
        connection.executemany("INSERT INTO measured VALUES (?, ?, ?, ?)", some)
    connection.execute("COMMIT")
