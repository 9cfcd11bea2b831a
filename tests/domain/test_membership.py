"""Who is of a team, who can answer for it, and who may speak for one that names nobody."""

import pytest

from domain.membership import (
    Groups,
    answerers,
    is_member,
    knows_people,
    members_of,
    names_people,
    speaks_for,
)
from domain.team import Team

GROUPS: Groups = {"S0PAY": ("U0BEN", "U0ANA")}
GROUPED = Team("payments", usergroup="S0PAY")
BOTH = Team("payments", members=("U0ANA", "pat@example.com"), usergroup="S0PAY", manager="U0PAT")


@pytest.mark.parametrize(
    ("team", "groups", "people"),
    [
        pytest.param(Team("payments"), GROUPS, (), id="nobody"),
        pytest.param(Team("payments", members=("U0ANA",)), GROUPS, ("U0ANA",), id="a list"),
        pytest.param(GROUPED, GROUPS, ("U0BEN", "U0ANA"), id="a group"),
        pytest.param(GROUPED, {}, (), id="a group that was never looked up"),
        pytest.param(BOTH, GROUPS, ("U0ANA", "pat@example.com", "U0BEN", "U0PAT"), id="all of it, each once"),
        pytest.param(Team("payments", manager="U0PAT"), GROUPS, ("U0PAT",), id="a manager"),
    ],
)
def test_members(team: Team, groups: Groups, people: tuple[str, ...]) -> None:
    assert members_of(team, groups) == people
    assert all(is_member(team, person, groups) for person in people)
    assert not is_member(team, "U0EVA", groups)


def test_only_whom_slack_knows_can_press() -> None:
    assert answerers(BOTH, GROUPS) == ("U0ANA", "U0BEN", "U0PAT")


@pytest.mark.parametrize(
    ("team", "here", "may"),
    [
        pytest.param(Team("payments"), True, True, id="anyone in the channel of a team that names nobody"),
        pytest.param(Team("payments"), False, False, id="not from elsewhere"),
        pytest.param(Team("payments", manager="U0PAT"), True, True, id="a manager alone is no team"),
        pytest.param(Team("payments", members=("U0ANA",)), True, False, id="a list names people"),
        pytest.param(Team("payments", usergroup="S0NEW"), True, False, id="so does a group, though unknown"),
    ],
)
def test_a_stranger_speaks_for(team: Team, here: bool, may: bool) -> None:
    assert speaks_for(team, "U0EVA", GROUPS, here=here) is may


def test_people_are_named_or_known() -> None:
    unknown = Team("payments", usergroup="S0NEW", manager="U0PAT")
    assert (names_people(unknown), knows_people(unknown, GROUPS)) == (True, False)
    assert (names_people(GROUPED), knows_people(GROUPED, GROUPS)) == (True, True)
    assert not names_people(Team("payments", manager="U0PAT"))
