"""`steward status`: for people, and for machines exactly as documented."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = "2026-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _provider(surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two objectives; of the first ten minutes were measured, with 1 of 1,000 events failed."""
    surroundings.write(
        "all.yaml",
        file_of(TEAM, SERVICE, slo("checkout-availability", "0.999"), slo("checkout-latency", "0.99")),
    )
    rows = [
        f"checkout-availability,2026-11-24T11:{minute}:00Z,{99 + (minute > 50)},100"
        for minute in range(50, 60)
    ]
    surroundings.write("counts.csv", "\n".join(["objective,start,good,total", *rows]))
    assert main(["apply", "all.yaml", "--at", AT]) == 0
    assert main(["import", "counts.csv", "--at", AT]) == 0
    capsys.readouterr()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["status", "--json", "--at", AT, *words]) == 0
    return json.loads(capsys.readouterr().out)


FIGURE = {"good": 999, "total": 1000, "attainment": "0.999", "left_ratio": "0", "state": "at_risk"}


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys)
    assert list(found) == ["at", "objectives"]
    assert found["at"] == AT
    availability, latency = found["objectives"]
    expected = {
        "objective": "checkout-availability",
        "service": "checkout",
        "agreement": None,
        "owner": "payments",
        "terms_version": 1,
        "target": "0.999",
        "method": "Occurrences",
        "window": {"kind": "rolling", "start": "2026-10-25T12:00:00Z", "end": AT},
        "good": 999,
        "total": 1000,
        "attainment": "0.999",
        "coverage": "1",
        "excluded_minutes": 0,
        "budget": {"unit": "events", "allowed": "1", "spent": "1", "left_ratio": "0"},
        "burn_rates": {"5m": "0", "30m": "1", "1h": "1", "2h": "1", "6h": "1", "1d": "1", "3d": "1"},
        "state": "at_risk",
        "state_reason": "under 25% of the budget is left",
        "state_until": availability["state_until"],
        "contested": False,
        "acknowledged": None,
        "silent": False,
        "figures": dict.fromkeys(("measured", "agreement", "owner", "if_upheld"), FIGURE),
        "disputes": [],
        "exclusions": [],
    }
    assert availability == expected
    assert list(availability) == list(expected)
    assert (latency["attainment"], latency["state"], latency["silent"]) == (None, "no_data", True)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("checkout-availability", 1),
        ("checkout-av", 1),
        ("objective:checkout-latency", 1),
        ("service:checkout", 2),
        ("team:payments", 2),
        ("payments", 2),
    ],
)
def test_names(name: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(told(capsys, name)["objectives"]) == count


@pytest.mark.parametrize("name", ["chekout-availability", "nonsense", "team:nobody", ""])
def test_a_name_that_nothing_has(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", name, "--at", AT]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steward: ")
    assert err.count("\n") == 1


def test_did_you_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "chekout-availability"]) == 1
    assert "Did you mean `checkout-availability`" in capsys.readouterr().err


def test_at_looks_back(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "checkout-availability", "--at", "2026-11-24T11:55:00Z")["objectives"][0]
    assert (found["good"], found["total"]) == (499, 500)


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--at", AT]) == 0
    said = capsys.readouterr().out
    assert "checkout-availability" in said
    assert "99.9" in said


def test_workspaces(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--workspace", "default", "--at", AT]) == 0
    capsys.readouterr()
    assert main(["status", "--workspace", "defualt"]) == 1
    assert "Did you mean `default`?" in capsys.readouterr().err
