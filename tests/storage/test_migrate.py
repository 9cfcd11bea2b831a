"""Migrations lead to the schema of the code, and a newer database is refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from domain.refusal import Refusal
from storage.migrate import HEAD, check, migrate
from storage.schema import Row


def test_migrations_lead_to_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []


def test_head_is_the_newest_migration() -> None:
    folder = Path(__file__).parents[2] / "storage" / "migrations" / "versions"
    assert max(path.name[:4] for path in folder.glob("[0-9]*.py")) == HEAD


def test_a_second_run_changes_nothing(engine: Engine) -> None:
    assert not migrate(engine)
    check(engine)


@pytest.mark.parametrize("action", [migrate, check])
def test_a_newer_database_is_refused(engine: Engine, action: object) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refusal, match="newer"):
        (migrate if action is migrate else check)(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
