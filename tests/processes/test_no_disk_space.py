"""A full disk: one clear line, and nothing half written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.processes.steward import assert_no_disk_space, steward

pytestmark = [pytest.mark.slow]


def counts(folder: Path) -> Path:
    """A file of 90 days of minutes: more than the tables of an empty database take."""
    rows = [
        f"checkout-availability,2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z,{(day * hour * minute) % 977},1000"
        for month in (8, 9, 10)
        for day in range(1, 31)
        for hour in range(24)
        for minute in range(60)
    ]
    path = folder / "counts.csv"
    path.write_text("\n".join(["objective,start,good,total", *rows]))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An objective without measurements."""
    (tmp_path / "all.yaml").write_text(file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    for words in (["migrate"], ["apply", "all.yaml"]):
        assert steward(*words, folder=tmp_path).returncode == 0
    return tmp_path


def rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "sandbox.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        measured = [name for name in tables if name.startswith(("measured", "counted"))]
        assert measured
        return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in measured)  # noqa: S608


def test_an_import_is_all_or_nothing(folder: Path) -> None:
    counts(folder)
    taken = (folder / "sandbox.db").stat().st_size
    assert_no_disk_space(folder, "import", "counts.csv", size=taken + 20_000)
    assert rows(folder) == 0
    assert steward("import", "counts.csv", folder=folder).returncode == 0
    assert rows(folder) > 0


@pytest.mark.parametrize(
    "size", [pytest.param(60_000, id="for the tables"), pytest.param(300_000, id="for Slack's side")]
)
def test_a_start_says_so(tmp_path: Path, size: int) -> None:
    assert_no_disk_space(tmp_path, "run", size=size)
