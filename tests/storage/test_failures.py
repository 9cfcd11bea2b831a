"""A database that fails: one sentence that an operator can act on, from wherever it failed."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from domain.refusal import Refusal, Unreachable
from storage.engine import open_engine
from storage.failures import said_plainly, unusable
from storage.migrate import migrate
from storage.store import Store


@pytest.fixture
def postgresql(postgresql_url: str) -> Store:
    store = Store(open_engine(postgresql_url))
    store.ensure_workspace()
    return store


def end_all_others(engine: Engine) -> None:
    """As a restart of PostgreSQL does to its clients."""
    ending = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    other = create_engine(engine.url)
    with other.begin() as connection:
        connection.execute(ending)
    other.dispose()


def test_a_connection_that_is_lost_in_the_midst(postgresql: Store) -> None:
    def read() -> None:
        with postgresql.read() as tx:
            tx.teams.all()
            end_all_others(postgresql.engine)
            tx.services.all()

    with pytest.raises(Unreachable, match="being stopped or started"):
        read()
    with postgresql.read() as tx:
        assert tx.teams.all() == []
    postgresql.engine.dispose()


def test_who_goes_on_after_the_loss_is_told_the_same(postgresql: Store) -> None:
    def write() -> None:
        with postgresql.transaction() as tx:
            end_all_others(postgresql.engine)
            with pytest.raises(Unreachable):
                tx.teams.all()
            tx.services.all()

    with pytest.raises(Unreachable):
        write()
    postgresql.engine.dispose()


def test_a_connection_that_is_lost_before_the_commit(postgresql: Store) -> None:
    with pytest.raises(Unreachable), postgresql.transaction():
        end_all_others(postgresql.engine)
    postgresql.engine.dispose()


def test_a_connection_that_is_lost_while_rows_are_copied(postgresql: Store) -> None:
    def copy() -> None:
        with postgresql.transaction() as tx:
            end_all_others(postgresql.engine)
            tx.connection.connection.cursor().execute("SELECT 1")

    with pytest.raises(Unreachable):
        copy()
    postgresql.engine.dispose()


def test_an_idle_connection_that_was_lost_is_not_noticed(postgresql: Store) -> None:
    end_all_others(postgresql.engine)
    with postgresql.read() as tx:
        assert tx.teams.all() == []
    postgresql.engine.dispose()


def test_a_wrong_password() -> None:
    said = said_plainly(psycopg.OperationalError('FATAL: password authentication failed for user "steward"'))
    assert str(said) == "PostgreSQL refuses the user or the password. Check DATABASE_URL."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (psycopg.OperationalError("connection refused"), "nobody listens there"),
        (
            psycopg.OperationalError('socket "/run/.s.PGSQL.5432": No such file or directory'),
            "nobody listens",
        ),
        (psycopg.OperationalError('FATAL: database "x" does not exist'), "no database of that name"),
        (psycopg.errors.TooManyConnections("FATAL: sorry, too many clients already"), "max_connections"),
        (psycopg.errors.DiskFull("could not extend file: No space left on device"), "disk space"),
        (psycopg.InterfaceError("the connection is closed"), "does not answer"),
        (
            psycopg.errors.ReadOnlySqlTransaction("cannot execute UPDATE in a read-only transaction"),
            "standby",
        ),
        (psycopg.OperationalError("failed to resolve host 'db'"), "host is not known"),
        (sqlite3.OperationalError("database is locked"), "keeps the database locked"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "cannot be opened or written"),
        (NoConnectionFree("QueuePool limit"), "too slow"),
        (PendingRollbackError("rolled back"), "does not answer"),
    ],
)
def test_what_is_said(error: Exception, said: str) -> None:
    assert unusable(error)
    assert said in str(said_plainly(error))


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.UniqueViolation("duplicate key"),
        psycopg.ProgrammingError("syntax"),
        sqlite3.IntegrityError("UNIQUE"),
        sqlite3.InterfaceError("bad parameter"),
        ValueError("disk I/O error"),
    ],
)
def test_mistakes_are_no_failures(error: Exception) -> None:
    assert not unusable(error)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+nosuch://u:hidden@h/d",
        "postgresql+psycopg2://u:hidden@h/d",
        "postgresql+psycopg_async://u:hidden@h/d",
        "postgresql://u:hidden@127.0.0.1:1/d?nosuch=hidden",
        "postgresql://u:hidden@127.0.0.1:1/d?connect_timeout=hidden",
        "postgresql://u:hidden@127.0.0.1:1/d?sslmode=hidden",
        "postgresql://u:hidden@h:5432,h2:5432/d",
        "postgresql://u:hidden@h:port/d",
        "sqlite:///x.db?timeout=hidden",
        "sqlite://hidden/x.db",
        "hidden",
    ],
)
def test_a_malformed_address_is_one_line_without_its_password(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        Store(open_engine(url)).workspaces()
    said = str(refused.value)
    assert "DATABASE_URL" in said
    assert "hidden" not in said
    assert "\n" not in said


def test_waits_that_were_set_are_kept() -> None:
    engine = open_engine("postgresql://u@127.0.0.1:1/d?connect_timeout=2")
    assert engine.url.query["connect_timeout"] == "2"


def test_a_file_that_is_removed_while_it_is_used(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "steward.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(Unreachable, match=r"steward\.db was removed while it was used"):
        sqlite_store.workspaces()
    (tmp_path / "elsewhere.db").rename(tmp_path / "steward.db")
    assert sqlite_store.workspaces()


def test_a_file_that_is_replaced_while_it_is_used(sqlite_store: Store, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path}/other.db")
    migrate(other)
    Store(other).ensure_workspace("restored")
    other.dispose()
    assert [one.name for one in sqlite_store.workspaces()] == ["default"]
    (tmp_path / "steward.db-wal").unlink(missing_ok=True)
    (tmp_path / "other.db").rename(tmp_path / "steward.db")
    assert [one.name for one in sqlite_store.workspaces()] == ["restored"]
