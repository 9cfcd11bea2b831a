"""Every limit of Slack's, at the limit and one over."""

from typing import Any

import pytest

from messages.blocks import actions, button, context, divider, overflow, section
from messages.message import Message

Block = dict[str, Any]


def plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def header(length: int) -> Block:
    return {"type": "header", "text": plain_text("h" * length)}


def fields(count: int, length: int = 1) -> Block:
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": "f" * length}] * count}


def pressed(label: int = 1, value: int = 1, action_id: int = 1) -> Block:
    return actions(button("l" * label, action_id="a" * action_id, value="v" * value))


def buttons(count: int) -> Block:
    return actions(*(button("b", action_id=f"a{index}", value="v") for index in range(count)))


def menu(count: int, label: int = 1, value: int = 1) -> Block:
    return section("s", accessory=overflow([("l" * label, "v" * value)] * count, action_id="a"))


def choice(count: int) -> Block:
    option = {"text": plain_text("o"), "value": "v"}
    menu = {"type": "static_select", "action_id": "a", "placeholder": plain_text("p")}
    return actions(menu | {"options": [option] * count})


def table(rows: int, columns: int, cell: str = "c") -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell}] * columns] * rows}


def chart(series: int = 1, points: int = 1, title: int = 1, label: int = 1, value: float = 1.0) -> Block:
    categories = [f"{index}".rjust(label, "0") for index in range(points)]
    data = [{"label": category, "value": value} for category in categories]
    return {
        "type": "data_visualization",
        "title": "t" * title,
        "chart": {
            "type": "line",
            "series": [{"name": f"s{index}", "data": data} for index in range(series)],
            "axis_config": {"categories": categories},
        },
    }


def pie(segments: int, value: float = 1) -> Block:
    found = [{"label": f"p{index}", "value": value} for index in range(segments)]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": found}}


PICTURE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
RICH: Block = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "r"}]}],
}

AT_THE_LIMIT = [
    pytest.param([divider()] * 50, id="50 blocks"),
    pytest.param([header(150)], id="a header of 150"),
    pytest.param([section("s" * 3000)], id="a section of 3000"),
    pytest.param([fields(6, 2000)], id="fields of 2000"),
    pytest.param([fields(10)], id="10 fields"),
    pytest.param([pressed(75, 2000, 255)], id="a button's label, value and action_id"),
    pytest.param([buttons(25)], id="25 buttons"),
    pytest.param([context(*["c"] * 10)], id="10 context elements"),
    pytest.param([menu(5, 75, 150)], id="5 options in a menu"),
    pytest.param([choice(100)], id="100 options to select from"),
    pytest.param([table(100, 20)], id="a table of 100 by 20"),
    pytest.param([table(10, 10, "c" * 100)], id="a table of 10,000 characters"),
    pytest.param([chart(12, 20), chart(title=50, label=20)], id="two charts"),
    pytest.param([pie(12)], id="a pie of 12"),
    pytest.param([{"type": "markdown", "text": "m" * 12_000}], id="12,000 characters of markdown"),
    pytest.param([divider() | {"block_id": "b" * 255}], id="a block_id of 255"),
    pytest.param([{"type": "context", "elements": [PICTURE]}, PICTURE], id="pictures"),
    pytest.param([table(1, 1) | {"rows": [[RICH]]}, RICH], id="rich text, in a cell too"),
]

