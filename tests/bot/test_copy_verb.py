"""`steward copy`: a line a table, the same figures there, and a clear no."""

import json
import re
from pathlib import Path

import pytest

from bot.alone import only_one_on
from bot.cli import main
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings
from tests.storage.test_copying import empty_postgresql as empty_postgresql

AT = "2026-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _measured(surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    rows = [f"checkout-availability,2026-11-24T0{hour}:30:00Z,99,100" for hour in range(10)]
    surroundings.write("counts.csv", "\n".join(["objective,start,good,total", *rows]))
    assert main(["apply", "all.yaml", "--at", AT]) == 0
    assert main(["import", "counts.csv", "--at", AT]) == 0
    capsys.readouterr()


def status(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["status", "--at", AT, "--json"]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("empty_postgresql")
def test_the_figures_are_the_same_there_and_back(
    surroundings: Surroundings, postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here = status(capsys)
    assert main(["copy", "--to", postgresql_url]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^measured_hour +10 rows  [0-9a-f]{32}$", said, re.MULTILINE)
    assert "Counts and checksums are the same in both databases." in said
    surroundings.set(DATABASE_URL=postgresql_url)
    assert status(capsys) == here
    assert main(["copy", "--to", "sqlite:///back.db", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == sum(table["rows"] for table in told["tables"])
    surroundings.set(DATABASE_URL="sqlite:///back.db")
    assert status(capsys) == here


def test_one_at_work_is_refused(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_one_on(f"sqlite:///{database}"):
        assert main(["copy", "--to", "sqlite:///new.db"]) == 1
    assert "Another `steward run` works on" in capsys.readouterr().err


def test_the_same_one_is_refused(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copy", "--to", f"sqlite:///{database.name}"]) == 1
    assert "Both are the same database" in capsys.readouterr().err


def test_no_address_is_refused_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copy", "--to", "postgresql://ana:s3cret@"]) == 1
    assert "s3cret" not in capsys.readouterr().err
    assert main(["copy", "--to", "nonsense"]) == 1
    assert "--to is no database address" in capsys.readouterr().err


def test_nothing_is_made_where_there_is_nothing_to_copy(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(DATABASE_URL="sqlite:///absent.db")
    assert main(["copy", "--to", "sqlite:///new.db"]) == 1
    assert "There is no database absent.db yet" in capsys.readouterr().err
    assert not (surroundings.folder / "new.db").exists()
