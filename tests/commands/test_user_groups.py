"""People whom a team names by a user group alone are its people, in everything that they ask."""

from dataclasses import replace

import pytest

from commands.registry import answer
from domain.team import Team, TeamKind
from domain.usergroup import Usergroup
from storage.store import Store
from tests.commands.conftest import NOON, ask

MIA, KIM = "U0MIA", "U0KIM"
PLANNED = "maintenance checkout from 2026-12-01 22:00 to 23:00 because upgrade"


@pytest.fixture
def grouped(organisation: Store) -> Store:
    """Payments and retail name their people by a user group, which Slack told of; nobody lists mia and kim."""
    with organisation.transaction() as tx:
        [payments] = [team for team in tx.teams.all() if team.name == "payments"]
        tx.teams.save(
            [
                replace(payments, members=(), usergroup="S0PAY"),
                Team("retail", TeamKind.CUSTOMER, channel="retail-levels", usergroup="S0RETAIL"),
            ]
        )
        tx.usergroups.save([Usergroup("S0PAY", (MIA,), NOON), Usergroup("S0RETAIL", (KIM,), NOON)])
    return organisation


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", "payments team: 1 of 3 met.", id="mine"),
        pytest.param("status", "payments team: ", id="status without a name"),
        pytest.param("warnings", "payments team", id="warnings"),
        pytest.param("maintenance", "payments team", id="planned work"),
        pytest.param(PLANNED, "Planned: 2 objectives", id="planning work"),
    ],
)
def test_a_member_of_the_group(text: str, told: str, grouped: Store) -> None:
    assert told in answer(ask(text, person=MIA), grouped).text


@pytest.mark.parametrize(
    ("members", "able"),
    [
        pytest.param((MIA,), "the people of payments", id="looked up"),
        pytest.param((), "the manager of payments", id="nobody is known"),
    ],
)
def test_others_are_told_who_can(members: tuple[str, ...], able: str, grouped: Store) -> None:
    with grouped.transaction() as tx:
        tx.usergroups.save([Usergroup("S0PAY", members, NOON)])
    assert able in answer(ask(PLANNED, person="U0NOBODY"), grouped).text


def test_a_customers_people_are_told_nothing_internal(grouped: Store) -> None:
    assert "internal things" in answer(ask("status payments", person=KIM), grouped).text
