"""Answers about warnings: the open ones, those of the past, and how good they were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from messages.example import NINE
from messages.gallery.warnings import bundle, nothing_scored, withdrawn
from messages.message import Message
from messages.warning_example import ANA, BREACHED, BURNING, FORECAST, OVER
from messages.warnings_list import EXAMPLE, EXAMPLE_HISTORY, PastWarning, warnings_history, warnings_list
from messages.warnings_score import EXAMPLE as SCORE
from messages.warnings_score import NO_FIFTHS, warnings_score
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]
MOST_IN_CODE = 43


def test_open_ones_urgent_first(golden: Golden, lines: Lines) -> None:
    message = warnings_list(EXAMPLE)
    golden("warnings", message)
    assert message.text == "payments team: 2 warnings open, 1 urgent."
    assert lines(message) == [
        "*payments team* · 2 warnings open",
        "⚠️ *W-42* checkout-availability · urgent",
        f"    <@{ANA}> has it, since Mon 13:59",
        "⚠️ *W-43* payout-latency · can wait",
        "    nobody has it, since 08:05",
        "[Acknowledge W-43]",
    ]


def test_a_breached_one_a_snoozed_one_and_one_of_several(lines: Lines) -> None:
    snoozed = replace(FORECAST.warning, snoozed_by=ANA, snoozed_until=NINE + timedelta(hours=1))
    said = lines(warnings_list(replace(EXAMPLE, warnings=(snoozed, bundle().warning, BREACHED.warning))))
    assert "⚠️ *W-42* 7 objectives of checkout · urgent" in said
    assert "❌ *W-42* checkout-availability · urgent" in said
    assert "    snoozed until 10:00, since 08:05" in said


def test_none_open(lines: Lines) -> None:
    message = warnings_list(replace(EXAMPLE, warnings=()))
    assert message.text == "payments team: no warning is open."
    assert lines(message) == ["*payments team*", "No warning is open."]


def test_at_most_three_buttons() -> None:
    many = [replace(BURNING.warning, number=number) for number in range(1, 9)]
    [row] = [
        block for block in warnings_list(replace(EXAMPLE, warnings=many)).blocks if block["type"] == "actions"
    ]
    assert [one["value"] for one in row["elements"]] == ["ack W-1", "ack W-2", "ack W-3"]


def test_what_was(lines: Lines) -> None:
    past = (*EXAMPLE_HISTORY.past, PastWarning(withdrawn().warning))
    said = lines(warnings_history(replace(EXAMPLE_HISTORY, past=past)))
    assert said == [
        "*checkout-availability* · 3 warnings, last 90 days",
        "❌ *W-42* Mon 13:59 · breached",
        "    budget burns, urgent",
        "☑️ *W-43* 08:05 · withdrawn",
        "    2 d · breach probable, can wait",
        "☑️ *W-42* Mon 13:59 · over",
        "    44 min · budget burns, urgent · took 12%",
    ]


def test_what_it_took_is_rounded_up(lines: Lines) -> None:
    past = (PastWarning(OVER.warning, Fraction(1, 1000)),)
    assert lines(warnings_history(replace(EXAMPLE_HISTORY, past=past)))[-1].endswith("took 1%")


def test_how_good_they_were(golden: Golden, lines: Lines) -> None:
    message = warnings_score(SCORE)
    golden("warnings_score", message)
    assert message.text == "Forecasts: 6 of 9 breaches warned of, 3 false alarms."
    said = lines(message)
    assert said[:9] == [
        "*Warnings* · 1 May to 1 Nov",
        "42 forecast periods ended, 9 breached",
        "Warned of 6 of 9 breaches (67%), missed 3",
        "False alarms: 3 of 9 forecast warnings",
        "Median lead time: 5 d 3 h (n = 6)",
        "No forecast could have seen: 2 of 9",
        "*Brier score* 0.071, linear pace 0.123",
        "n = 1,240 forecasts; smaller is better",
        "0.58 of linear pace's, likely 0.47 to 0.71",
    ]
    assert said[-2:] == ["*How many* 1.0 warnings a team a week", "n = 78 warnings, 3 teams, 26.3 weeks"]


def test_the_table_fits_a_phone(lines: Lines) -> None:
    rows = [line for line in lines(warnings_score(SCORE)) if "%  " in line or line.startswith("chance")]
    assert rows[0].split() == ["chance", "n", "said", "came", "true"]
    assert len(rows) == 6
    assert max(map(len, rows)) <= MOST_IN_CODE


def test_nothing_to_score_yet_says_so(lines: Lines) -> None:
    said = lines(warnings_score(nothing_scored()))
    assert said[1] == "Nothing to score yet: no period that was forecast has ended."
    assert not any("Brier" in line or "None" in line for line in said)
    assert len(lines(warnings_score(replace(nothing_scored(), teams=0)))) == 2


def test_numbers_that_do_not_exist_are_left_out(lines: Lines) -> None:
    few = replace(
        SCORE, breached=0, hits=0, median_lead_hours=None, pace_brier=0.0, ratio=None, fifths=NO_FIFTHS
    )
    said = lines(warnings_score(few))
    assert said[1:3] == ["42 forecast periods ended, none breached", "False alarms: 3 of 3 forecast warnings"]
    assert not any("Median" in line or "of linear pace's" in line for line in said)
    assert "under 20%  0     –          –" in [" ".join(line.split(" ")) for line in said]
