"""`/slm who NAME` on a real database."""

from datetime import date

import pytest

from commands.registry import answer
from domain.agreement import Agreement, AgreementKind
from storage.store import Store
from tests.commands.conftest import ask


def lines(text: str, store: Store) -> list[str]:
    message = answer(ask(text), store)
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return [line for text in texts for line in text.split("\n")]


def test_of_an_objective(organisation: Store) -> None:
    assert lines("who checkout-l", organisation) == [
        "*checkout-latency*",
        "Owner: payments team, #team-payments",
        "Manager: <@U0PAT>",
        "Promised to: retail (SLA checkout-sla)",
        "Service hours: round the clock",
    ]


def test_of_one_that_nobody_owns_and_nobody_was_promised(organisation: Store) -> None:
    assert lines("who invoice-a", organisation) == [
        "*invoice-availability*",
        "Owner: nobody. An operator can name one:",
        "`steward/owner` in its file, then `steward apply FILES`",
        "Promised to: nobody, by no agreement",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "who service:checkout",
            [
                "*checkout service*",
                "checkout-availability",
                "  payments team · SLA retail",
                "checkout-latency",
                "  payments team · SLA retail",
            ],
            id="a service",
        ),
        pytest.param(
            "who discovery",
            ["*discovery team*", "<#C0DISCOVER>", "search-latency", "  discovery team"],
            id="a team, its channel by ID",
        ),
        pytest.param(
            "who retail",
            [
                "*retail*",
                "#retail-levels",
                "checkout-availability",
                "  payments team · SLA retail",
                "checkout-latency",
                "  payments team · SLA retail",
            ],
            id="a customer: what is promised to it",
        ),
    ],
)
def test_of_a_service_or_team_a_line_each(text: str, told: list[str], organisation: Store) -> None:
    assert lines(text, organisation) == told


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        pytest.param(None, date(2026, 11, 24), "retail (SLA checkout-sla)", id="on its last day"),
        pytest.param(None, date(2026, 11, 23), "retail (SLA checkout-sla, ended 23 Nov)", id="ended"),
        pytest.param(date(2027, 1, 1), None, "retail (SLA checkout-sla, from 1 Jan 2027)", id="not begun"),
    ],
)
def test_by_which_agreement_and_whether_it_holds(
    since: date | None, until: date | None, told: str, organisation: Store
) -> None:
    agreement = Agreement(
        "checkout-sla",
        AgreementKind.SLA,
        "payments",
        "retail",
        contact="U0KIM",
        effective_from=since,
        effective_until=until,
        service_hours="weekdays",
    )
    with organisation.transaction() as tx:
        tx.agreements.save([agreement])
    assert lines("who checkout-l", organisation)[3:] == [
        f"Promised to: {told}",
        "Contact: <@U0KIM>",
        "Service hours: weekdays",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("who", "Who answers for what? For example: `/slm who checkout`", id="no name"),
        pytest.param("who zzz", 'No objective, service or team begins with "zzz".', id="a name of nothing"),
    ],
)
def test_without_a_name_that_means_something(text: str, told: str, organisation: Store) -> None:
    assert answer(ask(text), organisation).text == told


def test_without_definitions_it_says_how_to_load_some(sqlite_store: Store) -> None:
    assert "steward apply FILES" in answer(ask("who checkout"), sqlite_store).text
