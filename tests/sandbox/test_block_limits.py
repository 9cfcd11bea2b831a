"""Every limit: at it accepted, one over it refused."""

from typing import Any

import pytest

from sandbox.blocks.message import read_blocks
from sandbox.errors import SlackError

Block = dict[str, Any]


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def section(**more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(1), **more}


def button(number: int = 0, **more: Any) -> Block:
    return {"type": "button", "text": plain(1), "action_id": f"a{number}", **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def overflow(count: int, text: int = 1, value: int = 1) -> Block:
    options = [{"text": plain(text), "value": "v" * value} for _ in range(count)]
    return actions({"type": "overflow", "action_id": "a", "options": options})


def select(count: int) -> Block:
    options = [{"text": plain(1), "value": "v"} for _ in range(count)]
    return actions({"type": "static_select", "action_id": "a", "options": options})


def table(rows: int, columns: int = 1, cell: int = 1) -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * cell}] * columns] * rows}


def line(series: int = 1, points: int = 1, title: int = 1, label: int = 1) -> Block:
    labels = [f"{index:0{label}}"[-label:] if label > 1 else chr(65 + index) for index in range(points)]
    data = [{"label": one, "value": 1.5} for one in labels]
    return {
        "type": "data_visualization",
        "title": "x" * title,
        "chart": {
            "type": "line",
            "series": [{"name": f"s{index}", "data": data} for index in range(series)],
            "axis_config": {"categories": labels},
        },
    }


def pie(segments: int, value: float = 1) -> Block:
    chart = {"type": "pie", "segments": [{"label": "x", "value": value}] * segments}
    return {"type": "data_visualization", "title": "x", "chart": chart}


def markdown(length: int) -> Block:
    return {"type": "markdown", "text": "x" * length}


def divided(count: int) -> list[Block]:
    return [{"type": "divider"}] * count


LIMITS = [
    pytest.param(divided(50), divided(51), "50 items", id="blocks"),
    pytest.param(
        [{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}], "151", id="header"
    ),
    pytest.param([section(text=mrkdwn(3000))], [section(text=mrkdwn(3001))], "3001", id="section"),
    pytest.param([section(fields=[mrkdwn(2000)])], [section(fields=[mrkdwn(2001)])], "2001", id="field"),
    pytest.param(
        [section(fields=[mrkdwn(1)] * 10)], [section(fields=[mrkdwn(1)] * 11)], "10 items", id="fields"
    ),
    pytest.param(
        [actions(button(text=plain(75)))], [actions(button(text=plain(76)))], "76", id="button text"
    ),
    pytest.param(
        [actions(button(value="v" * 2000))], [actions(button(value="v" * 2001))], "2001", id="button value"
    ),
    pytest.param(
        [actions(button(action_id="a" * 255))], [actions(button(action_id="a" * 256))], "256", id="action_id"
    ),
    pytest.param([section(block_id="b" * 255)], [section(block_id="b" * 256)], "256", id="block_id"),
    pytest.param(
        [actions(*map(button, range(25)))], [actions(*map(button, range(26)))], "25 items", id="actions"
    ),
    pytest.param(
        [{"type": "context", "elements": [mrkdwn(1)] * 10}],
        [{"type": "context", "elements": [mrkdwn(1)] * 11}],
        "10 items",
        id="context",
    ),
    pytest.param([overflow(5)], [overflow(6)], "5 items", id="overflow"),
    pytest.param([overflow(1, text=75)], [overflow(1, text=76)], "76", id="option text"),
    pytest.param([overflow(1, value=150)], [overflow(1, value=151)], "151", id="option value"),
    pytest.param([select(100)], [select(101)], "100 items", id="select"),
    pytest.param(
        [actions(button(url="https://x.example/" + "p" * 2982))],
        [actions(button(url="https://x.example/" + "p" * 2983))],
        "3001",
        id="url",
    ),
    pytest.param([table(100)], [table(101)], "100 items", id="table rows"),
    pytest.param([table(1, 20)], [table(1, 21)], "20 items", id="table columns"),
    pytest.param([table(10, 10, 100)], [table(10, 10, 101)], "10001", id="table characters"),
    pytest.param([table(1)], [table(1), table(1)], "1 table", id="tables"),
    pytest.param([line(), line()], [line(), line(), line()], "2 data_visualization", id="charts"),
    pytest.param([line(series=12)], [line(series=13)], "12 items", id="chart series"),
    pytest.param([line(points=20)], [line(points=21)], "20 items", id="chart points"),
    pytest.param([line(title=50)], [line(title=51)], "51", id="chart title"),
    pytest.param([line(label=20)], [line(label=21)], "21", id="chart label"),
    pytest.param([pie(12)], [pie(13)], "12 items", id="pie segments"),
    pytest.param([markdown(12_000)], [markdown(12_001)], "12001", id="markdown"),
    pytest.param([markdown(6_000)] * 2, [markdown(6_000), markdown(6_001)], "12001", id="markdown in all"),
]


@pytest.mark.parametrize(("at_limit", "over", "named"), LIMITS)
def test_limit(at_limit: list[Block], over: list[Block], named: str) -> None:
    assert len(read_blocks(at_limit)) == len(at_limit)
    with pytest.raises(SlackError) as refusal:
        read_blocks(over)
    assert refusal.value.error == "invalid_blocks"
    assert named in " ".join(refusal.value.messages)


