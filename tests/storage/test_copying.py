"""Copying from one real database to another, and back: all of it, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, null, select, text, update

from domain.refusal import Refusal
from storage.copying import compare, copy, rows_in, tables
from storage.engine import open_engine
from storage.migrate import HEAD, migrate, revision_of
from storage.schema import DigestRow, NoticeRow, Row, WorkspaceRow, table_of
from storage.store import Store
from tests.storage.filled import fill, fill_hours

NOTICE = table_of(NoticeRow)
DIGEST = table_of(DigestRow)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    """A file that is not there yet."""
    engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def empty_postgresql(postgresql_url: str) -> Iterator[Engine]:
    engine = open_engine(postgresql_url)
    names = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield engine
    engine.dispose()


def test_there_and_back(sqlite_engine: Engine, empty_postgresql: Engine, other: Engine) -> None:
    fill(sqlite_engine)
    with sqlite_engine.begin() as connection:
        # JSON's null and nothing at all are not the same: only the first is looked for by `is_not(null())`.
        connection.execute(update(DIGEST).where(DIGEST.c.team == "x1").values(told=null()))
        connection.execute(update(DIGEST).where(DIGEST.c.team == "x2").values(told=None))
    there = copy(sqlite_engine, empty_postgresql)
    back = copy(empty_postgresql, other)
    assert [one.table for one in there] == [table.name for table in tables()]
    assert all(one.source.rows == 3 for one in there)
    assert [one.target for one in there] == [one.target for one in back]
    for table in tables():
        keys = list(table.primary_key.columns)
        rows = []
        for engine in (sqlite_engine, empty_postgresql, other):
            with engine.connect() as connection:
                rows.append(connection.execute(select(table).order_by(*keys)).all())
        assert rows[0] == rows[1] == rows[2]
        with sqlite_engine.connect() as old, other.connect() as new:
            raw = f'SELECT * FROM "{table.name}" ORDER BY {", ".join(key.name for key in keys)}'  # noqa: S608
            assert old.exec_driver_sql(raw).all() == new.exec_driver_sql(raw).all()


def test_keys_go_on_after_those_that_were_copied(sqlite_engine: Engine, empty_postgresql: Engine) -> None:
    fill(sqlite_engine)
    copy(sqlite_engine, empty_postgresql)
    store = Store(empty_postgresql)
    store.ensure_workspace("later")
    assert [one.id for one in store.workspaces() if one.name == "later"] == [4]


def test_progress_is_told_of_each_row_twice(sqlite_engine: Engine, other: Engine) -> None:
    fill(sqlite_engine)
    told: list[int] = []
    copy(sqlite_engine, other, progress=told.append)
    assert sum(told) == 2 * rows_in(sqlite_engine) == 2 * 3 * len(tables())


def test_a_new_file_is_migrated_first(sqlite_engine: Engine, other: Engine) -> None:
    copy(sqlite_engine, other)
    assert revision_of(other) == HEAD


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        pytest.param("UPDATE notice SET text = text || ' ' WHERE id = 2", "notice", id="a letter more"),
        pytest.param(
            "UPDATE measured_minute SET good = good + 1 WHERE minute = 1", "measured_minute", id="one more"
        ),
        pytest.param("DELETE FROM heard WHERE delivery LIKE '%3'", "heard", id="a row less"),
        pytest.param("UPDATE digest SET told = 'null' WHERE told IS NULL", "digest", id="null for nothing"),
        pytest.param(
            "UPDATE forecast SET probability = probability + 1e-15", "forecast", id="a float's last bit"
        ),
        pytest.param("UPDATE forecast SET is_thin = NOT is_thin", "forecast", id="the other truth value"),
        pytest.param(
            "UPDATE forecast SET breached = 0 WHERE breached IS NULL", "forecast", id="no for nothing"
        ),
        pytest.param("UPDATE episode SET resolved_at = NULL", "episode", id="nothing for an instant"),
        pytest.param("UPDATE terms SET target = '2/1000' WHERE id = 1", "terms", id="another ratio"),
    ],
)
def test_what_differs_is_found(sqlite_engine: Engine, other: Engine, damage: str, table: str) -> None:
    fill(sqlite_engine)
    with sqlite_engine.begin() as connection:
        connection.execute(update(DIGEST).values(told=null()))
    copy(sqlite_engine, other)
    with other.begin() as connection:
        connection.exec_driver_sql(damage)
    with sqlite_engine.connect() as source, other.connect() as target:
        assert [one.table for one in compare(source, target) if not one.same] == [table]


def test_order_makes_no_difference_and_exchanged_values_do(sqlite_engine: Engine, other: Engine) -> None:
    fill(sqlite_engine)
    copy(sqlite_engine, other)
    with other.begin() as connection:
        connection.exec_driver_sql("UPDATE notice SET id = id + 10")
        connection.exec_driver_sql("UPDATE notice SET id = 15 - id")
    with sqlite_engine.connect() as source, other.connect() as target:
        assert [one.table for one in compare(source, target) if not one.same] == ["notice"]


def test_a_copy_that_differs_is_not_kept(sqlite_engine: Engine, other: Engine) -> None:
    fill(sqlite_engine)
    migrate(other)
    with other.begin() as connection:
        # A database that alters what it is given.
        connection.exec_driver_sql(
            "CREATE TRIGGER altering AFTER INSERT ON service BEGIN "
            "UPDATE service SET description = 'else' WHERE id = new.id; END"
        )
    with pytest.raises(Refusal, match="so nothing of it was kept: service has other rows"):
        copy(sqlite_engine, other)
    assert rows_in(other) == 0


def test_what_the_other_database_does_not_take_is_a_refusal(
    sqlite_engine: Engine, empty_postgresql: Engine
) -> None:
    fill(sqlite_engine)
    with sqlite_engine.begin() as connection:
        connection.execute(update(NOTICE).values(text="no\0byte"))
    with pytest.raises(Refusal, match="does not take a row, so nothing was kept"):
        copy(sqlite_engine, empty_postgresql)
    assert rows_in(empty_postgresql) == 0


def test_a_database_with_rows_is_refused(sqlite_engine: Engine, other: Engine) -> None:
    migrate(other)
    Store(other).ensure_workspace()
    with pytest.raises(Refusal, match="not empty: it has rows of workspace"):
        copy(sqlite_engine, other)


def test_the_same_database_is_refused(engine: Engine) -> None:
    again = open_engine(engine.url.render_as_string(hide_password=False))
    with pytest.raises(Refusal, match="the same database"):
        copy(engine, again)
    again.dispose()


@pytest.mark.parametrize(
    ("revision", "said"),
    [pytest.param("9999", "newer", id="newer"), pytest.param("0001", "not up to date", id="older")],
)
@pytest.mark.parametrize("which", ["source", "target"])
def test_another_schema_is_refused(
    sqlite_engine: Engine, other: Engine, which: str, revision: str, said: str
) -> None:
    migrate(other)
    engine = sqlite_engine if which == "source" else other
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608
    with pytest.raises(Refusal, match=said):
        copy(sqlite_engine, other)


def test_what_is_written_meanwhile_is_not_half_copied(sqlite_engine: Engine, other: Engine) -> None:
    fill(sqlite_engine)

    def also(_rows: int) -> None:
        with sqlite_engine.begin() as connection:
            number = connection.scalar(select(func.count()).select_from(table_of(WorkspaceRow)))
            connection.execute(
                insert(table_of(WorkspaceRow)).values(
                    name=f"w{number}", sandbox=False, sealed_until=0, definitions_version=0
                )
            )

    assert all(one.source.rows == 3 for one in copy(sqlite_engine, other, progress=also))


def test_many_rows_are_copied_by_batches(sqlite_engine: Engine, empty_postgresql: Engine) -> None:
    fill_hours(sqlite_engine, objectives=4, hours=3_000)
    compared = {one.table: one for one in copy(sqlite_engine, empty_postgresql)}
    assert compared["counted_hour"].target.rows == compared["measured_hour"].target.rows == 12_000
