"""How things stood in the past."""

from datetime import UTC, datetime

from domain.counts import NOTHING
from messages.columns import WIDTH
from messages.example import BERLIN, DAYS_30, EVENTS, NINE, events, objective
from messages.gallery.history import (
    MONTH,
    another_target,
    few_events,
    longest,
    spans,
    table_of_300,
    with_a_gap,
)
from messages.history import EXAMPLE, Past, history
from messages.message import Message
from messages.slam import EXAMPLE as SLAM
from messages.slam import Slam, slam
from tests.messages.conftest import Golden


def code_lines(message: Message) -> list[str]:
    text: str = message.blocks[1]["text"]["text"]
    return text.split("\n")[1:-1]


def test_a_line_a_day(golden: Golden) -> None:
    message = history(EXAMPLE)
    golden("history", message)
    assert message.text == "checkout-availability, last 14 days: 11 met, 2 nearly missed, 1 missed."
    assert code_lines(message)[-4:] == [
        "Sun 22 Nov  99.96%  ✅ met",
        "Mon 23 Nov  99.63%  ❌ missed",
        "Tue 24 Nov  99.96%  ✅ met",
        "            so far",
    ]
    chart = message.blocks[2]["chart"]
    assert [one["name"] for one in chart["series"]] == ["attainment", "target"]
    assert chart["series"][0]["data"][-2] == {"label": "Mon 23 Nov", "value": 99.63}
    assert [one["value"] for one in message.blocks[-1]["elements"]] == [
        "history checkout-availability by week",
        "history checkout-availability by month",
    ]


def test_spans_before_the_first_data_are_not_told(golden: Golden) -> None:
    """In the middle, what was not measured is a dash, and no point of the chart."""
    message = history(with_a_gap())
    golden("history_gap", message)
    assert message.text == "x, last 5 months: 4 met, 1 no data."
    assert code_lines(message)[1:4] == [
        "Aug  100.00%  ✅ met",
        "Sep        –  ❔ no data",
        "Oct  100.00%  ✅ met",
    ]
    assert message.blocks[2]["chart"]["axis_config"]["categories"] == ["Jul", "Aug", "Oct", "Nov"]


def test_nothing_measured_is_said(golden: Golden) -> None:
    message = history(Past(spans(objective("x", "99", DAYS_30, EVENTS), NOTHING), MONTH, BERLIN, NINE))
    golden("history_no_data", message)
    assert message.text == "x: Nothing was measured in the last 12 months."


def test_one_measured_span_has_no_chart() -> None:
    made = objective("x", "99", DAYS_30, EVENTS)
    standings = [*spans(made, NOTHING)[:11], spans(made, events(40_000, 0, 43_200))[11]]
    message = history(Past(standings, MONTH, BERLIN, NINE))
    assert message.text == "x, one month: 1 met."
    assert "data_visualization" not in str(message.blocks)


def test_few_events_have_an_interval_and_little_coverage_is_said(golden: Golden) -> None:
    message = history(few_events())
    golden("history_few_events", message)
    assert code_lines(message)[-4:] == [
        "Nov       100.00%  ❔ no data",
        "          26% measured, 50% needed",
        "          95%: 91.23% to 100.00%",
        "          so far",
    ]
    assert all(len(line) <= WIDTH for line in code_lines(message))


def test_another_target_has_its_line(golden: Golden) -> None:
    message = history(another_target())
    golden("history_another_target", message)
    lines = code_lines(message)
    assert lines[0] == "target 99% (version 1)"
    assert lines[6:9] == [
        "May       99.24%  ⚠️ nearly missed",
        "target 99.9% (version 2)",
        "Jun       99.24%  ❌ missed",
    ]
    assert message.blocks[0]["text"]["text"].startswith("*x* · last 12 months\n")


def test_hostile_values_fit(golden: Golden) -> None:
    message = history(longest())
    golden("history_longest", message)
    assert "<!" not in message.text + str([block for block in message.blocks if "text" in block])
    assert all(len(line) <= WIDTH for line in code_lines(message))


def test_a_table_of_all_objectives(golden: Golden) -> None:
    message = slam(SLAM)
    golden("slam", message)
    assert message.text == "payments team, last 3 months: 6 met, 2 nearly missed, 1 missed."
    rows = [[cell["text"] for cell in row] for row in message.blocks[1]["rows"]]
    assert rows == [
        ["Objective", "Sep", "Oct", "Nov so far"],
        ["card-auth-availability", "✅", "⚠️", "❌"],
        ["checkout-availability", "✅", "⚠️", "✅"],
        ["fraud-check-latency", "✅", "✅", "✅"],
    ]
    assert message.blocks[2]["text"]["text"].split("\n") == [
        "❌ card-auth-availability missed: Nov so far",
        "⚠️ card-auth-availability nearly missed: Oct",
        "⚠️ checkout-availability nearly missed: Oct",
    ]
    assert "❔ no data" in message.blocks[-1]["elements"][0]["text"]


def test_nothing_measured_has_no_table(golden: Golden) -> None:
    untold = {"x": spans(objective("x", "99", DAYS_30, EVENTS), NOTHING)}
    for histories in ({}, untold):
        message = slam(Slam("payments team", histories, MONTH, BERLIN, NINE))
        assert message.text == "payments team: nothing measured yet."
    golden("slam_empty", message)


def test_where_all_was_met_the_words_say_so() -> None:
    met = {"x": spans(objective("x", "99", DAYS_30, EVENTS), events(40_000, 0, 43_200))}
    message = slam(Slam("payments team", met, MONTH, BERLIN, NINE))
    assert message.blocks[2]["text"]["text"] == "Nothing was missed."


def test_at_a_months_end_nothing_is_so_far() -> None:
    end = datetime(2026, 11, 30, 23, tzinfo=UTC)
    met = {"x": spans(objective("x", "99", DAYS_30, EVENTS), events(40_000, 0, 43_200), at=end)}
    message = slam(Slam("payments team", met, MONTH, BERLIN, end))
    assert [cell["text"] for cell in message.blocks[1]["rows"][0]][-1] == "Nov"


def test_many_objectives_fit(golden: Golden) -> None:
    message = slam(table_of_300())
    golden("slam_longest", message)
    shown = len(message.blocks[1]["rows"]) - 1
    assert f"and {300 - shown} more objectives" in str(message.blocks)
    texts = [block for block in message.blocks if block["type"] != "table"]
    assert "<!" not in str(texts)