REFUSED = [
    pytest.param({"type": "header", "text": mrkdwn(1)}, "/blocks/0/text/type", id="mrkdwn in a header"),
    pytest.param(section(text=mrkdwn(0)), "/blocks/0/text/text", id="empty text"),
    pytest.param(section(text={"type": "mrkdwn", "text": "  "}), "more than 0", id="only spaces"),
    pytest.param({"type": "section"}, "text or fields", id="a section of nothing"),
    pytest.param(section(fields=[]), "at least 1", id="no fields"),
    pytest.param(section(colour="red"), "colour", id="an unknown attribute"),
    pytest.param({"type": "sparkline"}, "unsupported type", id="an unknown block"),
    pytest.param({"text": "x"}, "missing required field: type", id="no type"),
    pytest.param("x", "must be an object", id="no object"),
    pytest.param(actions(), "at least 1", id="no buttons"),
    pytest.param(actions(button(), button()), "already exists", id="an action_id twice"),
    pytest.param(actions(button(style="blue")), "primary, danger", id="an unknown style"),
    pytest.param(actions(button(url="javascript:alert(1)")), "invalid url", id="a script as address"),
    pytest.param(
        actions({"type": "image", "image_url": "https://x.example", "alt_text": "x"}),
        "unsupported",
        id="image",
    ),
    pytest.param({"type": "context", "elements": [button()]}, "unsupported type", id="a button in context"),
    pytest.param(table(0), "at least 1", id="a table without rows"),
    pytest.param(table(1, cell=0), "more than 0", id="an empty cell"),
    pytest.param(
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "x"}], [{"type": "raw_text", "text": "x"}] * 2],
        },
        "same number",
        id="rows of different widths",
    ),
    pytest.param(pie(1, value=0), "more than 0", id="a slice of nothing"),
    pytest.param({"type": "image", "alt_text": "x"}, "image_url or slack_file", id="a picture of nothing"),
    pytest.param(
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F0"}},
        "invalid slack file",
        id="a file's picture",
    ),
    pytest.param(
        section(accessory={"type": "image", "alt_text": "x", "slack_file": {"id": "F0"}}),
        "invalid slack file",
        id="a file's picture beside text",
    ),
]


@pytest.mark.parametrize(("block", "named"), REFUSED)
def test_refused(block: Any, named: str) -> None:
    with pytest.raises(SlackError, match="invalid_blocks") as refusal:
        read_blocks([block])
    assert named in " ".join(refusal.value.messages)


def test_a_series_needs_a_point_for_each_category() -> None:
    block = line(points=2)
    block["chart"]["series"][0]["data"] = block["chart"]["series"][0]["data"][:1]
    with pytest.raises(SlackError, match="categories"):
        read_blocks([block])


def test_series_have_names_of_their_own() -> None:
    block = line(series=2)
    block["chart"]["series"][1]["name"] = "s0"
    with pytest.raises(SlackError, match="unique"):
        read_blocks([block])


def test_a_block_id_stands_once() -> None:
    with pytest.raises(SlackError, match="block_id"):
        read_blocks([section(block_id="same"), section(block_id="same")])


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    assert len(read_blocks([actions(button()), actions(button())])) == 2


def test_all_blocks_together_have_a_limit() -> None:
    four = [section(text=mrkdwn(3000))] * 4
    around = len('[{"type":"section","text":{"type":"mrkdwn","text":""}}]') - 1
    left = 13_200 - 4 * (3000 + around) - around - 1
    assert len(read_blocks([*four, section(text=mrkdwn(left))])) == 5
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        read_blocks([*four, section(text=mrkdwn(left + 1))])


def test_what_has_no_ids_gets_them() -> None:
    (block,) = read_blocks([actions({"type": "button", "text": plain(1)})])
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


@pytest.mark.parametrize("given", ["{", '{"type": "divider"}', 5])
def test_blocks_that_are_no_list_have_the_wrong_format(given: Any) -> None:
    with pytest.raises(SlackError, match="invalid_blocks_format"):
        read_blocks(given)


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "x", "style": {"bold": True}},
                {"type": "user", "user_id": "U0ANA"},
                {"type": "date", "timestamp": 1795521600, "format": "{time}"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "emoji", "name": "x"}]}],
        },
    ],
}


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(RICH, id="rich text"),
        pytest.param({"type": "table", "rows": [[RICH]]}, id="rich text in a table"),
        pytest.param({"type": "divider"}, id="divider"),
        pytest.param({"type": "image", "alt_text": "x", "image_url": "https://x.example/y.png"}, id="image"),
        pytest.param(pie(3), id="pie"),
        pytest.param({"type": "context", "elements": [plain(1), mrkdwn(1)]}, id="context"),
        pytest.param(section(accessory=button(style="danger")), id="accessory"),
    ],
)
def test_accepted(block: Block) -> None:
    assert read_blocks([block])[0]["type"] == block["type"]


@pytest.mark.parametrize(
    ("block", "named"),
    [
        pytest.param(
            {**RICH, "elements": [{"type": "rich_text_poem", "elements": []}]}, "unsupported", id="a poem"
        ),
        pytest.param(section(expand="yes"), "must be a boolean", id="no boolean"),
        pytest.param(section(fields={}), "must be an array", id="no list"),
        pytest.param(section(text="x"), "must be an object", id="text as a string"),
        pytest.param(section(block_id=5), "must be a string", id="a number as an id"),
        pytest.param(pie(1, value=float("nan")), "finite", id="no number"),
    ],
)
def test_wrong_kinds(block: Block, named: str) -> None:
    with pytest.raises(SlackError, match=named):
        read_blocks([block])
