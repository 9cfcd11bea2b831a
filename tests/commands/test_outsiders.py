"""What people of customers may ask: nothing that is ours alone."""

from dataclasses import replace

import pytest

from commands.listing import COMMANDS
from commands.registry import answer
from domain.team import Team, TeamKind
from storage.store import Store
from tests.commands.conftest import ask

ASKED = {"status": "status checkout-availability", "history": "history payments", "who": "who payments"}


@pytest.fixture
def organisation(organisation: Store) -> Store:
    """With a person of the customer's."""
    with organisation.transaction() as tx:
        tx.teams.save([Team("retail", TeamKind.CUSTOMER, members=("U0CUST",), channel="#retail-levels")])
    return organisation


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if not one.for_outsiders], ids=lambda one: one.word
)
def test_nothing_internal_is_told(command: object, organisation: Store) -> None:
    word = getattr(command, "word", "")
    told = answer(ask(ASKED.get(word, f"{word} checkout-availability"), person="U0CUST"), organisation)
    assert told.text.startswith("This tells internal things.")
    assert "checkout" not in str(told.blocks)


@pytest.mark.parametrize("text", ["help", "digest now", "maintenance"])
def test_what_is_agreed_planned_and_can_be_asked_is_told(text: str, organisation: Store) -> None:
    told = answer(ask(text, person="U0CUST"), organisation)
    assert "internal" not in told.text
    assert "payments" not in str(told.blocks)


def test_who_is_in_a_team_of_ours_too_is_told_all(organisation: Store) -> None:
    with organisation.transaction() as tx:
        payments = next(team for team in tx.teams.all() if team.name == "payments")
        tx.teams.save([replace(payments, members=(*payments.members, "U0CUST"))])
    told = answer(ask("status checkout-availability", person="U0CUST"), organisation)
    assert told.text.startswith("checkout-availability")
