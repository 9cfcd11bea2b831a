"""Opening a database: SQLite as it must be set up to be safe and fast, PostgreSQL with patience that has an end."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from domain.refusal import Refusal, Unreachable
from storage.failures import translated

LOCK_WAIT_SECONDS = 30
WRITES = "steward_writes"
"""Execution option of a connection that will write: SQLite then takes its write lock at once."""

POOL = {"pool_size": 16, "max_overflow": 9, "pool_timeout": 10, "pool_use_lifo": True}
"""At most 25 connections a process: its commands, intake, metrics, readiness, jobs and delivery."""

PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A machine that is gone says nothing: without these a lost one would be waited for a quarter of an hour."""

POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")


def open_engine(url: str) -> Engine:
    """An engine for `url`; nothing is connected yet. Raises `Refusal` for a database Steward cannot use.

    What fails later because the database itself does is raised as `Unreachable`, wherever it shows.
    """
    parsed = _parsed(url)
    if parsed.drivername in POSTGRESQL:
        waits = {name: value for name, value in PATIENCE.items() if name not in parsed.query}
        address = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=True, connect_args=waits, **POOL)
    else:
        engine = create_engine(parsed, connect_args={"timeout": LOCK_WAIT_SECONDS}, **POOL)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _File(engine)
    event.listen(engine, "handle_error", translated, retval=True)
    return engine


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Refusal("Setting DATABASE_URL is no database address.") from None
    if parsed.drivername not in (*POSTGRESQL, "sqlite"):
        raise Refusal(f"Steward runs on SQLite and PostgreSQL, not on {parsed.drivername}: see DATABASE_URL.")
    if parsed.drivername == "sqlite" and (parsed.query or parsed.host):
        raise Refusal("Setting DATABASE_URL: of SQLite only the file is set, as in sqlite:///steward.db.")
    return parsed


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
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Never waits for anybody, and each question begins so: SQLAlchemy's part in it would be the larger one.
        connection.connection.cursor().execute("BEGIN")


class _File:
    """Sees to it that connections stay with one file: SQLite would go on with one that was removed, and lose it all."""

    def __init__(self, engine: Engine) -> None:
        self._path = ""
        event.listen(engine, "do_connect", self._refuse_missing)
        event.listen(engine, "connect", self._note)
        event.listen(engine, "checkout", self._compare)

    def _refuse_missing(self, *_: Any) -> None:
        # SQLite would make an empty one, and take what was written last for a part of it.
        if self._path and not _identity(self._path):
            raise Unreachable(
                f"The database {Path(self._path).name} was removed while it was used. Put it back."
            )

    def _note(self, connection: sqlite3.Connection, record: Any) -> None:
        self._path = connection.execute("PRAGMA database_list").fetchone()[2]
        record.info["file"] = _identity(self._path)

    def _compare(self, _connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        if record.info["file"] != _identity(self._path):
            raise DisconnectionError("the file was removed or replaced")


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
