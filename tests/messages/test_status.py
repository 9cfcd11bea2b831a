"""How things stand: an overview, and one objective."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.acknowledgement import Stage
from domain.agreement import Agreement, AgreementKind
from domain.standing import Standing
from domain.team import Team, TeamKind
from messages.example import (
    BERLIN,
    CARD_AUTH,
    CHECKOUT,
    FRAUD,
    LEDGER,
    NINE,
    PAYMENTS,
    PAYOUT,
    WALLET,
    slices,
    standing,
)
from messages.framing import for_asker
from messages.gallery.status import asked_about_wallet, longest_objective, longest_overview
from messages.message import Message
from messages.parties import team_words
from messages.status import (
    EXAMPLE,
    EXAMPLE_OVERVIEW,
    ObjectiveStatus,
    Overview,
    objective_status,
    overview,
)
from messages.waiting import DECLINED, question
from messages.waiting import EXAMPLE as ASKED
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def renamed(stood: Standing, name: str) -> Standing:
    return replace(stood, objective=replace(stood.objective, name=name))


def test_a_team_at_a_glance(golden: Golden, lines: Lines) -> None:
    message = overview(EXAMPLE_OVERVIEW)
    golden("status_team", message)
    assert message.text == "payments team: 3 of 7 met, 2 at risk, 1 breached, 1 no data."
    assert lines(message) == [
        "*payments team · now*",
        "*3 of 7 met* · 2 at risk · 1 breached · 1 no data",
        "❌ *breached*",
        "card-auth-availability",
        "  99.83%, target 99.9% · budget left −30%",
        "⚠️ *at risk*",
        "payout-latency",
        "  99.11%, target 99% · budget left 11%",
        "checkout-availability",
        "  99.91%, target 99.9% · budget left 15%",
        "❔ *no data*",
        "ledger-export-freshness",
        "  nothing received for 21 h",
        "✅ *met*",
        "fraud-check-latency",
        "  99.81%, target 99.5% · budget left 62%",
        "wallet-availability · ✍️ unacknowledged",
        "  99.94%, target 99.5% · budget left 90%",
        "invoice-availability",
        "  99.97%, target 99.5% · budget left 95%",
    ]
    assert message.hint == "one of them: `/slm status NAME`"


def test_nothing_to_show_says_how_to_load_some(golden: Golden) -> None:
    message = overview(Overview("payments team", ()))
    golden("status_empty", message)
    assert message.text == "payments team: no objectives yet."


@pytest.mark.parametrize("count", [1, 7, 60, 500])
def test_any_number_fits(count: int, golden: Golden, lines: Lines) -> None:
    kinds = (CARD_AUTH, CHECKOUT, PAYOUT, LEDGER, FRAUD, WALLET)
    message = overview(
        Overview("all", [renamed(kinds[n % 6], f"{kinds[n % 6].name}-{n}") for n in range(count)])
    )
    assert sum(" · budget left" in line for line in lines(message)) <= 100
    if count == 500:
        golden("status_500", message)
        assert lines(message)[-1].endswith(
            "83 more no data, 166 more met. Fewer at once: `/slm status SERVICE`"
        )


def test_one_objective_in_full(golden: Golden, lines: Lines) -> None:
    message = objective_status(EXAMPLE)
    golden("status_objective", message)
    assert message.text == "checkout-availability: at risk. Attainment 99.91%, target 99.9%, 30 days."
    assert lines(message) == [
        "⚠️ *checkout-availability* · at risk",
        "Attainment 99.91%, target 99.9%, 30 days",
        "Budget left 15% (≈6 min)",
        "Why: under 25% left",
        "Until: 2 Dec, if nothing else fails",
        "Owner: payments team, acknowledged 12 Jan",
        "Promised to: retail (SLA checkout-sla)",
        "Warnings: none open; W-42 over Mon 14:43",
        "[Explain]",
    ]
    assert message.hint == "figures to <!date^1795507200^{time}|09:00>"


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        pytest.param(
            CARD_AUTH,
            ["Why: the budget is overspent", "Until: 1 Dec, when a new month starts"],
            id="a calendar breach",
        ),
        pytest.param(
            LEDGER,
            [
                "Target 99%, week of Mon 23 Nov",
                "Why: nothing received since Mon 11:40 (21 h),",
                "35% of this week measured, 50% needed",
            ],
            id="no data: no figure that pretends to know",
        ),
        pytest.param(
            replace(WALLET, coverage=standing(WALLET.objective, slices(28_000, 2)).coverage),
            ["✅ *wallet-availability* · met", "83% of this month measured"],
            id="met, but little was measured",
        ),
    ],
)
def test_each_state_says_what_it_must(stood: Standing, expected: list[str], lines: Lines) -> None:
    told = lines(objective_status(ObjectiveStatus(stood, PAYMENTS, None, BERLIN)))
    assert [line for line in told if line in expected] == expected


def test_nobody_answers_for_an_unowned_one(lines: Lines) -> None:
    assert "Owner: nobody" in lines(objective_status(replace(EXAMPLE, owner=None)))


def test_a_contract_is_promised_by_the_third_party(lines: Lines) -> None:
    contract = Agreement("sms-uc", AgreementKind.UC, "sms-provider", "payments")
    assert "Promised by: sms-provider (UC sms-uc)" in lines(
        objective_status(replace(EXAMPLE, agreement=contract))
    )


def test_hostile_text_neither_pings_nor_breaks_the_limits(golden: Golden) -> None:
    one, all_of_them = objective_status(longest_objective()), overview(longest_overview())
    golden("status_objective_longest", one)
    golden("status_longest", all_of_them)
    framed = [for_asker(message, share="x" * 150) for message in (one, all_of_them)]
    for message in (one, all_of_them, *framed):
        assert "<!" not in str(message.blocks).replace("<!date", "") + message.text


@pytest.mark.parametrize(
    ("team", "words"),
    [
        (Team("payments"), "payments team"),
        (Team("payments", display_name="Payments"), "Payments team"),
        (Team("dream", display_name="Dream team"), "Dream team"),
        (Team("retail", TeamKind.CUSTOMER), "retail"),
        (Team("sms", TeamKind.THIRD_PARTY, "SMS provider"), "SMS provider"),
    ],
)
def test_only_our_own_teams_are_called_teams(team: Team, words: str) -> None:
    assert team_words(team) == words


def test_what_its_owner_did_not_answer_yet(golden: Golden, lines: Lines) -> None:
    message = objective_status(asked_about_wallet(*ASKED.waiting))
    golden("status_unacknowledged", message)
    assert lines(message)[3:5] == ["Owner: payments team", "✍️ unacknowledged, answer by Mon 30 Nov"]


def test_what_its_owner_declined(golden: Golden, lines: Lines) -> None:
    message = objective_status(asked_about_wallet(DECLINED))
    golden("status_declined", message)
    assert lines(message)[3:6] == [
        "Owner: payments team, which declined",
        "✋ declined 17 Nov: target unrealistic;",
        "the service level managers decide, unowned until then",
    ]


JANUARY = datetime(2026, 1, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("newest", "told"),
    [
        pytest.param({"stage": Stage.SUPERSEDED}, ["Owner: payments team"], id="nobody asks any more"),
        pytest.param({"team": "shop"}, ["Owner: payments team, acknowledged 12 Jan"], id="another team"),
        pytest.param(
            {"asked_at": NINE + timedelta(days=1)},
            ["Owner: payments team, acknowledged 12 Jan"],
            id="asked later than what is shown",
        ),
        pytest.param(
            {"missing_from": NINE + timedelta(days=14)},
            ["Owner: payments team, acknowledged 12 Jan", "To be acknowledged again, answer by Mon 30 Nov"],
            id="renewed before it expires",
        ),
    ],
)
def test_what_the_newest_question_says(newest: dict[str, Any], told: list[str], lines: Lines) -> None:
    held = question(WALLET.name, "payments", date(2026, 1, 19), stage=Stage.ACKNOWLEDGED, answered_at=JANUARY)
    held = replace(held, asked_at=JANUARY)
    after = replace(ASKED.waiting[0], **newest)
    shown = lines(objective_status(asked_about_wallet(held, after)))
    assert shown[3 : 3 + len(told) + 1] == [*told, "Promised to: shop (OLA wallet-ola)"]


def test_nobody_owns_it(lines: Lines) -> None:
    assert "Owner: nobody" in lines(objective_status(replace(EXAMPLE, owner=None)))
