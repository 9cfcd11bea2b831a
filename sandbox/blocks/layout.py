"""The blocks that a message, a modal and a home may have."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, image_source, no_file
from sandbox.blocks.figures import CHART, TABLE
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.shape import Check, also, array, boolean, kind, problem, shape, text, url
from sandbox.blocks.texts import any_text, plain

_ID: Mapping[str, Check] = {"block_id": text(255)}


def _text_or_fields(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and "text" not in value and "fields" not in value:
        yield problem("must have text or fields", pointer)


SECTION = also(
    shape(
        {},
        {
            **_ID,
            "text": any_text(3000),
            "fields": array(any_text(2000), 10),
            "accessory": IN_SECTION,
            "expand": boolean,
        },
    ),
    _text_or_fields,
)
IN_CONTEXT = kind(
    {
        "image": IMAGE,
        "mrkdwn": shape({"text": text(3000)}, {"verbatim": boolean}),
        "plain_text": shape({"text": text(3000)}, {"emoji": boolean}),
    }
)
PICTURE = also(
    shape({"alt_text": text(2000)}, {**_ID, "title": plain(2000), "image_url": url(), "slack_file": no_file}),
    image_source,
)

#: Slack's card, carousel, container, data_table, file and video are refused here, since nothing checks them yet.
EVERYWHERE: Mapping[str, Check] = {
    "header": shape({"text": plain(150)}, _ID),
    "section": SECTION,
    "context": shape({"elements": array(IN_CONTEXT, 10)}, _ID),
    "actions": shape({"elements": array(IN_ACTIONS, 25)}, _ID),
    "divider": shape({}, _ID),
    "image": PICTURE,
    "input": shape(
        {"label": plain(2000), "element": IN_INPUT},
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}
HOME_BLOCK = kind(EVERYWHERE)
MODAL_BLOCK = kind({**EVERYWHERE, "rich_text": RICH_TEXT})
BLOCK = kind(
    {
        **EVERYWHERE,
        "rich_text": RICH_TEXT,
        "markdown": shape({"text": text(12_000)}, _ID),
        "table": TABLE,
        "data_visualization": CHART,
    }
)
