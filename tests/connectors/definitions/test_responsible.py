"""Who answers for an objective, as annotations say it."""

import pytest

from domain.acknowledging import DEFAULT_ACKNOWLEDGING, Acknowledging
from domain.definition import Known
from domain.responsibility import Responsibility, Role
from domain.team import Team
from domain.time_limit import LimitUnit, TimeLimit
from tests.connectors.definitions.conftest import Read, only, short
from tests.connectors.definitions.samples import KNOWN, SLO

OWNER = "steward/owner: payments"
TEAMS = Known(
    teams=(*KNOWN.teams, Team("databases"), Team("network"), Team("security")),
    services=KNOWN.services,
    agreements=KNOWN.agreements,
)


def slo(*annotations: str) -> str:
    """With annotations after its owner."""
    return SLO.replace(OWNER, "\n    ".join([OWNER, *annotations]))


def test_teams_have_roles_from_the_beginning(read: Read) -> None:
    text = slo(
        "steward/responsible: network, databases", "steward/consulted: security", "steward/informed: retail,"
    )
    assert read(text, TEAMS).problems == ()
    assert only(read, text).roles == (
        Responsibility(Role.CONSULTED, "security"),
        Responsibility(Role.INFORMED, "retail"),
        Responsibility(Role.RESPONSIBLE, "databases"),
        Responsibility(Role.RESPONSIBLE, "network"),
    )


def test_without_annotations_the_owner_is_alone_and_asked_as_usual(read: Read) -> None:
    objective = only(read, SLO)
    assert objective.roles == ()
    assert objective.acknowledging == DEFAULT_ACKNOWLEDGING


@pytest.mark.parametrize(
    ("within", "limit"),
    [
        ("10wd", TimeLimit(10, LimitUnit.WORKING_DAYS)),
        ("5d", TimeLimit(5)),
        ("12h", TimeLimit(12, LimitUnit.HOURS)),
    ],
)
def test_how_the_owner_is_asked(read: Read, within: str, limit: TimeLimit) -> None:
    text = slo(f"steward/acknowledge-within: {within}", "steward/acknowledgement-expires: 90d")
    assert only(read, text).acknowledging == Acknowledging(limit, TimeLimit(90))


def test_all_objectives_of_an_slo_have_the_same_teams(read: Read) -> None:
    text = slo("steward/informed: retail").replace(
        "- target: 0.999", "- {displayName: Fast, target: 0.9}\n    - {displayName: Slow, target: .5}"
    )
    found = [objective.roles for objective in read(text).definitions.objectives]
    assert found == [(Responsibility(Role.INFORMED, "retail"),)] * 2


PROBLEMS = [
    ("an unknown team", ["steward/consulted: security, secrity"], ["9 E602"]),
    ("no name", ["steward/informed: Security Team"], ["9 E209"]),
    ("a mention", ['steward/informed: "<!channel>"'], ["9 E209"]),
    ("the owner once more", ["steward/responsible: payments"], ["9 E519"]),
    ("one team twice", ["steward/responsible: network, network"], ["9 E519"]),
    ("one team in two roles", ["steward/responsible: network", "steward/informed: network"], ["10 E519"]),
    ("a responsible customer", ["steward/responsible: retail"], ["9 E606"]),
    ("a consulted customer", ["steward/consulted: retail"], []),
    ("a third party", ["steward/responsible: bank"], ["9 W603"]),
    ("an informed third party", ["steward/informed: bank"], ["9 W603"]),
    ("a list", ["steward/informed: [network]"], ["9 E207", "9 E212"]),
    ("no limit", ["steward/acknowledge-within: soon"], ["9 E218"]),
    ("a limit in weeks", ["steward/acknowledge-within: 2w"], ["9 E218"]),
    ("a limit of nothing", ["steward/acknowledge-within: 0d"], ["9 E218"]),
    ("an expiry in hours", ["steward/acknowledgement-expires: 12h"], ["9 E218"]),
    ("an expiry in working days", ["steward/acknowledgement-expires: 250wd"], ["9 E218"]),
]


@pytest.mark.parametrize(("annotations", "problems"), [pytest.param(*row[1:], id=row[0]) for row in PROBLEMS])
def test_a_problem_is_told_at_its_line(read: Read, annotations: list[str], problems: list[str]) -> None:
    assert short(read(slo(*annotations), TEAMS)) == problems


def test_without_an_owner_others_may_still_have_roles(read: Read) -> None:
    text = SLO.replace(OWNER, "steward/responsible: network")
    assert short(read(text, TEAMS)) == ["1 W505"]


def test_a_role_of_a_team_says_where_it_was_before(read: Read) -> None:
    (problem,) = read(slo("steward/responsible: payments"), TEAMS).problems
    assert problem.text.startswith(
        "`payments` is its owner, who is accountable, already: a team has one role"
    )
    (problem,) = read(slo("steward/responsible: network", "steward/informed: network"), TEAMS).problems
    assert problem.text.startswith("`network` is in steward/responsible, already")
