"""Two people apply different files at the same moment: one of them waits, and never half of each is there."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.processes.steward import DEADLINE, running, steward

pytestmark = [pytest.mark.slow]

DATABASE = "two_applies"
TARGETS = {"one.yaml": "0.99", "other.yaml": "0.95"}
NAMES = [f"objective-{number:03}" for number in range(80)]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'steward.db'}"
        return
    url = request.getfixturevalue("postgresql_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    yield make_url(url).set(database=DATABASE).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def targets(folder: Path, database: str) -> list[str]:
    done = steward("status", "--json", folder=folder, DATABASE_URL=database)
    return [one["target"] for one in json.loads(done.stdout)["objectives"]]


def test_two_applies_at_once(tmp_path: Path, database: str) -> None:
    variables = {"DATABASE_URL": database}
    assert steward("migrate", folder=tmp_path, **variables).returncode == 0
    for name, target in TARGETS.items():
        (tmp_path / name).write_text(file_of(TEAM, SERVICE, *(slo(each, target) for each in NAMES)))
    with ExitStack() as stack:
        both = [
            stack.enter_context(running("apply", name, folder=tmp_path, variables=variables))
            for name in TARGETS
        ]
        assert [each.process.wait(DEADLINE) for each in both] == [0, 0]
    found = targets(tmp_path, database)
    assert len(found) == len(NAMES)
    assert len(set(found)) == 1
