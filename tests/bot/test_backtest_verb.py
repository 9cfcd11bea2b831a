"""`steward backtest`: the exact JSON, what it refuses, and that it changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

NAME = "checkout-availability"
AT = "2026-11-24T12:00:00Z"
OUTAGES = ["2026-09-10T10:00:00Z,2026-09-10T10:40:00Z", "2026-10-05T03:00:00Z,2026-10-05T05:00:00Z"]


@pytest.fixture(autouse=True)
def _history(surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three months in which a probe a minute failed twice: 40 minutes and two hours."""
    surroundings.write(
        "all.yaml", file_of(TEAM, SERVICE, slo(NAME, "0.999"), slo("checkout-latency", "0.99"))
    )
    rows = [f"{NAME},{outage}" for outage in OUTAGES]
    surroundings.write("outages.csv", "\n".join(["objective,start,end", *rows]))
    assert main(["apply", "all.yaml", "--at", AT]) == 0
    span = ["--from", "2026-08-01T00:00:00Z", "--to", "2026-11-01T00:00:00Z"]
    assert main(["import", "--outages", "outages.csv", *span, "--at", AT]) == 0
    capsys.readouterr()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["backtest", NAME, "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys)
    assert list(found) == ["objective", "windows", "breached", "forecasts", "warnings", "scores"]
    assert found["objective"] == NAME
    assert list(found["scores"]) == [
        "brier",
        "linear_pace_brier",
        "precision",
        "recall",
        "median_lead_hours",
    ]
    first = found["forecasts"][0]
    assert list(first) == ["at", "window_end", "probability", "linear_pace", "breached"]
    assert (first["at"], first["window_end"]) == ("2026-08-01T00:00:00Z", "2026-08-08T00:00:00Z")
    assert first["breached"] is False
    last = found["forecasts"][-1]
    assert (last["at"], last["breached"]) == ("2026-10-05T00:00:00Z", True)
    assert found["windows"] == sum(one["breached"] is not None for one in found["forecasts"])
    assert found["breached"] == sum(one["breached"] is True for one in found["forecasts"])
    burns = [one for one in found["warnings"] if one["kind"] == "burn"]
    assert burns == [
        {
            "kind": "burn",
            "severity": "page",
            "opened_at": "2026-09-10T10:01:00Z",
            "resolved_at": "2026-09-10T10:55:00Z",
            "probability": None,
            "breached": False,
        },
        {
            "kind": "burn",
            "severity": "page",
            "opened_at": "2026-10-05T03:01:00Z",
            "resolved_at": "2026-10-05T05:15:00Z",
            "probability": None,
            "breached": True,
        },
    ]


def test_the_brier_score_is_that_of_the_forecasts(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys)
    over = [one for one in found["forecasts"] if one["breached"] is not None]
    brier = sum((one["probability"] - one["breached"]) ** 2 for one in over) / len(over)
    pace = sum((one["linear_pace"] - one["breached"]) ** 2 for one in over) / len(over)
    assert found["scores"]["brier"] == pytest.approx(brier)
    assert found["scores"]["linear_pace_brier"] == pytest.approx(pace)


def test_no_forecast_while_it_is_breached(capsys: pytest.CaptureFixture[str]) -> None:
    days = {one["at"][:10] for one in told(capsys)["forecasts"]}
    assert "2026-10-05" in days
    assert not days & {"2026-10-06", "2026-10-20", "2026-10-31"}


def test_from_and_to(capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2026-10-01T00:00:00Z", "--to", "2026-10-03T00:00:00Z"]
    found = told(capsys, *span)
    assert [one["at"][:10] for one in found["forecasts"]] == ["2026-10-01", "2026-10-02"]
    assert found["scores"]["brier"] is None
    assert found["windows"] == 0
    everything = {one["at"]: one for one in told(capsys)["forecasts"]}
    expected = everything["2026-10-01T00:00:00Z"]["probability"]
    assert found["forecasts"][0]["probability"] == expected


def test_a_threshold_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    often = [one for one in told(capsys, "--threshold", "0.02")["warnings"] if one["kind"] == "forecast"]
    never = [one for one in told(capsys, "--threshold", "1")["warnings"] if one["kind"] == "forecast"]
    assert len(often) > len(never)
    assert all(one["probability"] >= 0.02 for one in often)


def test_a_policy_to_try(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    policy = """apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: slow}
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata: {name: an-hour}
      spec:
        severity: page
        condition: {kind: burnrate, op: gt, threshold: 900, lookbackWindow: 1h}
  notificationTargets: []
"""
    surroundings.write("policy.yaml", policy)
    burns = [one for one in told(capsys, "--policy", "policy.yaml")["warnings"] if one["kind"] == "burn"]
    assert [one["opened_at"] for one in burns] == ["2026-10-05T03:55:00Z"]


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", NAME]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{NAME}, 2026-08-01 00:00 to 2026-11-01 00:00 (UTC)\n")
    assert "2 urgent" in said
    assert "2026-10-05 03:01  urgent" in said
    assert "\x1b" not in said


def test_it_changes_nothing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = database.read_bytes()
    told(capsys)
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["nonsense"], id="no such objective"),
        pytest.param(["checkout-latency"], id="never measured"),
        pytest.param([NAME, "--from", "2026-12-01T00:00:00Z"], id="from after all that was measured"),
        pytest.param([NAME, "--to", "2026-01-01T00:00:00Z"], id="to before it"),
        pytest.param([NAME, "--policy", "nowhere.yaml"], id="no such file"),
        pytest.param([NAME, "--policy", "all.yaml"], id="no policies in it"),
    ],
)
def test_refusals(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", *words]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steward: ")


@pytest.mark.parametrize("threshold", ["0", "1.1", "many", "-1"])
def test_no_probability(threshold: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["backtest", NAME, f"--threshold={threshold}"])
    assert left.value.code == 2
