"""Bringing a database's tables up to date."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from domain.refusal import Refusal
from storage.engine import WRITES

HEAD = "0006"
"""The newest migration; a test holds it to storage/migrations/."""


def revision_of(engine: Engine) -> str | None:
    """The migration that the database is at; None for an empty one."""
    with engine.connect() as connection, connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def check(engine: Engine) -> None:
    """Raises `Refusal` unless the database's tables are those of this program; makes no file."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path and not Path(path).exists():
        raise Refusal(f"There is no database {path} yet. Run `steward migrate` first.")
    found = revision_of(engine)
    if found is not None and found > HEAD:
        raise Refusal(_newer(found))
    if found != HEAD:
        raise Refusal("The database is not up to date. Run `steward migrate` first.")


def migrate(engine: Engine) -> bool:
    """Bring the tables up to date; False where they were. A database newer than the program is refused."""
    found = revision_of(engine)
    if found == HEAD:
        return False
    if found is not None and found > HEAD:
        raise Refusal(_newer(found))
    _upgrade(engine)
    return True


def _newer(found: str) -> str:
    return f"The database is newer (migration {found}) than this Steward ({HEAD}). Install the newer Steward."


def _upgrade(engine: Engine) -> None:
    # Alembic takes a quarter of a second to import: a start without a migration does without it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
