"""Copying a whole database into an empty one, SQLite or PostgreSQL either way: all of it, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import JSON, Connection, Engine, LargeBinary, Select, Table, Text, cast, func, select
from sqlalchemy.exc import DBAPIError

from domain.refusal import Refusal
from storage.engine import WRITES, open_engine
from storage.failures import said_plainly, unusable
from storage.migrate import check, migrate, revision_of
from storage.schema import Row

AT_ONCE = 5_000
"""Rows in memory at the same time."""
DIGEST = 16
SUMS = 1 << 8 * DIGEST
PLACE = "SELECT current_database(), inet_server_addr(), inet_server_port(), pg_postmaster_start_time()"
Convert = Callable[[Any], Any]


class Sum(NamedTuple):
    """A table's rows: how many, and a checksum in which their order makes no difference."""

    rows: int
    checksum: str


class Compared(NamedTuple):
    """One table in both databases."""

    table: str
    source: Sum
    target: Sum

    @property
    def same(self) -> bool:
        """Whether both have the same rows."""
        return self.source == self.target


@contextmanager
def opening(url: str) -> Iterator[Engine]:
    """An engine for the time of a copy."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def tables() -> Sequence[Table]:
    """All tables, each after those that it refers to."""
    return Row.metadata.sorted_tables


def rows_in(engine: Engine) -> int:
    """How many rows there are in all tables."""
    with engine.connect() as connection:
        return sum(_count(connection, table) for table in tables())


def copy(source: Engine, target: Engine, *, progress: Callable[[int], object] = int) -> list[Compared]:
    """Copy everything, compare both, and only then keep it. `progress` is told of rows, written and compared.

    Raises `Refusal` where the databases are not fit for it or, in the end, not the same.
    """
    _check_both(source, target)
    with _snapshot(source) as reading, _writing(target) as writing:
        _refuse_rows(writing)
        for table in tables():
            for rows in _batches(reading, table):
                _write(writing, table, rows)
                progress(len(rows))
        compared = list(compare(reading, writing, progress=progress))
        different = [one for one in compared if not one.same]
        if different:
            raise Refusal(
                f"The copy differs, so nothing of it was kept: {', '.join(starmap(_said, different))}."
            )
        _set_sequences(writing)
    return compared


def compare(
    source: Connection, target: Connection, *, progress: Callable[[int], object] = int
) -> Iterator[Compared]:
    """Each table in both databases."""
    for table in tables():
        yield Compared(table.name, _sum(source, table, progress), _sum(target, table, int))


def refuse_same(source: Engine, target: Engine) -> None:
    """Raises `Refusal` where both are one database."""
    if source.dialect.name == target.dialect.name and _place(source) == _place(target):
        raise Refusal("Both are the same database. Give another one with --to.")


def _check_both(source: Engine, target: Engine) -> None:
    check(source)
    refuse_same(source, target)
    found = revision_of(target)
    if found is None:
        migrate(target)
    check(target)


def _place(engine: Engine) -> Any:
    if engine.dialect.name == "sqlite":
        return Path(engine.url.database or "").resolve()
    with engine.connect() as connection:
        return tuple(connection.exec_driver_sql(PLACE).one())


def _refuse_rows(connection: Connection) -> None:
    for table in tables():
        if _count(connection, table):
            raise Refusal(
                f"The database to copy to is not empty: it has rows of {table.name}. Nothing was changed. "
                "Give a new one with --to."
            )


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database, however long it takes."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """One transaction. What the other database does not take is a refusal, and nothing is kept."""
    dbapi: Any = engine.dialect.loaded_dbapi
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        try:
            yield connection
        except (DBAPIError, dbapi.Error) as error:
            if unusable(error):
                raise said_plainly(error) from None
            said = str(getattr(error, "orig", error)).splitlines()[0]
            raise Refusal(f"The other database does not take a row, so nothing was kept: {said}.") from None


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    """The table's rows. JSON is its text, word for word: a null in it is not the same as nothing."""
    streaming = {"yield_per": AT_ONCE}
    yield from connection.execute(_query(table), execution_options=streaming).partitions()


def _query(table: Table) -> Select[Any]:
    columns = [
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.columns
    ]
    return select(*columns)


def _write(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    converts = _converts(connection, table)
    if any(converts):
        rows = [tuple(map(_converted, converts, row)) for row in rows]
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "postgresql":
        _copy_in(connection, f'COPY "{table.name}" ({names}) FROM STDIN', rows)
        return
    places = ", ".join("?" * len(table.columns))
    inserted = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608
    connection.exec_driver_sql(inserted, [tuple(row) for row in rows])


def _copy_in(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)


def _converts(connection: Connection, table: Table) -> list[Convert | None]:
    """For each column what makes of its value what the driver takes."""
    return [
        None
        if isinstance(column.type, JSON | LargeBinary)
        else column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for column in table.columns
    ]


def _converted(convert: Convert | None, value: Any) -> Any:
    return value if convert is None or value is None else convert(value)


def _sum(connection: Connection, table: Table, progress: Callable[[int], object]) -> Sum:
    count, summed = 0, 0
    for rows in _batches(connection, table):
        for row in rows:
            # Python writes values of either database alike: instants in UTC, whole numbers, bytes.
            written = repr(tuple(row)).encode()
            summed += int.from_bytes(blake2b(written, digest_size=DIGEST).digest())
        count += len(rows)
        progress(len(rows))
    return Sum(count, f"{summed % SUMS:0{2 * DIGEST}x}")


def _said(table: str, source: Sum, target: Sum) -> str:
    if source.rows != target.rows:
        return f"{table} has {source.rows:,} rows here and {target.rows:,} there"
    return f"{table} has other rows"


def _set_sequences(connection: Connection) -> None:
    """PostgreSQL counts its keys by itself, and was not asked for those that were copied."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        if table.primary_key.columns.keys() == ["id"]:
            largest = connection.scalar(select(func.max(table.c.id)))
            if largest is not None:
                sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
                connection.execute(select(func.setval(sequence, largest)))


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
