"""What Steward finds around it, and Steward answering on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.surroundings import Surroundings, surroundings_in


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[Surroundings]:
    """An empty folder to work in, and an environment without any setting."""
    with surroundings_in(tmp_path) as found:
        yield found


@pytest.fixture
def database(surroundings: Surroundings, migrated_sqlite: Path) -> Path:
    """A migrated SQLite file, set as DATABASE_URL."""
    path = surroundings.folder / "steward.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    surroundings.set(DATABASE_URL=f"sqlite:///{path}")
    return path
