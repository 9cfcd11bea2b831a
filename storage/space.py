"""Giving space back that deleted rows have left."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from domain.refusal import Unreachable
from storage.failures import said_plainly, unusable

SIZE_OF_POSTGRESQL = "SELECT pg_database_size(current_database())"


def size_of(engine: Engine) -> int:
    """The bytes that the database takes."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        files = [path, path.with_name(f"{path.name}-wal")]
        return sum(file.stat().st_size for file in files if file.exists())
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(SIZE_OF_POSTGRESQL).scalar_one())


def give_back(engine: Engine) -> None:
    """Rewrite SQLite's file without what was deleted, so that nothing of it is left there; PostgreSQL marks it free.

    Raises `Unreachable` where a process keeps SQLite's file in use.
    """
    with _outside_of_transactions(engine) as cursor:
        cursor.execute("VACUUM")
        if engine.dialect.name == "sqlite":
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise Unreachable(
                    "The deleted rows may still be in the file: another process reads it. "
                    "Stop Steward, then try again."
                )


@contextmanager
def _outside_of_transactions(engine: Engine) -> Iterator[Any]:
    """A cursor of the driver."""
    raw = engine.raw_connection()
    connection: Any = raw.driver_connection
    if engine.dialect.name == "postgresql":
        connection.autocommit = True
    cursor = connection.cursor()
    try:
        yield cursor
    except Exception as error:
        if not unusable(error):
            raise
        raise said_plainly(error) from error
    finally:
        cursor.close()
        raw.invalidate()
