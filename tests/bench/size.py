"""Bytes on disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.seeding import ledger_size, seeded_store

OBJECTIVES = 100
DAYS = 60


def run(folder: Path) -> Iterator[str]:
    """The whole file, both layers, all tables and indexes, after VACUUM, for each measured minute."""
    path = folder / "steward.db"
    with seeded_store(path, OBJECTIVES, DAYS):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
    each = path.stat().st_size / ledger_size(OBJECTIVES, DAYS)
    yield f"storage, {OBJECTIVES} objectives × {DAYS} days: {each:.2f} bytes a measured minute (wanted: at most 5)"
