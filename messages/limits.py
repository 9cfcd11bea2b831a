"""What Slack takes in the blocks of a message: each limit once, for `Message` to hold to.

Source: Slack's Block Kit reference. slack_sdk's own checks leave out most of these. Blocks that Steward does
not use (card, carousel, container, data_table, file, input, video) are refused, since nothing here checks them.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from messages.figure_limits import chart_problems, table_problems, visible_characters
from messages.text_limits import (
    SECTION_LENGTH,
    Block,
    length,
    objects,
    options_problems,
    text_problems,
    value_problems,
)

MOST_BLOCKS = 50
MOST_CHARACTERS = 13_200
MOST_MARKDOWN = 12_000
AT_MOST = {"table": 1, "data_visualization": 2}
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def block_problems(blocks: Sequence[Block]) -> Iterator[str]:
    """What Slack would refuse in `blocks`, in words."""
    if len(blocks) > MOST_BLOCKS:
        yield f"{len(blocks)} blocks, at most {MOST_BLOCKS}"
    for index, block in enumerate(blocks):
        kind = str(block.get("type"))
        check = BLOCKS.get(kind, _unknown)
        yield from (f"block {index} ({kind}): {problem}" for problem in (*check(block), *_own_names(block)))
    yield from _repeated("block_id", (block.get("block_id") for block in blocks))
    yield from _whole_message(blocks)


def weight(value: Any) -> int:
    """How much of a message's 13,200 characters `value` takes: its length as JSON, a conservative reading."""
    return length(COMPACT.encode(value))


def _whole_message(blocks: Sequence[Block]) -> Iterator[str]:
    kinds = Counter(str(block.get("type")) for block in blocks)
    for kind, most in AT_MOST.items():
        if kinds[kind] > most:
            yield f"{kinds[kind]} {kind} blocks, at most {most}"
    total = sum(
        visible_characters(block) if block.get("type") in AT_MOST else weight(block) for block in blocks
    )
    if total > MOST_CHARACTERS:
        yield f"{total} characters of blocks, at most {MOST_CHARACTERS}"
    markdown = sum(length(str(block.get("text"))) for block in blocks if block.get("type") == "markdown")
    if markdown > MOST_MARKDOWN:
        yield f"{markdown} characters of markdown, at most {MOST_MARKDOWN}"


def _own_names(block: Block) -> Iterator[str]:
    yield from value_problems(block, "block_id", 255)
    yield from _repeated("action_id", (element.get("action_id") for element in _elements(block)))


def _repeated(what: str, names: Iterable[Any]) -> Iterator[str]:
    for name, times in Counter(name for name in names if name is not None).items():
        if times > 1:
            yield f"{what} {name!r} stands {times} times"


def _elements(block: Block) -> list[Block]:
    accessory = block.get("accessory")
    return [*objects(block.get("elements")), *objects([accessory] if accessory else [])]


def _unknown(block: Block) -> Iterator[str]:
    yield "not a block that Steward sends"


def _nothing(block: Block) -> Iterator[str]:
    return iter(())


def _header(block: Block) -> Iterator[str]:
    yield from text_problems(block.get("text"), 150, kinds=("plain_text",))


def _section(block: Block) -> Iterator[str]:
    fields = block.get("fields")
    if "text" not in block and not fields:
        yield "neither text nor fields"
    if "text" in block:
        yield from text_problems(block["text"], SECTION_LENGTH)
    if fields is not None:
        yield from _counted("fields", fields, 10)
        for field in fields:
            yield from text_problems(field, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Block) -> Iterator[str]:
    elements = block.get("elements", ())
    yield from _counted("elements", elements, 10)
    for element in elements:
        yield from (
            _image(element) if element.get("type") == "image" else text_problems(element, SECTION_LENGTH)
        )


def _actions(block: Block) -> Iterator[str]:
    elements = block.get("elements", ())
    yield from _counted("elements", elements, 25)
    for element in elements:
        yield from _element(element)


def _element(element: Block) -> Iterator[str]:
    check = ELEMENTS.get(str(element.get("type")))
    if check is None:
        yield f"no element that Steward sends: {element.get('type')}"
        return
    yield from value_problems(element, "action_id", 255)
    yield from check(element)


def _button(element: Block) -> Iterator[str]:
    yield from text_problems(element.get("text"), 75, kinds=("plain_text",))
    yield from value_problems(element, "value", 2000)
    yield from value_problems(element, "url", 3000)


def _overflow(element: Block) -> Iterator[str]:
    yield from options_problems(element, 5)


def _select(element: Block) -> Iterator[str]:
    yield from options_problems(element, 100)
    if "placeholder" in element:
        yield from text_problems(element["placeholder"], 150, kinds=("plain_text",))


def _image(block: Block) -> Iterator[str]:
    if not str(block.get("alt_text", "")).strip():
        yield "an image without alt_text"
    yield from value_problems(block, "alt_text", 2000)
    yield from value_problems(block, "image_url", 3000)


def _markdown(block: Block) -> Iterator[str]:
    if not str(block.get("text", "")).strip():
        yield "empty markdown"


def _rich_text(block: Block) -> Iterator[str]:
    if not visible_characters(block):
        yield "empty rich text"


def _counted(what: str, found: Sequence[Any], most: int) -> Iterator[str]:
    if not 1 <= len(found) <= most:
        yield f"{len(found)} {what}, 1 to {most}"


Check = Callable[[Block], Iterator[str]]
BLOCKS: Mapping[str, Check] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": _nothing,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": table_problems,
    "data_visualization": chart_problems,
}
ELEMENTS: Mapping[str, Check] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _select,
    "image": _image,
    "users_select": _nothing,
    "datepicker": _nothing,
}
