"""What Slack takes in a form: each limit once, for `Form` to hold to."""

import json
from collections.abc import Callable, Iterator, Mapping

from messages.text_limits import (
    SECTION_LENGTH,
    Block,
    length,
    objects,
    options_problems,
    text_problems,
)

MOST_BLOCKS = 100
MOST_BYTES = 250_000
MOST_TITLE = 24
MOST_KEPT = 3000
MOST_LABEL = 2000
MOST_TYPED = 3000
PLAIN = ("plain_text",)


def view_problems(view: Block) -> Iterator[str]:
    """What Slack would refuse in a modal, in words."""
    for part in ("title", "submit", "close"):
        yield from (f"{part}: {one}" for one in text_problems(view.get(part), MOST_TITLE, PLAIN))
    if (kept := length(str(view.get("private_metadata", "")))) > MOST_KEPT:
        yield f"{kept} characters of private_metadata, at most {MOST_KEPT}"
    if (size := len(json.dumps(view))) > MOST_BYTES:  # with all but ASCII escaped, as slack_sdk sends it
        yield f"{size} bytes, at most {MOST_BYTES}"
    blocks = objects(view.get("blocks"))
    if not 1 <= len(blocks) <= MOST_BLOCKS:
        yield f"{len(blocks)} blocks, 1 to {MOST_BLOCKS}"
    for index, block in enumerate(blocks):
        check = _input if block.get("type") == "input" else _section
        yield from (f"block {index}: {problem}" for problem in check(block))


def _section(block: Block) -> Iterator[str]:
    yield from text_problems(block.get("text"), SECTION_LENGTH)


def _input(block: Block) -> Iterator[str]:
    yield from text_problems(block.get("label"), MOST_LABEL, PLAIN)
    if "hint" in block:
        yield from text_problems(block["hint"], MOST_LABEL, PLAIN)
    element = block.get("element", {})
    yield from ELEMENTS[str(element.get("type"))](element)


def _typed(element: Block) -> Iterator[str]:
    most = element.get("max_length", MOST_TYPED)
    if not 1 <= most <= MOST_TYPED:
        yield f"at most {most} characters to type, 1 to {MOST_TYPED}"


def _few(element: Block) -> Iterator[str]:
    yield from _options(element, 10)


def _many(element: Block) -> Iterator[str]:
    yield from _options(element, 100)


def _options(element: Block, most: int) -> Iterator[str]:
    yield from options_problems(element, most)
    values = [option.get("value") for option in objects(element.get("options"))]
    if len(set(values)) < len(values):
        yield "two options of one value"


ELEMENTS: Mapping[str, Callable[[Block], Iterator[str]]] = {
    "plain_text_input": _typed,
    "radio_buttons": _few,
    "static_select": _many,
}
