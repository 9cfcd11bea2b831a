"""`steward prune`: says what it will do and did; what is left is true."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = "2024-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _measured(surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A minute each hour of a day of 2022, and of the last hours."""
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    starts = [f"2022-11-24T{hour:02}:00:00Z" for hour in range(24)] + [
        f"2024-11-24T{hour:02}:00:00Z" for hour in range(6, 10)
    ]
    rows = [f"checkout-availability,{start},99,100" for start in starts]
    surroundings.write("counts.csv", "\n".join(["objective,start,good,total", *rows]))
    assert main(["apply", "all.yaml", "--at", AT]) == 0
    assert main(["import", "counts.csv", "--at", AT]) == 0
    capsys.readouterr()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_a_dry_run_says_what_a_run_does(capsys: pytest.CaptureFixture[str]) -> None:
    before = told(capsys, "status", "--at", AT, "--json")
    dry = json.loads(told(capsys, "prune", "--at", AT, "--json", "--dry-run"))
    assert (dry["hours"], dry["dry_run"]) == (24, True)
    assert "Would remove 24 hours of measured minutes" in told(capsys, "prune", "--at", AT, "--dry-run")
    done = json.loads(told(capsys, "prune", "--at", AT, "--json"))
    assert done == dry | {"dry_run": False}
    assert told(capsys, "prune", "--at", AT) == "Nothing is old enough to go.\n"
    assert told(capsys, "status", "--at", AT, "--json") == before


def test_the_space_is_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, "prune", "--at", AT, "--json", "--vacuum"))["hours"] == 24


def test_zero_days_are_for_ever(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(STEWARD_KEEP_MINUTES_DAYS="0")
    assert told(capsys, "prune", "--at", AT) == "Nothing is old enough to go.\n"


def test_the_future_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prune", "--at", "2199-01-01T00:00:00Z"]) == 1
    assert "what goes is gone" in capsys.readouterr().err


def test_an_import_of_what_was_pruned_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "prune", "--at", AT)
    assert main(["import", "counts.csv", "--at", AT]) == 1
    said = capsys.readouterr().err
    assert "The minutes of `checkout-availability` before" in said
    assert "2022-11-24T00:00Z come too late" in said


def test_a_figure_of_then_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "prune", "--at", AT)
    assert main(["status", "--at", "2022-11-24T12:00:00Z"]) == 1
    assert "are no longer kept" in capsys.readouterr().err
