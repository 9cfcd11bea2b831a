"""`/slm who NAME` on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from commands.registry import answer
from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.agreement import Agreement, AgreementKind
from domain.responsibility import Responsibility, Role
from storage.store import Store
from tests.commands.conftest import NOON, ask


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
                "2 objectives, nowhere thin",
                "*checkout-availability* 99% · SLA retail",
                "payments team",
                "",
                "*checkout-latency* 99% · SLA retail",
                "payments team",
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


MARCH = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def chained(organisation: Store) -> Store:
    """Checkout stands on a database of discovery's; discovery took it over from payments on 10 March, and said yes."""
    with organisation.transaction() as tx:
        checkout, database = (
            one for one in tx.objectives.all() if one.name in ("checkout-availability", "search-latency")
        )
        [first] = checkout.versions
        versions = (
            first,
            replace(first, owner="discovery", version=2, since=datetime(2026, 3, 10, tzinfo=UTC)),
        )
        roles = (Responsibility(Role.RESPONSIBLE, "discovery", until=NOON - timedelta(days=1)),)
        tx.objectives.save(
            [replace(checkout, versions=versions, roles=roles), replace(database, supports=(checkout.name,))]
        )
        tx.acknowledgements.add(
            [
                _yes(1, "payments", "U0ANA", MARCH - timedelta(days=30)),
                _yes(2, "discovery", "U0BEN", datetime(2026, 3, 11, tzinfo=UTC)),
            ]
        )
    return organisation


def _yes(version: int, team: str, by: str, at: datetime) -> Acknowledgement:
    asked = Acknowledgement(
        "checkout-availability", team, version, "", Because.NEW, at, due_at=at, missing_from=at
    )
    return replace(
        asked, stage=Stage.ACKNOWLEDGED, answered_by=by, answered_at=at, expires_at=at + timedelta(days=365)
    )


def test_who_acknowledged_and_what_stands_under_it(chained: Store) -> None:
    assert lines("who checkout-a", chained) == [
        "*checkout-availability*",
        "Owner: discovery team, <#C0DISCOVER>",
        "Promised to: retail (SLA checkout-sla)",
        "Service hours: round the clock",
        "Acknowledged by <@U0BEN>, 11 Mar 2026",
        "  version 2, holds until 11 Mar 2027",
        "*What stands under it*",
        "search-latency 99%",
        "guarantees 99.00%: no room for failures of our own",
    ]
    assert lines("who search-latency", chained)[-1] == "*It supports:* checkout-availability"


@pytest.mark.parametrize("day", ["2026-03-03", "3 mar", "tue 3 March 2026"])
def test_who_answered_on_a_day_of_the_past(day: str, chained: Store) -> None:
    assert lines(f"who checkout-a on {day}", chained)[:8] == [
        "*checkout-availability* · on Tue 3 Mar",
        "Owner: payments team, #team-payments",
        "Manager: <@U0PAT>",
        "Responsible: discovery team",
        "Promised to: retail (SLA checkout-sla)",
        "Service hours: round the clock",
        "Acknowledged by <@U0ANA>, 1 Feb 2026",
        "  version 1, holds until 1 Feb 2027",
    ]


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        pytest.param("2026-03-09", "payments team", id="the day before it was handed over"),
        pytest.param("2026-03-10", "discovery team", id="the day of it: at its end"),
        pytest.param("yesterday", "discovery team", id="yesterday"),
        pytest.param("mon", "discovery team", id="the last Monday"),
        pytest.param("today", "discovery team", id="today"),
    ],
)
def test_a_day_is_told_as_of_its_end(day: str, owner: str, chained: Store) -> None:
    assert f"Owner: {owner}" in lines(f"who checkout-a on {day}", chained)[1]


def test_a_service_on_a_day(chained: Store) -> None:
    assert lines("who service:checkout on 3 mar", chained) == [
        "*checkout service* · on Tue 3 Mar",
        "3 objectives, nowhere thin",
        "*checkout-availability* 99% · SLA retail",
        "payments team · acknowledged",
        "responsible: discovery team",
        "   ↳ search-latency 99%",
        "      discovery team",
        "",
        "*checkout-latency* 99% · SLA retail",
        "payments team",
    ]


def test_a_team_on_a_day(chained: Store) -> None:
    assert lines("who payments on 3 mar", chained)[:5] == [
        "*payments team* · on Tue 3 Mar",
        "#team-payments",
        "Manager: <@U0PAT>",
        "card-auth-availability",
        "  payments team",
    ]
    assert "checkout-availability" in lines("who payments on 3 mar", chained)
    assert "checkout-availability" not in lines("who payments", chained)


def test_what_is_retired_answered_then(chained: Store) -> None:
    with chained.transaction() as tx:
        [gone] = (one for one in tx.objectives.all() if one.name == "search-latency")
        tx.objectives.save([replace(gone, retired_at=NOON - timedelta(days=5))])
    assert "Owner: discovery team, <#C0DISCOVER>" in lines("who search-l on 3 mar", chained)
    assert "No objective" in answer(ask("who search-l"), chained).text
    assert "⚠️ nothing is left under it: search-latency retired" in lines("who service:checkout", chained)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("who checkout-a on someday", '"someday" is no day that Steward can read.', id="no date"),
        pytest.param(
            "who checkout-a on 2026-02-30", 'There is no such date as "2026-02-30".', id="no such date"
        ),
        pytest.param(
            "who zzz on 3 mar", 'No objective, service or team begins with "zzz".', id="no such name"
        ),
    ],
)
def test_days_that_mean_nothing(text: str, told: str, chained: Store) -> None:
    assert answer(ask(text), chained).text.startswith(told)


def test_a_name_may_have_on_in_it(organisation: Store) -> None:
    with organisation.transaction() as tx:
        [one] = (one for one in tx.objectives.all() if one.name == "search-latency")
        tx.objectives.save([replace(one, name="sign-on-time", service="search")])
    assert lines("who sign on ti", organisation)[0] == "*sign-on-time*"
    assert lines("who sign on ti on 3 mar", organisation)[0] == "*sign-on-time* · on Tue 3 Mar"


def test_a_team_sees_what_it_did_not_acknowledge(chained: Store) -> None:
    with chained.transaction() as tx:
        asked = Acknowledgement(
            "checkout-latency", "payments", 1, "", Because.NEW, MARCH, due_at=MARCH, missing_from=MARCH
        )
        tx.acknowledgements.add([asked])
    assert "  payments team · SLA retail · ✍️ unacknowledged" in lines("who retail", chained)