OVER = [
    pytest.param([divider()] * 51, "51 blocks", id="51 blocks"),
    pytest.param([header(151)], "151 characters", id="a header of 151"),
    pytest.param(
        [{"type": "header", "text": {"type": "mrkdwn", "text": "*h*"}}], "mrkdwn", id="mrkdwn in a header"
    ),
    pytest.param([section("s" * 3001)], "3001 characters", id="a section of 3001"),
    pytest.param([section("😀" * 1501)], "3002 characters", id="4-byte characters count twice"),
    pytest.param([section(" \n ")], "empty", id="an empty section"),
    pytest.param([{"type": "section"}], "neither", id="a section of nothing"),
    pytest.param([{"type": "section", "text": "bare"}], "no text object", id="a bare string"),
    pytest.param([fields(11)], "11 fields", id="11 fields"),
    pytest.param([fields(1, 2001)], "2001 characters", id="a field of 2001"),
    pytest.param([pressed(label=76)], "76 characters", id="a label of 76"),
    pytest.param([pressed(value=2001)], "2001 characters", id="a value of 2001"),
    pytest.param([pressed(action_id=256)], "256 characters", id="an action_id of 256"),
    pytest.param([buttons(26)], "26 elements", id="26 buttons"),
    pytest.param([actions()], "0 elements", id="no button"),
    pytest.param([actions(*[button("b", action_id="a", value="v")] * 2)], "2 times", id="an action_id twice"),
    pytest.param([actions({"type": "telepathy"})], "no element", id="an unknown element"),
    pytest.param([context(*["c"] * 11)], "11 elements", id="11 context elements"),
    pytest.param([menu(6)], "6 options", id="6 options in a menu"),
    pytest.param([menu(1, label=76)], "76 characters", id="an option of 76"),
    pytest.param([menu(1, value=151)], "151 characters", id="an option's value of 151"),
    pytest.param([menu(1) | {"block_id": ""}], "empty block_id", id="an empty block_id"),
    pytest.param([choice(1), pressed(value=0)], "empty value", id="an empty value"),
    pytest.param([choice(101)], "101 options", id="101 options to select from"),
    pytest.param([table(101, 1)], "101 rows", id="101 rows"),
    pytest.param([table(1, 21)], "21", id="21 columns"),
    pytest.param([table(0, 1)], "0 rows", id="no rows"),
    pytest.param([table(1, 1, " ")], "empty cell", id="an empty cell"),
    pytest.param([table(1, 1, "c" * 10_001)], "10001 characters", id="a table too long"),
    pytest.param(
        [{"type": "table", "rows": [*table(1, 1)["rows"], *table(1, 2)["rows"]]}],
        "widths",
        id="a ragged table",
    ),
    pytest.param([{"type": "table", "rows": [[{"type": "number"}]]}], "cell", id="an unknown cell"),
    pytest.param([table(1, 1)] * 2, "2 table", id="two tables"),
    pytest.param([chart()] * 3, "3 data_visualization", id="three charts"),
    pytest.param([chart(series=13)], "13 series", id="13 series"),
    pytest.param([chart(points=21)], "21 categories", id="21 points"),
    pytest.param([chart(title=51)], "51 characters", id="a title of 51"),
    pytest.param([chart(title=0)], "without text", id="no title"),
    pytest.param([chart(label=21)], "21 characters", id="a label of 21"),
    pytest.param([chart(value=float("nan"))], "finite", id="a point that is no number"),
    pytest.param([pie(13)], "13 segments", id="a pie of 13"),
    pytest.param([pie(1, 0)], "more than 0", id="a segment of nothing"),
    pytest.param([{"type": "data_visualization", "title": "t", "chart": {}}], "no chart", id="no chart"),
    pytest.param([{"type": "markdown", "text": "m" * 12_001}], "12001 characters", id="too much markdown"),
    pytest.param([{"type": "markdown", "text": ""}], "empty", id="empty markdown"),
    pytest.param([{"type": "image", "image_url": "https://example.com/a.png"}], "alt_text", id="no alt_text"),
    pytest.param([{"type": "rich_text", "elements": []}], "empty", id="empty rich text"),
    pytest.param([{"type": "card"}], "not a block", id="a block that nothing checks"),
    pytest.param([divider() | {"block_id": "b" * 256}], "256 characters", id="a block_id of 256"),
    pytest.param([divider() | {"block_id": "b"}] * 2, "2 times", id="a block_id twice"),
    pytest.param([section("s" * 2900)] * 5, "13,200|13200", id="more than 13,200 characters in all"),
]


@pytest.mark.parametrize("blocks", AT_THE_LIMIT)
def test_takes_what_slack_takes(blocks: list[Block]) -> None:
    assert Message("text", tuple(blocks)).content.blocks == blocks


@pytest.mark.parametrize(("blocks", "problem"), OVER)
def test_refuses_what_slack_refuses(blocks: list[Block], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Message("text", tuple(blocks))


def test_series_have_a_point_a_category_and_names_of_their_own() -> None:
    drawn = chart(series=2, points=2)
    drawn["chart"]["series"][1] |= {"name": "s0", "data": []}
    with pytest.raises(ValueError, match=r"two series of one name.*labels are not the categories"):
        Message("text", (drawn,))


@pytest.mark.parametrize("text", ["", " \n", "t" * 40_001])
def test_a_lock_screen_always_has_its_line(text: str) -> None:
    with pytest.raises(ValueError, match="text"):
        Message(text)


def test_a_message_of_text_alone_is_one() -> None:
    assert Message("t" * 40_000).blocks == ()
