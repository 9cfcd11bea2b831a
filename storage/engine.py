"""Opening a database: SQLite as it must be set up to be safe and fast, PostgreSQL as it comes."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from domain.refusal import Refusal

LOCK_WAIT_SECONDS = 30
WRITES = "steward_writes"
"""Execution option of a connection that will write: SQLite then takes its write lock at once."""


def open_engine(url: str) -> Engine:
    """An engine for `url`; nothing is connected yet. Raises `Refusal` for a database Steward cannot use."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if parsed.drivername.startswith("postgresql+psycopg"):
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.drivername != "sqlite":
        raise Refusal(f"Steward runs on SQLite and PostgreSQL, not on {parsed.drivername}: see DATABASE_URL.")
    engine = create_engine(parsed, connect_args={"timeout": LOCK_WAIT_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions by itself, and late: two people could both acknowledge one thing.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -32000",
        "temp_store = MEMORY",
        # Without it every page read is copied: at 5,000 objectives a standing takes a fifth longer.
        "mmap_size = 1073741824",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
