"""The roll-up: from no objectives to 1,000, for everything or what was chosen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.news import News, Told
from domain.notice import NoticeState
from domain.planned import Promises
from domain.questions import Questions
from domain.standing import State
from domain.team import Team
from messages.example import (
    AGREEMENTS,
    CHECKOUT,
    FRAUD,
    INVOICE,
    LEDGER,
    MONDAY,
    NINE,
    PAYMENTS,
    WALLET,
)
from messages.gallery.rollup import CHOSEN, LOST, all_teams, named, of, owned
from messages.gallery.shown import HOSTILE
from messages.message import Message
from messages.rollup import rollup
from messages.waiting import DECLINED, question
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_all_teams_at_a_glance(golden: Golden, lines: Lines) -> None:
    facts = all_teams()
    message = rollup(facts)
    golden("rollup", message)
    assert message.text == (
        "Service levels: 7 of 12 met, 3 at risk, 1 breached, 1 no data. 2 worse since Mon. "
        "3 decisions wait. 1 not delivered."
    )
    assert lines(message) == [
        "*Service levels · Tue 24 Nov*",
        "*7 of 12 met* · 3 at risk · 1 breached · 1 no data",
        "Since Mon: 2 worse, none better, 5 new",
        "*Promises to customers: 1 of 5 SLA objectives met*",
        "❌ retail · card-auth-availability · breached",
        "    99.83%, target 99.9% · left −30%",
        "⚠️ retail · checkout-availability · at risk (was met)",
        "    99.91%, target 99.9% · left 15%, was 27%",
        "⚠️ marketplace · payments-db · at risk",
        "    99.11%, target 99% · left 11%",
        "⚠️ marketplace · payout-latency · at risk",
        "    99.11%, target 99% · 72% to be breached",
        "*Teams*",
        "❌ payments: 3 of 7 met",
        "    ledger-export-freshness no data",
        "⚠️ Data platform: 0 of 1 met",
        "✅ all met: identity 1, Shop 2",
        "*Third parties:* 1 of 1 UC objective met",
        "*A decision waits*",
        "• Unowned since Tue 17 Nov: otp,",
        "    declined by identity: target unrealistic",
        "• Unowned: search-latency, ✅ met",
        "• basket: unacknowledged by Shop, due Fri 20 Nov;",
        "    its manager was asked on Mon",
        "*An answer waits*",
        "• wallet-availability: payments, by Mon 30 Nov",
        "• 2 objectives: Data platform, by Tue 1 Dec",
        "• invoice-availability: Shop,",
        "    to agree to its hand-over",
        "• W-46 payments-db:",
        "    Data platform, nobody has it since Mon 19:00",
        "*Not delivered*",
        "• “logistics team: all 3 met, nothing waits.”",
        "Steward is not in #team-logistics.",
        "In #team-logistics: `/invite @Steward`",
        "*Agreements*",
        "• Review with retail on Tue 1 Dec",
        "*Forecasts of October*",
        "3 of 4 breaches warned of, 1 false alarm",
        "Brier score 0.071, linear pace 0.123",
        "n = 702 forecasts of 24 periods",
        "`/slm warnings score`",
        "[Assign otp…] [All objectives]",
        "Figures to 09:00 · all numbers in the thread",
    ]
    assert max(map(len, lines(message))) <= 53


def test_a_quiet_day_is_three_lines(golden: Golden, lines: Lines) -> None:
    message = rollup(of(FRAUD, INVOICE, WALLET))
    golden("rollup_quiet_day", message)
    assert message.text == "Service levels: all 3 met, nothing waits."
    assert lines(message) == [
        "✅ *Service levels · Tue 24 Nov* · all 3 met",
        "Tightest: fraud-check-latency, budget left 62%",
        "Nothing waits for a decision.",
    ]


def test_a_quiet_day_on_which_something_got_better(lines: Lines) -> None:
    news = News(MONDAY, {FRAUD.name: Told(State.BREACHED, None, None, 1)})
    assert "Since Mon: none worse, 1 better" in lines(rollup(replace(of(FRAUD), news=news)))


def test_what_was_chosen_is_named(golden: Golden, lines: Lines) -> None:
    message = rollup(of(CHECKOUT, names=CHOSEN, threaded=False))
    golden("rollup_chosen", message)
    assert lines(message)[:3] == [
        "*Chosen service levels · Tue 24 Nov*",
        "*0 of 1 met* · 1 at risk",
        "Only team:payments, service:checkout, service:card, team:shop, 1 more",
    ]
    assert lines(message)[-1] == "Figures to 09:00"


def test_nothing_chosen_is_there(golden: Golden) -> None:
    message = rollup(of(names=("team:gone",)))
    golden("rollup_empty", message)
    assert message.text == "Chosen service levels: no objectives to tell of."


def test_no_headings_without_anything_under_them(lines: Lines) -> None:
    told = lines(rollup(of(owned(LEDGER, None))))
    assert not [line for line in told if line.startswith(("*Teams", "*Promises", "*Third", "*Not", "*Agree"))]


@pytest.mark.parametrize("reason", ["not_in_channel", "ambiguous", "unheard_of: of"])
def test_why_it_was_not_delivered(reason: str, lines: Lines) -> None:
    state = NoticeState.AMBIGUOUS if reason == "ambiguous" else NoticeState.FAILED
    told = lines(rollup(of(FRAUD, lost=[replace(LOST, reason=reason, state=state)] * 9)))
    assert "• and 4 more" in told


@pytest.mark.parametrize("count", [1, 60, 1000])
@pytest.mark.parametrize("name", ["objective", HOSTILE, "&" * 3000, "🚀" * 3000])
def test_any_number_fits_whatever_they_are_called(count: int, name: str, golden: Golden) -> None:
    facts = named(name, count)
    message = rollup(facts)
    if count == 1000 and name == HOSTILE:
        golden("rollup_longest", message)
    for block in (one for one in message.blocks if one["type"] != "actions"):
        shown = (block.get("text") or block["elements"][0])["text"].replace("<!date", "")
        assert "<" not in shown
    assert "<!" not in message.text


def test_what_is_promised_no_more_or_not_yet_is_not_counted(lines: Lines) -> None:
    sla = replace(AGREEMENTS["checkout-sla"], effective_until=date(2026, 11, 24))
    uc = Agreement("sms-uc", AgreementKind.UC, "sms", "payments", effective_from=date(2026, 11, 24))
    wallet = replace(WALLET, terms=replace(WALLET.terms, agreement="sms-uc"))
    promises = Promises({"checkout-sla": sla, "sms-uc": uc}, {PAYMENTS.name: PAYMENTS}, {})
    facts = of(CHECKOUT, FRAUD, wallet, promises=promises)
    told = lines(rollup(facts))
    assert "*Promises to customers: 0 of 1 SLA objective met*" in told
    assert "*Third parties:* 1 of 1 UC objective met" in told
    told = lines(rollup(replace(facts, at=NINE + timedelta(days=1))))
    assert not [line for line in told if "Promises" in line]
    assert "    checkout-availability at risk" in told
    told = lines(rollup(replace(facts, at=NINE - timedelta(days=1))))
    assert not [line for line in told if "Third parties" in line]


def test_only_who_decides_has_the_buttons(lines: Lines) -> None:
    told = lines(rollup(replace(all_teams(), decides=False)))
    assert not [line for line in told if line.startswith("[")]
    alone = lines(rollup(of(owned(FRAUD, None), decides=True)))
    assert alone[-2] == "[Assign fraud-check-latency…] [All objectives]"
    assert lines(rollup(of(CHECKOUT, decides=True)))[-2] == "[All objectives]"


def test_what_is_declined_and_without_owner_is_one_decision(lines: Lines) -> None:
    declined = Questions([replace(DECLINED, objective=FRAUD.name)])
    message = rollup(of(owned(FRAUD, None), asked=declined))
    assert message.text.endswith(" 1 decision waits.")
    assert sum("Unowned" in line for line in lines(message)) == 1


def test_since_when_nobody_owns_it(lines: Lines) -> None:
    first = FRAUD.objective.versions[0]
    second = replace(first, version=2, owner=None, since=NINE - timedelta(days=7))
    third = replace(second, version=3, since=NINE - timedelta(days=2))
    stood = replace(FRAUD, objective=replace(FRAUD.objective, versions=(first, second, third)), terms=third)
    assert "• Unowned since Tue 17 Nov: fraud-check-latency," in lines(rollup(of(stood)))


def test_a_manager_is_named_as_asked_only_once_that_was_done(lines: Lines) -> None:
    overdue = question("basket", "shop", date(2026, 11, 20), reminded=2)
    teams = {"shop": Team("shop", manager="U0LENA")}
    asked = replace(of(FRAUD), asked=Questions([overdue]), promises=Promises({}, teams, {}))
    assert "• basket: unacknowledged by shop, due Fri 20 Nov" in lines(rollup(asked))
    nobody = replace(asked, promises=Promises({}, {"shop": Team("shop")}, {}))
    later = replace(nobody, asked=Questions([replace(overdue, reminded=3)]))
    assert "• basket: unacknowledged by shop, due Fri 20 Nov" in lines(rollup(later))


def test_answers_that_have_time_are_no_decisions(lines: Lines) -> None:
    message = rollup(of(FRAUD, asked=Questions([question("basket", "shop", date(2026, 11, 30))])))
    assert message.text == "Service levels: 1 of 1 met."
    assert "• basket: shop, by Mon 30 Nov" in lines(message)
