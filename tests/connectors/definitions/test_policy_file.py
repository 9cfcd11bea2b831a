"""A file of policies alone, as `steward backtest --policy` takes it."""

from fractions import Fraction
from pathlib import Path

import pytest

from connectors.definitions.policy_file import read_policies
from domain.burn import BurnCondition, Severity
from tests.connectors.definitions.samples import CONDITION, POLICY, SLO

FAST = BurnCondition(Severity.PAGE, Fraction(10), (60,), inclusive=True, after=5)
SLOW = BurnCondition(Severity.TICKET, Fraction(1), (4320,))
TARGETLESS = POLICY[: POLICY.index("  notificationTargets")]
BOTH = "\n---\n".join(
    [
        TARGETLESS.replace("burns", "slowly").replace("conditionRef: fast", "conditionRef: slow"),
        TARGETLESS,
        TARGETLESS.replace("burns", "again"),
        CONDITION.replace("name: fast", "name: slow")
        .replace("page", "ticket")
        .replace("op: gte", "op: gt")
        .replace("threshold: 10", "threshold: 1")
        .replace("1h", "3d")
        .replace("    alertAfter: 5m\n", ""),
        CONDITION,
    ]
)


def test_the_conditions_of_all_policies(tmp_path: Path) -> None:
    path = tmp_path / "policies.yaml"
    path.write_text(BOTH)
    assert read_policies(path) == ((FAST, SLOW), ())
    assert read_policies(tmp_path) == ((FAST, SLOW), ())


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("", ["0 E805"], id="nothing"),
        pytest.param(CONDITION, ["0 E805", "1 W804"], id="a condition without a policy"),
        pytest.param(f"{BOTH}---\n{SLO}", ["51 E805"], id="an SLO as well"),
        pytest.param(TARGETLESS, ["6 E602"], id="a condition that is not there"),
        pytest.param("kind: [", ["1 E103"], id="no YAML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, problems: list[str]) -> None:
    path = tmp_path / "policies.yaml"
    path.write_text(text)
    assert [f"{problem.line} {problem.code}" for problem in read_policies(path)[1]] == problems


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    conditions, (problem,) = read_policies(tmp_path / "nothing.yaml")
    assert (conditions, problem.code) == ((), "E101")
