"""`steward lint`, `plan` and `apply`: what files say becomes what Steward knows, all or nothing."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = "2026-11-24T12:00:00Z"
GOOD = file_of(TEAM, SERVICE, slo("checkout-availability", "0.999"))

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def files(surroundings: Surroundings) -> Path:
    """A folder with one good file."""
    (surroundings.folder / "slm").mkdir()
    surroundings.write("slm/all.yaml", GOOD)
    return surroundings.folder / "slm"


def known(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Objective → target, as status tells."""
    capsys.readouterr()
    assert main(["status", "--json", "--at", AT]) == 0
    told = json.loads(capsys.readouterr().out)["objectives"]
    return {one["objective"]: one["target"] for one in told}


def test_plan_says_what_apply_does(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "slm", "--at", AT]) == 0
    planned = capsys.readouterr().out
    assert "+ objective checkout-availability" in planned
    assert known(capsys) == {}
    assert main(["apply", "slm", "--at", AT]) == 0
    assert capsys.readouterr().out == planned
    assert known(capsys) == {"checkout-availability": "0.999"}


def test_applying_again_changes_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["apply", "slm", "--at", AT]) == 0
    capsys.readouterr()
    assert main(["apply", "slm", "--at", AT]) == 0
    assert capsys.readouterr().out == "Nothing to change.\n"


def test_check_changes_nothing_and_tells_by_its_status(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["apply", "slm", "--check", "--at", AT]) == 1
    assert known(capsys) == {}
    assert main(["apply", "slm", "--at", AT]) == 0
    assert main(["apply", "slm", "--check", "--at", AT]) == 0


def test_prune_retires_what_is_in_no_file(
    surroundings: Surroundings, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.write("slm/more.yaml", slo("checkout-latency", "0.99"))
    assert main(["apply", "slm", "--at", AT]) == 0
    (files / "more.yaml").unlink()
    assert main(["apply", "slm", "--at", AT]) == 0
    assert known(capsys).keys() == {"checkout-availability", "checkout-latency"}
    assert main(["apply", "slm", "--prune", "--at", AT]) == 0
    assert known(capsys).keys() == {"checkout-availability"}


def test_a_new_target_is_a_new_version(
    surroundings: Surroundings, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["apply", "slm", "--at", AT]) == 0
    surroundings.write("slm/all.yaml", GOOD.replace("0.999", "0.995"))
    assert main(["apply", "slm", "--at", "2026-11-24T11:00:00Z"]) == 0
    assert "(version 2): target 99.9% → 99.5%" in capsys.readouterr().out
    assert known(capsys) == {"checkout-availability": "0.995"}
    assert main(["status", "--json", "--at", "2026-11-24T10:59:00Z"]) == 0
    assert json.loads(capsys.readouterr().out)["objectives"][0]["target"] == "0.999"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param(GOOD.replace("target: 0.999", "target: 1"), 31, "target", id="a target of 100 %"),
        pytest.param(GOOD.replace("kind: SLO", "kind: Slo"), None, "Slo", id="a kind that nobody knows"),
        pytest.param(
            GOOD.replace("owner: payments", "owner: paymets"), None, "paymets", id="an unknown team"
        ),
        pytest.param(f"{GOOD}  : [", None, "", id="no YAML"),
        pytest.param(
            GOOD.replace("counter: true", "counter: true\n        colour: red"),
            None,
            "colour",
            id="an unknown field",
        ),
    ],
)
def test_with_an_error_nothing_is_applied(
    surroundings: Surroundings,
    files: Path,
    text: str,
    line: int | None,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    surroundings.write("slm/another.yaml", slo("checkout-latency", "0.99"))
    surroundings.write("slm/all.yaml", text)
    assert main(["apply", "slm", "--at", AT]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    place = f"slm/all.yaml:{line or ''}"
    errors = [one for one in err.splitlines() if " error " in one]
    assert any(one.startswith(place) and said in one for one in errors), err
    assert err.endswith("steward: nothing was applied. Mend the errors above, then try again.\n")
    assert known(capsys) == {}
    assert main(["plan", "slm"]) == 1


def test_lint_tells_errors_by_its_status(
    surroundings: Surroundings, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.write("slm/all.yaml", GOOD.replace("target: 0.999", "target: 1"))
    assert main(["lint", "slm"]) == 1
    assert capsys.readouterr().out.startswith("slm/all.yaml:31: error E509 ")
    surroundings.write("slm/all.yaml", GOOD.replace("owner: payments", "owner: paymets"))
    assert main(["lint", "slm"]) == 0
    assert capsys.readouterr().out.startswith("slm/all.yaml:18: warning W602 ")


def test_lint_needs_no_database(surroundings: Surroundings, files: Path) -> None:
    surroundings.set(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert main(["lint", "slm"]) == 0


def test_a_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("lint", "plan", "apply"):
        assert main([verb, "none.yaml"]) == 1
        assert "none.yaml" in "".join(capsys.readouterr())
