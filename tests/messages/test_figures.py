"""Tables and charts, and what stands in a digest's thread."""

from dataclasses import replace
from fractions import Fraction

import pytest

from domain.news import NO_NEWS
from messages.digest_figures import EXAMPLE, digest_figures
from messages.example import CARD_AUTH, STANDINGS
from messages.figures import Line, different, fit, line_chart, rows_in, table
from messages.gallery.digest import figures_named
from messages.gallery.shown import HOSTILE
from messages.limits import block_problems
from messages.message import Message
from tests.messages.conftest import Golden

HALF = Fraction(1, 2)


def cells(message: Message) -> list[list[str]]:
    drawn = next(block for block in message.blocks if block["type"] == "table")
    return [[cell["text"] for cell in row] for row in drawn["rows"]]


def test_the_thread_of_the_example(golden: Golden) -> None:
    (message,) = digest_figures(EXAMPLE)
    golden("digest_figures", message)
    assert message.text == "All numbers of payments team, Tue 24 Nov"
    assert cells(message)[:3] == [
        ["Objective", "State", "Attainment", "Target", "Period", "Budget left", "On Mon", "Measured"],
        ["card-auth-availability", "❌ breached", "99.83%", "99.9%", "November", "−30%", "−30%", "100%"],
        ["checkout-availability", "⚠️ at risk", "99.91%", "99.9%", "30 days", "15%", "27%", "99%"],
    ]
    assert message.blocks[-1]["text"]["text"].split("\n")[:4] == [
        "*Budget left* each day, 11 Nov to 24 Nov",
        "*card-auth-availability*",
        "50% · 50% · 50% · 50% · 50% · 50% · 50%",
        "50% · 31% · 31% · −30% · −30% · −30%",
    ]


def test_the_first_digest_has_no_column_for_the_last() -> None:
    (message,) = digest_figures(replace(EXAMPLE, news=NO_NEWS, left={}))
    assert "On Mon" not in cells(message)[0]
    assert [block["type"] for block in message.blocks] == ["section", "table"]


def test_without_objectives_there_is_nothing_to_show() -> None:
    assert digest_figures(replace(EXAMPLE, standings=())) == []


def test_what_is_met_has_no_line() -> None:
    left = {one.name: [HALF] * 14 for one in STANDINGS}
    assert replace(EXAMPLE, left=left).drawn == [one for one in EXAMPLE.standings if one.state != "met"]


def test_without_any_known_value_there_is_no_chart() -> None:
    (message,) = digest_figures(replace(EXAMPLE, left={CARD_AUTH.name: [None] * 14}))
    assert [block["type"] for block in message.blocks] == ["section", "table"]


@pytest.mark.parametrize("name", ["objective", HOSTILE, "&" * 3000, "🚀" * 3000, "\n"])
@pytest.mark.parametrize("count", [1, 60, 1000])
def test_any_number_fits_whatever_they_are_called(count: int, name: str, golden: Golden) -> None:
    facts = figures_named(name, count)
    replies = digest_figures(facts)
    assert len(replies) <= 2
    assert rows_in(replies[0].blocks[1]) <= 99
    if count == 1000 and name == HOSTILE:
        for place, reply in enumerate(replies):
            golden(f"digest_figures_longest_{place}", reply)


def test_a_table_says_how_many_rows_it_took() -> None:
    assert rows_in(table(["a", "b"], [["x", None]] * 150, right=[1])) == 99
    assert rows_in(table(["a"], [["x" * 80]] * 150)) == 99
    wide = table(["a", "b"], [["x" * 90, "y" * 90]] * 99)
    assert rows_in(wide) == 62
    assert not list(block_problems([wide]))
    assert table(["a"], [[None]])["rows"][1] == [{"type": "raw_text", "text": "–"}]


def test_a_line_is_flat_where_nothing_is_known() -> None:
    chart = line_chart("t", ["1", "2", "3", "4"], [Line("a", [None, HALF, None, Fraction(-1, 3)])])
    assert chart is not None
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [50.0, 50.0, 50.0, -33.4]


def test_a_chart_takes_the_last_twenty_points_of_twelve_lines() -> None:
    lines = [Line("a" * 30, [HALF] * 30) for _ in range(20)]
    chart = line_chart("t" * 90, [str(n) for n in range(30)], lines, x_label="x" * 90)
    assert chart is not None
    assert not list(block_problems([chart]))
    assert len(chart["chart"]["series"]) == 12
    assert chart["chart"]["axis_config"]["categories"][0] == "10"
    assert line_chart("t", [], lines) is None
    assert line_chart("t", ["1"], [Line("a", [None])]) is None


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        pytest.param(["short"], ["short"], id="short"),
        pytest.param(["card-auth-availability"], ["card-auth…ailability"], id="cut in its middle"),
        pytest.param(["x" * 30, "x" * 31], ["x" * 9 + "…" + "x" * 10, "x" * 14 + "… (2)"], id="numbered"),
        pytest.param(["🚀" * 15], ["🚀" * 9 + "…"], id="emoji count twice"),
        pytest.param([""], ["?"], id="empty"),
    ],
)
def test_names_of_lines_are_short_and_different(names: list[str], shown: list[str]) -> None:
    assert different(names, 20) == shown


def test_fit_counts_as_slack_does() -> None:
    assert fit("a\nb", 5) == "a b"
    assert fit("🚀🚀🚀", 5) == "🚀🚀…"
