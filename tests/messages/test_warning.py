"""Warnings: what a channel reads from the first minute until it is over, as designed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from domain.episode import WarningKind
from domain.sight import LENGTHS
from domain.team import Rung
from domain.warned import Happening, Record, Turn, Warned, WarnedObjective
from messages.example import DAYS_30, MINUTES, objective, slices
from messages.gallery.shown import HOSTILE, Shown
from messages.gallery.warnings import (
    SHOWN,
    SHOWN_LINES,
    asked,
    bundle,
    bundle_over,
    bundle_with_some_over,
    came_true,
    drawn_anew,
    easing,
    ended_met,
    heard_again,
    longest,
    longest_bundle,
    over_met,
    reopened,
    rolling_forecast,
    slow,
    snoozed,
    with_likely_days,
    with_warning,
    withdrawn,
    without_record,
)
from messages.message import Message
from messages.warning import warning_message
from messages.warning_example import (
    ACKNOWLEDGED,
    ANA,
    BREACHED,
    BURNING,
    FORECAST,
    OVER,
    SEEN,
    SILENT,
    WATCHERS,
    burning,
    changed,
    stood,
    warned_of,
)
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def buttons(message: Message) -> list[tuple[str, str]]:
    """Label and asked text of each button, then of each entry of the menu."""
    [row] = [block for block in message.blocks if block["type"] == "actions"] or [{"elements": []}]
    found = []
    for one in row["elements"]:
        found += [(choice["text"]["text"], choice["value"]) for choice in one.get("options", [one])]
    return found


def test_as_posted(golden: Golden, lines: Lines) -> None:
    message = warning_message(BURNING)
    golden("warning_burning", message)
    assert message.text == "checkout-availability at risk: at this pace the budget is gone at 15:15"
    assert lines(message) == [
        "⚠️ *checkout-availability* · at risk",
        "*14% of requests are failing since 13:52.*",
        "At this pace the budget is gone in *1 h 16 min*, at 15:15.",
        "Attainment 99.92%, target 99.9%, 30 days",
        "Budget left 24% (≈10 min), was 26% at 13:52",
        "Owner: payments team · SLA retail",
        "Burns as well: payments-db (data platform)",
        "Nobody has it yet. At 14:29 the manager is asked.",
        "[Acknowledge] [Explain] [⋯]",
        "W-42 · urgent · burn 140 over 5 min, 17 over 1 h",
    ]


def test_someone_has_it(lines: Lines) -> None:
    said = lines(warning_message(ACKNOWLEDGED))
    assert said[2] == "At this pace the budget is gone in *1 h 13 min*, at 15:15."
    assert said[-3:] == [
        f"Acknowledged by <@{ANA}> at 14:02; nobody else is asked.",
        "[Hand back] [Explain] [⋯]",
        "W-42 · urgent · edited 14:02 · more in the thread",
    ]


def test_over(lines: Lines) -> None:
    message = warning_message(OVER)
    assert message.text == "checkout-availability: over, still at risk"
    assert lines(message) == [
        "☑️ *checkout-availability* · over, still at risk",
        "Failing 13:52 to 14:28 (36 min), closed 14:43.",
        "It took 12% of the budget (3,024 requests).",
        "Attainment 99.91%, target 99.9%, 30 days",
        "Budget left 15% (≈6 min)",
        "At risk until 2 Dec: under 25% left",
        "Owner: payments team · SLA retail",
        f"Acknowledged by <@{ANA}> after 3 min.",
        "[Explain]",
        "W-42 · urgent · over · more in the thread",
    ]


def test_breached(lines: Lines) -> None:
    message = warning_message(BREACHED)
    assert message.text == "checkout-availability breached at 15:16"
    assert lines(message) == [
        "❌ *checkout-availability* · breached",
        "Since 15:16 attainment is below the target.",
        "Failing since 13:52, 14% of requests.",
        "Attainment 99.89%, target 99.9%, 30 days",
        "Budget left −1% (≈1 min over)",
        "Above target again on 2 Dec if nothing else fails",
        "Owner: payments team · SLA retail",
        f"Acknowledged by <@{ANA}> at 14:02; nobody else is asked.",
        "[Hand back] [Explain] [⋯]",
        "W-42 · urgent · breached · more in the thread",
    ]


def test_over_and_met(lines: Lines) -> None:
    said = lines(warning_message(over_met()))
    assert said[0] == "☑️ *checkout-availability* · over, met"
    assert not any("At risk" in line for line in said)
    assert said[-3] == "Nobody acknowledged it."


def test_where_nothing_fails_just_now_there_is_no_countdown(lines: Lines) -> None:
    said = lines(warning_message(easing()))
    assert said[1:3] == ["*Nothing failed in the last 5 min.*", "Failing 13:52 to 14:28 (36 min)."]
    assert not any("At this pace" in line for line in said)


def test_one_that_began_again_fails_since_then(lines: Lines) -> None:
    said = lines(warning_message(reopened()))
    assert said[1].endswith("are failing since 15:38.*")
    assert "It was over and began again." in said


def test_slices_and_a_long_way_to_go(lines: Lines) -> None:
    said = lines(warning_message(slow()))
    assert said[1] == "*3 of the last 120 minutes failed, since 13:59.*"
    assert said[2] == "At this pace the budget is gone in *3 d 11 h*, on Fri 01:35."
    assert said[-1] == "W-45 · can wait · burn 5 over 2 h, 5 over 1 d"
    assert "Nobody has it yet." in said


def test_all_requests_fail(lines: Lines) -> None:
    total = replace(BURNING, objectives=(failing(600),))
    assert "*All requests are failing since 13:52.*" in lines(warning_message(total))
    nearly = replace(BURNING, objectives=(failing(599),))
    assert "*Over 99% of requests are failing since 13:52.*" in lines(warning_message(nearly))
    little = replace(BURNING, objectives=(failing(Fraction(1, 3)),))
    assert "*0.07% of requests are failing since 13:52.*" in lines(warning_message(little))


def failing(a_minute: Fraction | int) -> WarnedObjective:
    one = burning(SEEN)
    spans = {
        length: counts._replace(good=counts.total - int(a_minute * length) - (a_minute < 1))
        for length, counts in one.standing.figures.spans.items()
    }
    figures = replace(one.standing.figures, spans=spans)
    return replace(one, standing=replace(one.standing, figures=figures))


@pytest.mark.parametrize(
    ("warned", "said"),
    [
        pytest.param(drawn_anew(), ["Nobody has it yet. At 14:29 the manager is asked."], id="nobody yet"),
        pytest.param(
            asked(),
            ["Nobody has it; the manager was asked.", "At 15:59 the service level managers are asked."],
            id="the manager was asked",
        ),
        pytest.param(
            with_warning(asked(), reminded=2),
            ["Nobody has it; the service level managers were asked."],
            id="all",
        ),
        pytest.param(
            replace(drawn_anew(), team=replace(WATCHERS, manager=None)),
            ["Nobody has it yet."],
            id="no manager to ask",
        ),
        pytest.param(
            replace(
                drawn_anew(), team=replace(WATCHERS, escalation=(Rung("S0ONCALL1", timedelta(hours=1)),))
            ),
            ["Nobody has it yet. At 14:59 a group is asked."],
            id="a user group",
        ),
        pytest.param(
            replace(
                drawn_anew(), team=replace(WATCHERS, escalation=(Rung("#war-room", timedelta(hours=1)),))
            ),
            ["Nobody has it yet."],
            id="a channel is not asked yet",
        ),
        pytest.param(snoozed(), [f"Snoozed by <@{ANA}> until 14:59: nobody is asked."], id="snoozed"),
    ],
)
def test_who_has_it(warned: Warned, said: list[str], lines: Lines) -> None:
    read = lines(warning_message(warned))
    place = next(index for index, line in enumerate(read) if line.startswith("["))
    assert read[place - len(said) : place] == said


def test_what_was_handed_back_is_told_with_who_and_when(lines: Lines) -> None:
    back = Happening(Turn.HANDED_BACK, drawn_anew().at, by=ANA)
    assert f"Handed back by <@{ANA}> at 14:04." in lines(warning_message(drawn_anew(), handed_back=back))


def test_a_name_that_would_call_somebody_is_in_no_message_as_posted() -> None:
    for warned in (BURNING, FORECAST, SILENT, bundle(), slow()):
        assert "<@" not in str(warning_message(warned).blocks)
        assert "<!subteam" not in str(warning_message(warned).blocks)


SNOOZES = [
    ("Snooze 1 hour", "snooze W-42 1h"),
    ("Snooze until tomorrow's digest", "snooze W-42 until digest"),
]
ANY_SNOOZE = ("Snooze…", "snooze W-42")
EXPLAIN = ("Explain", "explain objective:checkout-availability")


@pytest.mark.parametrize(
    ("warned", "found"),
    [
        pytest.param(
            BURNING, [("Acknowledge", "ack W-42"), EXPLAIN, *SNOOZES, ANY_SNOOZE], id="nobody has it"
        ),
        pytest.param(
            ACKNOWLEDGED, [("Hand back", "ack W-42 back"), EXPLAIN, *SNOOZES, ANY_SNOOZE], id="someone has it"
        ),
        pytest.param(OVER, [EXPLAIN], id="over"),
        pytest.param(
            replace(BURNING, maintenance_until=SEEN + timedelta(hours=1)),
            [
                ("Acknowledge", "ack W-42"),
                EXPLAIN,
                *SNOOZES,
                ("Snooze until the maintenance ends", "snooze W-42 until maintenance"),
                ANY_SNOOZE,
            ],
            id="planned work runs",
        ),
        pytest.param(
            bundle(),
            [("Acknowledge", "ack W-42"), ("Explain", "explain service:checkout"), *SNOOZES, ANY_SNOOZE],
            id="several of a service",
        ),
    ],
)
def test_buttons(warned: Warned, found: list[tuple[str, str]]) -> None:
    assert buttons(warning_message(warned)) == found


def test_a_forecast(lines: Lines) -> None:
    message = warning_message(FORECAST)
    assert message.text == "payout-latency will probably be breached in November (72%)"
    assert lines(message) == [
        "⚠️ *payout-latency* · at risk",
        "*Will probably be breached in November: 72%.*",
        "1.6% of payouts failed in 3 days, 0.79% before.",
        "To stay met, the rest of November must stay under 1.3%.",
        "Attainment 99.11%, target 99%, November so far",
        "Budget left 11% (494 payouts) · 6 days to go",
        "At the recent pace November ends at 98.95%",
        "Owner: payments team · SLA marketplace",
        "Such forecasts here so far: 6 of 9 came true.",
        "Nobody has it yet.",
        "[Acknowledge] [Explain] [⋯]",
        "W-43 · can wait · next look Wed 01:00",
    ]


def test_forecasts_without_a_record(lines: Lines) -> None:
    thin = "Too little history to say how good this is; it assumes the pace of the last 7 days."
    assert thin in lines(warning_message(without_record()))
    likely = lines(warning_message(with_likely_days()))
    assert "One more incident like 3 Oct or 19 Oct is enough." in likely
    assert "No such forecast has ended yet: how good they are here, nobody knows." in likely
    (one,) = FORECAST.objectives
    of_team = replace(FORECAST, objectives=(replace(one, record=Record(1, 2, of_team=True)),))
    assert "Such forecasts of this team so far: 1 of 2 came true." in lines(warning_message(of_team))


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.72, "Will probably be breached in November: 72%"),
        (0.28, "May be breached in November: 28%"),
        (0.5, "Will probably be breached in November: 50%"),
        (0.721, "Will probably be breached in November: 73%"),
        (0.997, "Will probably be breached in November: over 99%"),
        (1.0, "Will probably be breached in November: over 99%"),
        (0.0001, "May be breached in November: 1%"),
    ],
)
def test_chances_are_rounded_up_and_never_certain(probability: float, said: str, lines: Lines) -> None:
    assert lines(warning_message(changed(FORECAST, probability=probability)))[1] == f"*{said}.*"


def test_a_rolling_window_has_no_end(lines: Lines) -> None:
    message = warning_message(rolling_forecast())
    assert message.text == "checkout-latency may be breached within 7 days (40%)"
    assert not any("to go" in line or "ends at" in line or "To stay met" in line for line in lines(message))


def test_how_a_forecast_ends(lines: Lines) -> None:
    assert lines(warning_message(withdrawn()))[:2] == [
        "☑️ *payout-latency* · forecast withdrawn: 28%,",
        "below 40% for 2 days.",
    ]
    assert lines(warning_message(came_true()))[:3] == [
        "❌ *payout-latency* · breached on Thu 26 Nov",
        "It came true: forecast since Tue 24 Nov,",
        "at last with 87%.",
    ]
    met = lines(warning_message(ended_met()))
    assert met[:2] == [
        "☑️ *payout-latency* · over, November ended met",
        "The forecast, at last 72%, did not come true.",
    ]
    assert not any("Attainment" in line for line in met), "December's figures say nothing of November"


def test_nothing_received(lines: Lines) -> None:
    message = warning_message(SILENT)
    assert message.text == "ledger-export-freshness: nothing received since 11:40"
    assert lines(message)[:2] == [
        "⚠️ *ledger-export-freshness* · at risk",
        "*Nothing received since 11:40 (2 h).*",
    ]
    assert lines(warning_message(heard_again()))[:2] == [
        "☑️ *ledger-export-freshness* · received again, met",
        "Nothing received 11:40 to 14:40 (3 h).",
    ]


def test_several_are_one_message_the_worst_first(lines: Lines) -> None:
    message = warning_message(bundle())
    assert message.text == "7 objectives of checkout: at risk; at this pace a budget is gone at 19:38"
    said = lines(message)
    assert said[:4] == [
        "⚠️ *7 objectives of checkout* · at risk",
        "First *checkout-006*: at this pace its budget is gone in *5 h 39 min*, at 19:38.",
        "⚠️ checkout-006 · 3.0% failing · budget left 23%",
        "⚠️ checkout-005 · 2.7% failing · budget left 24%",
    ]
    assert lines(warning_message(bundle(3, WarningKind.SILENT)))[1] == "Nothing is received of them."


def test_of_several_those_that_are_over_come_last(lines: Lines) -> None:
    said = lines(warning_message(bundle_with_some_over()))
    assert said[0] == "⚠️ *7 objectives of checkout* · 5 at risk, 2 over"
    assert said[7:9] == ["☑️ checkout-001 · over · took 1%", "☑️ checkout-000 · over · took 1%"]
    assert lines(warning_message(bundle_over()))[0] == "☑️ *7 objectives of checkout* · over"


def test_one_breached_of_several_leads(lines: Lines) -> None:
    objectives = bundle().objectives
    gone = replace(
        objectives[0], standing=replace(objectives[0].standing, state=BREACHED.objectives[0].standing.state)
    )
    said = lines(warning_message(warned_of([gone, *objectives[1:]], at=SEEN)))
    assert said[0] == "❌ *7 objectives of checkout* · 1 breached, 6 at risk"
    assert said[2].startswith("❌ checkout-000")


def test_slices_of_several_are_brief(lines: Lines) -> None:
    spans = {length: slices(length, length - length // 5) for length in LENGTHS}
    of = [objective(f"checkout-{n}", "99.9", DAYS_30, MINUTES) for n in range(2)]
    episode = BURNING.objectives[0].episode
    made = [
        replace(
            BURNING.objectives[0],
            episode=replace(episode, objective=one.name),
            standing=stood(one, slices(43_200, 9), spans, at=SEEN),
        )
        for one in of
    ]
    said = lines(warning_message(warned_of(made, at=SEEN)))
    assert said[2:4] == ["⚠️ checkout-0 · 4 of 5 min failed", "    budget left 79%"]


USUAL = [one for one in (*SHOWN, *SHOWN_LINES) if not one.name.endswith(("longest", "500"))]


@pytest.mark.parametrize("one", USUAL, ids=lambda one: one.name)
def test_deliberate_lines_fit_a_phone(one: Shown, lines: Lines) -> None:
    longer = [line for line in lines(one.draw()) if len(line.replace("*", "")) > 51]
    assert all(line.endswith((".", "?")) for line in longer), "only sentences may wrap"


@pytest.mark.parametrize("warned", [longest(), longest_bundle()], ids=["one", "500"])
def test_hostile_words_do_nothing(warned: Warned) -> None:
    written = str(warning_message(warned).blocks)
    assert "<!channel>" not in written
    assert HOSTILE not in written


def test_buttons_that_could_not_be_pressed_are_left_out() -> None:
    assert [label for label, _ in buttons(warning_message(longest()))][:1] == ["Hand back"]
    assert "Explain" not in dict(buttons(warning_message(longest())))


def test_more_objectives_than_fit_are_counted(lines: Lines) -> None:
    said = lines(warning_message(bundle(500), command="/levels"))
    assert "and 460 more: `/levels status checkout`" in said


def test_the_worst_come_last_once_they_are_over(lines: Lines) -> None:
    *kept, worst = bundle().objectives
    over = replace(worst, episode=replace(worst.episode, resolved_at=SEEN))
    said = lines(warning_message(warned_of([over, *kept], at=SEEN)))
    assert said[2].startswith("⚠️ checkout-005")
    assert said[8] == "☑️ checkout-006 · over · took 1%"


def test_who_should_have_been_asked_by_now_is_no_announcement(lines: Lines) -> None:
    late = with_warning(asked(), reminded=0)
    assert "Nobody has it yet." in lines(warning_message(late))
