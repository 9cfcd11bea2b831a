"""What customers and third parties read: their own figures, and never anything internal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.news import NO_NEWS
from domain.planned import Promises
from domain.situation import Situation
from domain.standing import Reason, Standing, State
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    CHECKOUT,
    DAYS_30,
    EVENTS,
    INVOICE,
    LEDGER,
    NINE,
    PAYOUT,
    RETAIL,
    TODAY,
    events,
    objective,
    slices,
    standing,
)
from messages.gallery.promised import exclusion, full, named, spell
from messages.gallery.shown import HOSTILE
from messages.message import Message
from messages.promised import EXAMPLE, PromisedFacts, promised
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]
WORKING_DAYS_5 = TimeLimit(5, LimitUnit.WORKING_DAYS)
INTERNAL = (
    "secret-team",
    "secret-channel",
    "SECRETOWNER",
    "secret-agreement",
    "rival",
    "secret-objective",
    "SECRETID",
)


def test_the_example_reads_as_designed(golden: Golden, lines: Lines) -> None:
    message = promised(EXAMPLE)
    golden("promised", message)
    assert message.text == "Your service levels: 2 of 3 met, 1 breached."
    assert lines(message) == [
        "*Your service levels · retail · Tue 24 Nov*",
        "*2 of 3 met* · 1 breached",
        "❌ *card-auth-availability* · breached",
        "Attainment 99.83%, target 99.9%, November so far",
        "5 Nov 22 min · 18 Nov 8 min · 20 Nov 26 min",
        "✅ *checkout-availability* · met",
        "Attainment 99.91%, target 99.9%, 30 days",
        "✅ *invoice-availability* · met",
        "Attainment 99.97%, target 99.5%, November so far",
        "*Not counted this week:* nothing",
        "*Planned:* nothing",
        "Contact: your service level managers",
    ]


def test_what_did_not_count_what_is_planned_and_what_comes(golden: Golden, lines: Lines) -> None:
    message = promised(full())
    golden("promised_full", message)
    assert message.text == "Your service levels: 1 of 1 met."
    assert lines(message)[4:] == [
        "*Not counted this week:* Sat 21 Nov `02:00–03:00`, move of a rack",
        "*Planned:*",
        "• Thu 26 Nov `02:00–03:00`, certificate change;",
        "announced 1 working day ahead (5 agreed);",
        "it counts: announced too late",
        "• Sun 6 Dec `02:00–03:00`, database upgrade;",
        "announced 8 working days ahead (5 agreed)",
        "*Next review:* Tue 1 Dec",
        "*Agreement ends:* Sun 20 Dec",
        "Contact: your service level managers",
    ]


def test_an_id_of_slack_is_no_name_and_would_ping(lines: Lines) -> None:
    sla = replace(AGREEMENTS["checkout-sla"], contact="U0C3")
    assert lines(promised(replace(EXAMPLE, agreements=[sla])))[-1] == "Contact: your service level managers"


@pytest.mark.parametrize(
    ("stood", "told"),
    [
        pytest.param(
            CHECKOUT,
            ["✅ *checkout-availability* · met", "Attainment 99.91%, target 99.9%, 30 days"],
            id="no fear",
        ),
        pytest.param(
            replace(CARD_AUTH, state=State.AT_RISK, reason=Reason.OVERSPENT_SO_FAR),
            [
                "⚠️ *card-auth-availability* · at risk",
                "Attainment 99.83%, target 99.9%, November so far",
                "Below the target so far",
            ],
            id="below its target so far",
        ),
        pytest.param(
            LEDGER,
            [
                "❔ *ledger-export-freshness* · no data",
                "Attainment 100.00%, target 99%, week of Mon 23 Nov so far",
                "Nothing received since Mon 11:40 (21 h)",
                "35% of this week measured, 50% needed",
            ],
            id="no data",
        ),
        pytest.param(
            standing(objective("new", "99", DAYS_30, EVENTS), events(0, 0, 0), last=None),
            [
                "❔ *new* · no data",
                "Nothing measured, target 99%, 30 days",
                "Nothing received for 24 h",
                "0% of 30 days measured",
            ],
            id="nothing measured",
        ),
    ],
)
def test_rows(stood: Standing, told: list[str], lines: Lines) -> None:
    assert lines(promised(replace(EXAMPLE, standings=[stood], losses={}, news=NO_NEWS)))[2:-3] == told


def test_the_longest_losses_are_told_by_date(lines: Lines) -> None:
    losses = [spell(NINE - timedelta(days=day), 10 + day) for day in range(9)]
    told = lines(promised(replace(EXAMPLE, losses={CARD_AUTH.name: losses})))
    assert "16 Nov 18 min · 17 Nov 17 min · 18 Nov 16 min" in told
    assert "19 Nov 15 min · 20 Nov 14 min · 21 Nov 13 min" in told
    assert "less on 3 more" in told


def test_without_objectives_it_says_so(golden: Golden) -> None:
    message = promised(replace(EXAMPLE, standings=[], agreements=[]))
    golden("promised_empty", message)
    assert message.text == "Your service levels: no objectives are agreed at present."


@pytest.mark.parametrize("team", [RETAIL, Team("sms", TeamKind.THIRD_PARTY)], ids=["customer", "third party"])
def test_nothing_internal_is_ever_in_it(team: Team) -> None:
    kind = AgreementKind.SLA if team is RETAIL else AgreementKind.UC
    provider, customer = ("secret-team", team.name) if team is RETAIL else (team.name, "secret-team")
    agreements = [
        Agreement("secret-agreement", kind, provider, customer, "SECRETID".replace("S", "U", 1)),
        Agreement("secret-agreement-ola", AgreementKind.OLA, "secret-team", team.name),
        Agreement("secret-agreement-2", AgreementKind.SLA, "secret-team", "rival"),
        Agreement("secret-agreement-3", AgreementKind.UC, "rival", "secret-team"),
        Agreement("secret-agreement-4", kind, provider, customer, effective_until=date(2026, 1, 1)),
    ]
    kinds = (CARD_AUTH, CHECKOUT, PAYOUT, LEDGER, INVOICE)
    own = [_under(one, f"ours-{n}", "secret-agreement") for n, one in enumerate(kinds)]
    others = [
        _under(one, f"secret-objective-{n}", agreement)
        for n, one in enumerate(kinds)
        for agreement in (None, *(other.name for other in agreements[1:]))
    ]
    teams = {
        name: Team(name, channel="secret-channel", members=("SECRETOWNER",))
        for name in ("secret-team", "rival")
    }
    works = [
        exclusion(NINE - timedelta(days=1), "ours: upgrade", announced=NINE - timedelta(days=9)),
        replace(
            exclusion(NINE, "secret-team", announced=NINE), services=(), objectives=("secret-objective-1",)
        ),
    ]
    promises = Promises({one.name: one for one in agreements}, {**teams, team.name: team}, {})
    facts = PromisedFacts.of(team, TODAY, Situation(NINE, [*own, *others], promises, works), NO_NEWS)
    message = promised(facts)
    shown = message.text + str(message.blocks)
    assert len(facts.standings) == len(own)
    assert "ours-0" in shown
    assert "ours: upgrade" in shown
    assert [word for word in INTERNAL if word.lower() in shown.lower()] == []
    assert "Budget" not in shown
    assert "owner" not in shown.lower()


def _under(stood: Standing, name: str, agreement: str | None) -> Standing:
    named = replace(stood.objective, name=name, service="checkout" if name.startswith("ours") else "internal")
    return replace(
        stood, objective=named, terms=replace(stood.terms, owner="secret-team", agreement=agreement)
    )


@pytest.mark.parametrize("name", [HOSTILE, "&" * 3000, "🚀" * 3000])
@pytest.mark.parametrize("count", [1, 200])
def test_hostile_text_neither_pings_nor_breaks_the_limits(count: int, name: str, golden: Golden) -> None:
    facts = named(name, count)
    message = promised(facts)
    if count == 200 and name == HOSTILE:
        golden("promised_longest", message)
    assert "<" not in message.text
    assert all("<" not in str(block) for block in message.blocks)


def test_slices_are_told_as_events_are(lines: Lines) -> None:
    stood = standing(CARD_AUTH.objective, slices(33_660, 0))
    assert "✅ *card-auth-availability* · met" in lines(promised(replace(EXAMPLE, standings=[stood])))
