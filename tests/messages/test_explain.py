"""How a figure came about, as people read it. That it adds up: `test_explain_adds_up`."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from domain.calendars import Calendar
from domain.counts import NOTHING
from domain.method import Missing, RatioTimeslices, Timeslices
from domain.scope import Scope
from domain.standing import BURN_WINDOWS, Figures, stand
from domain.window import RollingWindow
from messages.columns import WIDTH
from messages.example import (
    BERLIN,
    CARD_AUTH,
    DAYS_30,
    EVENTS,
    NINE,
    objective,
    slices,
    standing,
)
from messages.explain import EXAMPLE, Explained, explain
from messages.gallery.explain import (
    longest,
    not_counted,
    nothing_measured,
    ratios,
    unexplained,
    work,
)
from messages.message import Message
from messages.room import SECTION
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_the_whole_story_of_a_figure(golden: Golden, lines: Lines) -> None:
    message = explain(EXAMPLE)
    golden("explain", message)
    assert message.text == "checkout-availability: at risk. Attainment 99.91%, target 99.9%, 30 days."
    assert lines(message) == [
        "*checkout-availability* · ⚠️ at risk",
        "Attainment *99.91%*, target 99.9%, 30 days",
        "*1 Counted*",
        "good requests ÷ all requests (Occurrences)",
        "Sun 25 Oct `09:00` to Tue 24 Nov `09:00` (30 days)",
        "```",
        "all requests  25,902,000",
        "failed            21,950",
        "attainment    99.915257%",
        "target             99.9%  met",
        "```",
        "*2 Budget*: 0.1% may fail",
        "```",
        "may fail  25,902",
        "failed    21,950",
        "left       3,952  15%",
        "```",
        "At the usual 600 a minute: ≈6 min of full outage",
        "*3 Where it went*: failed requests, and their share",
        "```",
        "2 Nov 10:12–10:41   14,200  55%  W-31",
        "23 Nov 13:52–14:28   3,024  12%  W-42",
        "all the rest         4,726  18%",
        "left                 3,952  15%",
        "```",
        "Shares: the running total, rounded up.",
        "On 2 Dec, without the first: at least 70% left,",
        "if nothing else fails and as much is counted.",
        "*4 Pace*: failed ÷ of ÷ 0.1%",
        "1 exactly uses up the budget",
        "```",
        "last  failed         of  pace",
        "1 h        7     36,000   0.2",
        "6 h       43    216,000   0.2",
        "1 d    3,150    864,000   3.7",
        "3 d    3,500  2,592,000   1.4",
        "```",
        "*5 Not counted*",
        "• Sun 15 Nov `02:00–02:30`, database upgrade: 30 min",
        "  planned work: database-upgrade, announced 6 Nov by <@U0BEN>",
        "*6 Measured*",
        "```",
        "30 days             43,200",
        "less planned work       30",
        "minutes that count  43,170",
        "measured            43,170  100%",
        "```",
        "*7 Terms*",
        "Version 1, from the beginning",
        "Owner: payments team",
        "acknowledged by <@U0ANA>, 12 Jan 2026",
        "SLA checkout-sla: payments to retail",
        "*8 What stands under it*",
        "payments-db 99.9% (OLA), bank-gateway 99.8% (UC)",
        "guarantee 99.70%: less than promised",
        "at best 99.8%, if they fail at the same time",
        "State: at risk, because under 25% left",
        "Until: 2 Dec, if nothing else fails",
        "[History]",
    ]


def test_what_leaves_first_is_told_only_where_nothing_listed_is_older(lines: Lines) -> None:
    largest, other = EXAMPLE.spells
    older = replace(other, start=largest.start - 100, end=largest.start - 60)
    told = lines(explain(replace(EXAMPLE, spells=[older, largest])))
    assert any(line.startswith("2 Nov 10:12–10:41 ") for line in told)
    assert not [line for line in told if "without the first" in line]


def test_without_data_no_figure_pretends_to_know(golden: Golden, lines: Lines) -> None:
    message = explain(nothing_measured())
    golden("explain_no_data", message)
    told = lines(message)
    assert told[:2] == ["*x* · ❔ no data", "Target 99.9%, 30 days"]
    assert "attainment      –" in told
    assert "Nothing was counted." in told


def test_slices_of_a_month_count_those_to_come(lines: Lines) -> None:
    told = lines(explain(unexplained(CARD_AUTH)))
    place = told.index("slices counted  33,660")
    assert told[place : place + 6] == [
        "slices counted  33,660",
        "slices to come   9,540",
        "minutes in all  43,200",
        "may fail          43.2",
        "bad               56",
        "left             −12.8  −30%",
    ]
    assert "State: breached, because the budget is overspent" in told


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        pytest.param(
            Timeslices(Fraction(99, 100), 5, Missing.BAD),
            [
                "good slices ÷ slices of 5 min (Timeslices);",
                "good: at least 99% of its events are",
                "A slice without data is bad.",
            ],
            id="Timeslices",
        ),
        pytest.param(
            RatioTimeslices(5, Missing.GOOD),
            ["mean ratio of slices of 5 min (RatioTimeslices)", "A slice without data is good."],
            id="RatioTimeslices",
        ),
    ],
)
def test_how_slices_are_counted(
    method: Timeslices | RatioTimeslices, expected: list[str], lines: Lines
) -> None:
    told = lines(explain(unexplained(standing(objective("x", "99", DAYS_30, method), slices(100, 2)))))
    assert told[3 : 3 + len(expected)] == expected


def test_ratios_are_shown_to_their_last_digit(golden: Golden, lines: Lines) -> None:
    message = explain(ratios())
    golden("explain_ratios", message)
    told = lines(message)
    assert "sum of ratios  8,623.33333333333" in told
    assert "lost             83.33333333335" in told
    place = told.index("23 Nov 07:00–24 Nov 07:30")
    assert told[place + 1 : place + 4] == [
        "               80              19%",
        "all the rest    3.33333333335   1%",
        "left          348.66666666665  80%",
    ]


def test_what_is_not_counted_is_named(golden: Golden, lines: Lines) -> None:
    message = explain(not_counted())
    golden("explain_not_counted", message)
    told = lines(message)
    place = told.index("*5 Not counted*")
    assert told[place + 1 : place + 10] == [
        "• Tue 3 Nov `02:00–04:00`, reason of a: 120 min",
        "  planned work: a, announced 2 Nov by <@U0BEN>",
        "• Tue 3 Nov `03:00–05:00`, reason of b: 120 min",
        "  planned work: b, announced 2 Nov by <@U0BEN>",
        "• Tue 3 Nov `06:00–07:00`, reason of c: 60 min",
        "  planned work: c, announced 2 Nov",
        "  *It counts*: announced too late; 5 working days ahead are agreed",
        "• less what is in two of them: 60 min",
        "• outside the service hours: 10,140 min",
    ]
    assert "less planned work              180" in told
    assert "Planned work: announced 5 working days ahead" in told


def test_work_that_recurs_is_told_once(lines: Lines) -> None:
    series = [work("backup", hour, 1, late=hour < 2) for hour in range(7)]
    told = lines(explain(Explained(CARD_AUTH, [], [*series, work("once", 9, 2)], None, None)))
    place = told.index("*5 Not counted*")
    assert told[place + 1 : place + 8] == [
        "• backup, 2 times: 120 min",
        "  planned work: reason of backup, announced 2 Nov by <@U0BEN>",
        "  *It counts*: announced too late",
        "• backup, 5 times: 300 min",
        "  planned work: reason of backup, announced 2 Nov by <@U0BEN>",
        "• Tue 3 Nov `09:00–11:00`, reason of once: 120 min",
        "  planned work: once, announced 2 Nov by <@U0BEN>",
    ]


def test_work_outside_the_service_hours_takes_nothing_away(lines: Lines) -> None:
    hours = Calendar("afternoons", hours=(((720, 1440),),) * 7)
    stood = replace(CARD_AUTH, scope=Scope(hours))
    told = lines(explain(Explained(stood, [], [work("night", 2, 2), work("day", 13, 1)], None, None)))
    assert "• Tue 3 Nov `13:00–14:00`, reason of day: 60 min" in told
    assert not [line for line in told if "night" in line]


def test_work_that_finds_no_room_is_summed_up(lines: Lines) -> None:
    works = [replace(work(f"w{n}", 2, 1, late=n == 0), objectives=()) for n in range(40)]
    told = lines(explain(Explained(CARD_AUTH, [], works, None, None)))
    place = told.index("*6 Measured*")
    shown = [line for line in told if "reason of w" in line]
    more = 40 - len(shown) - 1
    assert len(shown) > 5
    assert f"• and {more} more: {60 * more:,} min" in told[:place]
    assert "• and 1 more: 60 min, announced too late: *they count*" in told[:place]


def test_hostile_and_huge_values_fit(golden: Golden) -> None:
    message = explain(longest())
    golden("explain_longest", message)
    assert "<!" not in (str(message.blocks) + message.text).replace("<!date", "")
    tables = [
        line for block in message.blocks if "text" in block for line in code_lines(block["text"]["text"])
    ]
    assert len(tables) > 15
    assert all(
        len(line.replace("&lt;", "<").replace("&amp;", "&").replace("&gt;", ">")) <= WIDTH for line in tables
    )
    assert all(len(block["text"]["text"]) < SECTION for block in message.blocks if "text" in block)


def code_lines(text: str) -> list[str]:
    parts = text.split("```")
    return [line for part in parts[1::2] for line in part.strip("\n").split("\n")]


def test_an_agreement_is_not_needed(lines: Lines) -> None:
    window = RollingWindow(minutes=90)
    made = objective("x", "99", window, EVENTS, owner="")
    stood = stand(
        made,
        made.versions[0],
        window.period(at=NINE),
        Figures(NOTHING, dict.fromkeys(BURN_WINDOWS, NOTHING), None),
        at=NINE,
    )
    told = lines(explain(Explained(stood, [], [], None, None, BERLIN)))
    assert "Owner: nobody" in told
    assert "No agreement" in told
