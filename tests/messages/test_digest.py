"""The daily digest: what a team reads, from no objectives to 500, and whatever they are called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import WarningKind
from domain.news import News
from domain.questions import Questions
from domain.standing import Reason, Standing, State
from domain.team import QuietHours
from domain.warned_since import WarnedSince
from messages.digest import EXAMPLE, digest
from messages.example import (
    CARD_AUTH,
    CHECKOUT,
    DAYS_30,
    EVENTS,
    FRAUD,
    LEDGER,
    MINUTES,
    MONDAY,
    NEWS,
    NINE,
    NOVEMBER,
    PAYOUT,
    WALLET,
    events,
    objective,
    slices,
    standing,
)
from messages.gallery.digest import (
    ALL_MET,
    EVENING,
    KINDS,
    SINCE,
    after_quiet_hours,
    everything_waits,
    many,
    named,
    of,
    quiet_monday,
    unowned,
    warned,
)
from messages.gallery.shown import HOSTILE
from messages.message import Message
from messages.waiting import DECLINED, HANDOVER, question
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]
HOUR = timedelta(hours=1)
SILENT_SINCE = datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_the_example_reads_as_designed(golden: Golden, lines: Lines) -> None:
    message = digest(EXAMPLE)
    golden("digest_example", message)
    assert message.text == "payments team: 3 of 7 met, 2 at risk, 1 breached, 1 no data. 2 worse since Mon."
    assert lines(message) == [
        "*payments team · Tue 24 Nov*",
        "*3 of 7 met* · 2 at risk · 1 breached · 1 no data",
        "Since Mon: 2 worse, none better",
        "❌ *card-auth-availability* · breached",
        "Attainment 99.83%, target 99.9%, November",
        "Budget left −30% (13 min over) · SLA retail",
        "Breached until 1 Dec: the budget is overspent",
        "⚠️ *checkout-availability* · at risk (was met)",
        "Attainment 99.91%, target 99.9%, 30 days",
        "Budget left 15% (≈6 min), was 27% · SLA retail",
        "W-42 on Mon took 12% in 36 min; over",
        "Above 25% again on 2 Dec if nothing else fails",
        "⚠️ *payout-latency* · at risk",
        "Attainment 99.11%, target 99%, November",
        "Budget left 11% (494 payouts), was 15%",
        "Will probably be breached: 72% · W-43",
        "SLA marketplace",
        "❔ *ledger-export-freshness* · no data (was met)",
        "Nothing received since Mon 11:40 (21 h)",
        "35% of this week measured, 50% needed",
        "OLA data platform",
        "✅ *3 met*, with budget left:",
        "fraud-check-latency 62% · wallet-availability 90%",
        "invoice-availability 95%",
        "*Waiting for this team*",
        "✍️ wallet-availability: unacknowledged,",
        "    answer by Mon 30 Nov",
        "⚠️ W-43 payout-latency: nobody has it yet",
        "[What waits for me]",
        "Figures to 09:00 · all numbers in the thread",
    ]
    assert max(map(len, lines(message))) <= 50


def test_what_waits_for_the_team_and_for_others(golden: Golden, lines: Lines) -> None:
    message = digest(everything_waits())
    golden("digest_waiting", message)
    assert message.text == "payments team: 3 of 3 met."
    assert lines(message) == [
        "*payments team · Tue 24 Nov*",
        "*3 of 3 met*",
        "✅ *3 met*, with budget left:",
        "fraud-check-latency 62% · wallet-availability 90%",
        "invoice-availability 95%",
        "*Waiting for this team*",
        "✍️ 7 objectives: unacknowledged,",
        "    first answer was due Fri 20 Nov",
        "🤝 wallet-latency: hand-over from shop,",
        "    agree or refuse",
        "*Waiting for others*",
        "✋ search-latency: declined 17 Nov,",
        "    the service level managers decide",
        "🤝 invoice-availability: hand-over to shop,",
        "    which has to agree",
        "[What waits for me]",
        "Figures to 09:00 · all numbers in the thread",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(Questions([question("wallet", "payments", MONDAY)]), id="a question to the team"),
        pytest.param(Questions([DECLINED]), id="its no, about which nobody decided"),
        pytest.param(Questions((), [HANDOVER]), id="a hand-over"),
    ],
)
def test_it_is_no_quiet_day_while_something_waits(asked: Questions, lines: Lines) -> None:
    facts = replace(of(*ALL_MET), asked=asked)
    assert not facts.quiet
    assert "Nothing waits for this team." not in lines(digest(facts))


def test_what_waits_is_told_to_a_team_without_objectives_too(lines: Lines) -> None:
    given = replace(HANDOVER, taker="payments", giver="shop")
    told = lines(digest(replace(of(), asked=Questions((), [given]))))
    assert "🤝 invoice-availability: hand-over from shop," in told


def test_what_is_asked_again_before_it_expires_is_not_unacknowledged(lines: Lines) -> None:
    ahead = question("wallet", "payments", date(2026, 12, 1), missing_from=NINE + timedelta(days=14))
    told = lines(digest(replace(of(*ALL_MET), asked=Questions([ahead]))))
    assert told[told.index("*Waiting for this team*") + 1 :][:2] == [
        "✍️ wallet: to be acknowledged again,",
        "    answer by Tue 1 Dec",
    ]


def test_a_row_has_the_mark_of_what_its_owner_did_not_acknowledge(lines: Lines) -> None:
    told = lines(digest(of(replace(CHECKOUT, unacknowledged=True), FRAUD)))
    assert "✍️ unacknowledged" in told
    assert "✍️ unacknowledged" not in lines(digest(of(CHECKOUT, FRAUD)))


def test_a_quiet_day_is_three_lines(golden: Golden, lines: Lines) -> None:
    message = digest(of(*ALL_MET))
    golden("digest_quiet_day", message)
    assert message.text == "payments team: all 3 met, nothing waits."
    assert lines(message) == [
        "✅ *payments team · Tue 24 Nov* · all 3 met",
        "Tightest: fraud-check-latency, budget left 62%",
        "Nothing waits for this team.",
    ]


def test_a_quiet_day_on_which_something_got_better(lines: Lines) -> None:
    before = {**NEWS.told, FRAUD.name: replace(NEWS.told[FRAUD.name], state=State.AT_RISK)}
    message = digest(replace(of(*ALL_MET), news=News(MONDAY, before)))
    assert lines(message) == [
        "✅ *payments team · Tue 24 Nov* · all 3 met",
        "Since Mon: none worse, 1 better",
        "Tightest: fraud-check-latency, budget left 62%",
        "Nothing waits for this team.",
    ]


def test_a_quiet_day_with_what_lies_ahead_and_the_week_before(golden: Golden, lines: Lines) -> None:
    facts = quiet_monday()
    message = digest(facts)
    golden("digest_quiet_monday", message)
    assert lines(message) == [
        "✅ *payments team · Tue 24 Nov* · all 3 met",
        "Tightest: fraud-check-latency, budget left 62%",
        "*Planned*",
        "• Sat 28 Nov `22:00` – Sun 29 Nov `02:00`, upgrade of the database",
        "    fraud-check-latency · wallet-availability",
        "*Agreements*",
        "• Review with retail on Tue 1 Dec",
        "• checkout-sla (SLA retail) ends on Sun 20 Dec",
        "*Last week, to Sun 22 Nov*",
        "all 3 met",
        "Best: invoice-availability, 72% to 95% left",
        "Worst: fraud-check-latency, 90% to 62% left",
    ]
    assert message.text == "payments team: all 3 met."


def test_each_row_that_is_not_met_has_a_menu() -> None:
    rows = [block for block in digest(EXAMPLE).blocks if "accessory" in block]
    assert [row["accessory"]["action_id"] for row in rows] == [f"form:row:{place}" for place in range(4)]
    assert [option["value"] for option in rows[0]["accessory"]["options"]] == [
        "explain card-auth-availability",
        "dispute card-auth-availability",
        "history card-auth-availability",
    ]


def test_what_quiet_hours_held_back_comes_first_and_what_was_seen_last(golden: Golden, lines: Lines) -> None:
    message = digest(after_quiet_hours())
    golden("digest_held_back", message)
    assert lines(message) == [
        "✅ *payments team · Tue 24 Nov* · all 3 met",
        "*Held back in your quiet hours*",
        "☑️ W-45 wallet-availability",
        "    today took 2% in 6 min; over",
        "Tightest: fraud-check-latency, budget left 62%",
        "Nothing waits for this team.",
        "*Warned since Mon*",
        "☑️ W-44 2 objectives of fraud",
        "    on Mon took up to 12% in 44 min; over",
    ]


def test_a_warning_held_back_leads_a_full_digest_and_does_not_wait_twice(lines: Lines) -> None:
    held = warned(43, PAYOUT.name, kind=WarningKind.FORECAST, probability=0.716, said_at=NINE - HOUR)
    team = replace(EXAMPLE.team, quiet_hours=QuietHours(time(18), time(8)))
    told = lines(digest(replace(of(PAYOUT, FRAUD), team=team, warned=WarnedSince(NINE, [held], SINCE))))
    assert told[2:5] == [
        "*Held back in your quiet hours*",
        "⚠️ W-43 payout-latency",
        "    will probably be breached: 72%",
    ]
    assert "*Waiting for this team*" not in told


@pytest.mark.parametrize(
    ("warning", "line"),
    [
        pytest.param(warned(1, WALLET.name), "W-1 since Mon 19:00: nobody has it", id="one that can wait"),
        pytest.param(
            warned(1, WALLET.name, severity=Severity.PAGE, opened_at=NINE - HOUR),
            "W-1 urgent since 08:00: nobody has it",
            id="an urgent one",
        ),
        pytest.param(
            replace(warned(1, WALLET.name), acknowledged_by="U0ANA", acknowledged_at=EVENING),
            "W-1 since Mon 19:00: somebody has it",
            id="one that somebody has, who is not mentioned",
        ),
        pytest.param(
            replace(warned(1, WALLET.name), snoozed_until=NINE + HOUR),
            "W-1 since Mon 19:00: snoozed",
            id="snoozed",
        ),
        pytest.param(
            warned(1, WALLET.name, kind=WarningKind.FORECAST, probability=0.441),
            "May be breached: 45% · W-1",
            id="a forecast that eases",
        ),
        pytest.param(
            warned(1, WALLET.name, kind=WarningKind.FORECAST, probability=0.9999),
            "Will probably be breached: over 99% · W-1",
            id="no forecast is certain",
        ),
        pytest.param(
            warned(1, WALLET.name, kind=WarningKind.SILENT),
            "W-1 nothing received: nobody has it",
            id="silence",
        ),
    ],
)
def test_the_row_of_an_open_warning_tells_it_as_the_reason(
    warning: BreachWarning, line: str, lines: Lines
) -> None:
    stood = replace(WALLET, state=State.AT_RISK, reason=Reason.OPEN_WARNING)
    told = lines(digest(replace(of(stood, FRAUD), warned=WarnedSince(NINE, [warning], SINCE))))
    assert line in told
    assert "A warning is open" not in told


@pytest.mark.parametrize(
    ("warning", "line"),
    [
        pytest.param(
            warned(1, PAYOUT.name, over=NINE, breached_at=NINE), "W-1 on Mon; breached", id="came to a breach"
        ),
        pytest.param(
            warned(
                1, PAYOUT.name, kind=WarningKind.FORECAST, over=NINE, below_since=EVENING, probability=0.28
            ),
            "W-1 withdrawn: 28% to be breached",
            id="a forecast that was taken back",
        ),
        pytest.param(
            warned(1, PAYOUT.name, kind=WarningKind.FORECAST, over=NINE, breached_at=NINE),
            "W-1 came true: breached",
            id="a forecast that came true",
        ),
        pytest.param(
            warned(1, PAYOUT.name, kind=WarningKind.FORECAST, over=NINE),
            "W-1 did not come true; over",
            id="a forecast whose period ended",
        ),
        pytest.param(
            warned(1, PAYOUT.name, kind=WarningKind.SILENT, over=NINE),
            "W-1 on Mon: nothing received; over",
            id="data came again",
        ),
    ],
)
def test_the_row_tells_how_a_warning_ended(warning: BreachWarning, line: str, lines: Lines) -> None:
    told = lines(digest(replace(of(PAYOUT, FRAUD), warned=WarnedSince(NINE, [warning], SINCE))))
    assert line in told
    assert "*Warned since Mon*" not in told


def test_a_row_without_data_tells_only_once_that_nothing_comes(lines: Lines) -> None:
    silent = warned(1, LEDGER.name, kind=WarningKind.SILENT)
    told = lines(digest(replace(of(LEDGER, FRAUD), warned=WarnedSince(NINE, [silent], SINCE))))
    assert "W-1: nobody has it" in told
    assert sum("othing received" in line for line in told) == 1


def test_a_row_takes_its_warning(lines: Lines) -> None:
    [payout] = [block for block in digest(EXAMPLE).blocks if "W-43" in str(block.get("accessory"))]
    assert payout["accessory"]["options"][-1]["value"] == "ack W-43"


def test_many_that_are_over_are_counted(lines: Lines) -> None:
    over = [warned(n, WALLET.name, over=NINE) for n in range(9)]
    told = lines(digest(replace(of(*ALL_MET), warned=WarnedSince(NINE, over, SINCE)), command="/slo"))
    assert told[-2:] == ["☑️ W-4 wallet-availability on Mon; over", "and 4 more: `/slo warnings`"]


def test_an_open_warning_is_no_quiet_day() -> None:
    facts = replace(of(*ALL_MET), warned=WarnedSince(NINE, [warned(1, WALLET.name)], SINCE))
    assert not facts.quiet


def test_a_new_period_is_told(lines: Lines) -> None:
    before = {**NEWS.told, CARD_AUTH.name: replace(NEWS.told[CARD_AUTH.name], state=State.MET, period=NINE)}
    told = lines(digest(replace(of(CARD_AUTH), news=News(MONDAY, before))))
    assert "❌ *card-auth-availability* · breached, new period" in told
    assert "Budget left −30% (13 min over) · SLA retail" in told


def test_without_objectives_it_says_how_to_load_some(golden: Golden) -> None:
    message = digest(of())
    golden("digest_without_objectives", message)
    assert message.text == "payments team: no objectives yet."
    assert "`steward apply FILES`" in message.blocks[0]["text"]["text"]


def test_a_met_objective_that_fell_silent_is_no_quiet_day(lines: Lines) -> None:
    silent = standing(WALLET.objective, slices(31_000, 10), last=SILENT_SINCE)
    told = lines(digest(of(FRAUD, silent)))
    assert told[2:6] == [
        "*Silent*: nothing received for 24 h",
        "• wallet-availability, since Sun 09:00",
        "✅ *2 met*, with budget left:",
        "fraud-check-latency 62% · wallet-availability 95%",
    ]


def test_a_silent_row_says_so_itself_and_is_not_listed_again(lines: Lines) -> None:
    silent = standing(CARD_AUTH.objective, slices(31_000, 56), last=SILENT_SINCE)
    told = lines(digest(of(silent, FRAUD)))
    assert "Nothing received since Sun 09:00 (2 d)" in told
    assert not [line for line in told if line.startswith("*Silent*")]
    assert "92% of this month measured" in told


def test_what_was_never_received_says_so(lines: Lines) -> None:
    new = standing(objective("new", "99.9", DAYS_30, EVENTS), events(0, 0, 0), last=None)
    never = replace(new, figures=replace(new.figures, first_minute=None))
    assert lines(digest(of(never)))[2:4] == ["❔ *new* · no data", "Nothing received yet"]


@pytest.mark.parametrize(
    ("stood", "line"),
    [
        pytest.param(
            replace(PAYOUT, reason=Reason.OVERSPENT_SO_FAR),
            "More failed than the payouts so far allow",
            id="so far",
        ),
        pytest.param(
            replace(CHECKOUT, state=State.BREACHED, reason=Reason.OVERSPENT),
            "Above target again on 2 Dec if nothing else fails",
            id="a rolling breach ends",
        ),
        pytest.param(
            replace(CHECKOUT, state=State.BREACHED, reason=Reason.OVERSPENT, until=None),
            "The budget is overspent",
            id="a breach without an end",
        ),
        pytest.param(
            replace(CARD_AUTH, state=State.AT_RISK, reason=Reason.LOW_BUDGET),
            "At risk until 1 Dec: under 25% left",
            id="a calendar window ends",
        ),
        pytest.param(
            standing(objective("x", "99", NOVEMBER, EVENTS, unit="payouts"), events(0, 0, 100)),
            "No payouts this month",
            id="no events",
        ),
        pytest.param(
            standing(objective("x", "99", NOVEMBER, MINUTES), slices(0, 0), last=None),
            "Nothing received for 24 h",
            id="nothing measured, last minute unknown",
        ),
        pytest.param(
            standing(objective("x", "99", NOVEMBER, MINUTES), slices(0, 0)),
            "Nothing received this month",
            id="nothing measured in the period",
        ),
        pytest.param(
            standing(objective("x", "99", DAYS_30, EVENTS), events(0, 0, 100)),
            "No events in 30 days",
            id="no events in a rolling window",
        ),
    ],
)
def test_every_state_but_met_says_why(stood: Standing, line: str, lines: Lines) -> None:
    assert line in lines(digest(of(stood)))


def test_a_third_party_is_named_as_the_other_side_of_its_contract(lines: Lines) -> None:
    contract = {"checkout-sla": Agreement("checkout-sla", AgreementKind.UC, "sms-provider", "payments")}
    told = lines(digest(replace(of(CHECKOUT), agreements=contract)))
    assert "Budget left 15% (≈6 min) · UC sms-provider" in told


def test_unowned_objectives_and_missed_digests_have_lines_of_their_own(golden: Golden, lines: Lines) -> None:
    message = digest(unowned())
    golden("digest_unowned", message)
    assert message.text == "payments team: 3 of 3 met. 2 unowned."
    assert lines(message)[-5:-1] == [
        "*Unowned*: nobody answers for these",
        "• payout-latency · ⚠️ at risk",
        "• invoice-availability · ✅ met",
        "Digests not posted: Fri 20 Nov, Mon 23 Nov",
    ]


def test_a_year_of_missed_digests_is_cut_short(lines: Lines) -> None:
    missed = tuple(date(2025, 1, 1) + timedelta(days=n) for n in range(365))
    told = [line for line in lines(digest(of(FRAUD, missed=missed))) if "2025" in line or "earlier" in line]
    assert told[0] == "Digests not posted: earlier ones, Wed 24 Dec 2025"


@pytest.mark.parametrize("count", [1, 7, 60, 500])
@pytest.mark.parametrize(
    "kinds",
    [(FRAUD,), (CARD_AUTH,), (LEDGER,), KINDS],
    ids=["all met", "all breached", "no data at all", "mixed"],
)
def test_any_number_fits(count: int, kinds: tuple[Standing, ...], golden: Golden, lines: Lines) -> None:
    message = digest(of(*many(count, *kinds), unowned=many(count, PAYOUT)))
    if count == 500 and len(kinds) > 1:
        golden("digest_500", message)
    assert len(lines(message)) < 110


def test_what_finds_no_room_is_summed_up_in_a_line(lines: Lines) -> None:
    told = lines(digest(of(*many(35, CHECKOUT), *many(4, LEDGER))))
    assert "and 23 more at risk, 4 more no data: `/slm status payments`" in told


@pytest.mark.parametrize("text", [HOSTILE, "&" * 3000, "🚀" * 3000, '"\\' * 1500])
@pytest.mark.parametrize("count", [1, 60, 500])
def test_hostile_text_neither_pings_nor_breaks_the_limits(count: int, text: str, golden: Golden) -> None:
    facts = named(text[:3000], count)
    message = digest(facts, command="/slm")
    if count == 500 and text == HOSTILE:
        golden("digest_longest", message)
    for block in (one for one in message.blocks if one["type"] != "actions"):
        shown = (block.get("text") or block["elements"][0])["text"].replace("<!date", "")
        assert "<" not in shown
        assert shown.strip()
        assert "\u202e" not in shown
        assert shown.count("`") % 2 == 0
        assert shown.count("*") % 2 == 0
    assert "<!" not in message.text
