"""`steward audit`: what was applied is in the trail; a change of it is found, and an earlier head is still there."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from storage.audit import AT_ONCE
from storage.engine import open_engine
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = "2026-11-24T09:00:00Z"


@pytest.fixture(autouse=True)
def _applied(database: Path, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.999"), slo("payout", "0.99")))
    assert main(["apply", "all.yaml", "--at", AT.isoformat()]) == 0
    capsys.readouterr()


def told(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["audit", *words]) == status
    return capsys.readouterr().out


def sql(database: Path, statement: str) -> None:
    engine = open_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_each_definition_is_an_entry(capsys: pytest.CaptureFixture[str]) -> None:
    entries = json.loads(told(capsys, "list", "--json"))
    assert [(one["action"], one["subject"], one["by"]) for one in entries][::-1] == [
        ("created", "team:payments", "definitions"),
        ("created", "service:checkout", "definitions"),
        ("created", "checkout", "definitions"),
        ("created", "payout", "definitions"),
    ]
    assert {one["at"] for one in entries} == {"2026-11-23T09:00:00.000000Z"}
    assert "owner payments" in entries[0]["facts"]["words"]


def test_a_change_is_told_in_the_words_of_the_plan_and_by_fields(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.9995")))
    assert main(["apply", "all.yaml", "--prune", "--at", LATER]) == 0
    assert main(["apply", "all.yaml", "--prune", "--at", LATER]) == 0
    capsys.readouterr()
    [changed, created] = json.loads(told(capsys, "list", "objective:checkout", "--json"))
    assert changed["facts"]["fields"] == [["target", "99.9%", "99.95%"]]
    assert (changed["action"], created["action"]) == ("changed", "created")
    lines = told(capsys, "list").splitlines()
    assert len(lines) == 6
    assert "     6  2026-11-24 09:00  payout  a file retired it: retired; its history stays" in lines
    assert "     5  2026-11-24 09:00  checkout  a file changed it (version 2): target 99.9% → 99.95%" in lines


def test_a_name_may_be_of_another_kind_and_an_unknown_one_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "team:payments" in told(capsys, "list", "payments")
    assert told(capsys, "list", "chekout", status=1) == ""


def test_a_whole_trail_says_its_head_which_is_still_there_later(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(told(capsys, "verify", "--json"))
    assert (found["whole"], found["entries"], found["broken"]) == (True, 4, None)
    assert found["head"] in told(capsys, "verify")
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.9995"), slo("payout", "0.99")))
    assert main(["apply", "all.yaml", "--at", LATER]) == 0
    capsys.readouterr()
    assert "whole: 5 entries" in told(capsys, "verify", "--head", found["head"])


@pytest.mark.parametrize(
    ("statement", "number", "fault"),
    [
        pytest.param("UPDATE audit SET subject = 'x' WHERE number = 2", 2, "changed", id="a changed one"),
        pytest.param("UPDATE audit SET facts = facts || ' '", 1, "changed", id="a space"),
        pytest.param("DELETE FROM audit WHERE number = 3", 3, "missing", id="one taken out"),
        pytest.param("DELETE FROM audit WHERE number = 4", 4, "shorter", id="the newest taken away"),
    ],
)
def test_a_broken_trail_is_told(
    statement: str, number: int, fault: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = json.loads(told(capsys, "verify", "--json"))["head"]
    sql(database, statement)
    broken = json.loads(told(capsys, "verify", "--head", head, "--json", status=1))["broken"]
    assert (broken["number"], broken["fault"]) == (number, fault)
    assert f"broken at entry {number}" in told(capsys, "verify", "--head", head, status=1)


def test_another_head_is_not_this_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert "another one than the head" in told(capsys, "verify", "--head", f"4:{'0' * 64}", status=1)


@pytest.mark.parametrize(
    "words", [["verify", "checkout"], ["list", "--head", f"4:{'0' * 64}"], ["verify", "--head", "4"]]
)
def test_what_makes_no_sense_is_a_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["audit", *words])
    assert stopped.value.code == 2


def test_more_than_a_page_is_read_whole(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [slo(f"o{n}", "0.99") for n in range(AT_ONCE)]
    surroundings.write(
        "all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.999"), slo("payout", "0.99"), *many)
    )
    assert main(["apply", "all.yaml", "--at", LATER]) == 0
    capsys.readouterr()
    assert json.loads(told(capsys, "verify", "--json"))["entries"] == AT_ONCE + 4
    numbers = [one["number"] for one in json.loads(told(capsys, "list", "--json"))]
    assert numbers == list(range(AT_ONCE + 4, 0, -1))


def test_a_name_that_is_erased_leaves_the_trail_whole(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str], database: Path
) -> None:
    surroundings.write("team.yaml", TEAM.replace("spec:", "spec:\n  members: [U0ANA]"))
    assert main(["apply", "team.yaml", "--at", LATER]) == 0
    assert main(["erase", "U0ANA"]) == 0
    capsys.readouterr()
    [erased, changed] = json.loads(told(capsys, "list", "--json"))[:2]
    assert (erased["action"], erased["by"], erased["subject"]) == ("erased", "operator", "person:P1")
    assert "erased-P1" in changed["facts"]["words"]
    assert json.loads(told(capsys, "verify", "--json"))["whole"]
