"""Limits of the texts, values and options inside blocks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Block = Mapping[str, Any]
SECTION_LENGTH = 3000
EITHER = ("plain_text", "mrkdwn")


def length(text: str) -> int:
    """Characters as Slack's clients count them: a 4-byte one is two (UTF-16), the larger of the two readings."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def objects(values: Any) -> list[Block]:
    """The JSON objects among `values`."""
    return [value for value in values or () if isinstance(value, Mapping)]


def text_problems(value: Any, most: int, kinds: Sequence[str] = EITHER) -> Iterator[str]:
    """What is wrong with a text object of at most `most` characters; never empty, no mrkdwn where not in `kinds`."""
    if not isinstance(value, Mapping):
        yield f"{value!r:.40} is no text object"
        return
    if value.get("type") not in kinds:
        yield f"text of type {value.get('type')}, must be {' or '.join(kinds)}"
    written = value.get("text")
    if not isinstance(written, str) or not written.strip():
        yield "an empty text"
    elif length(written) > most:
        yield f"a text of {length(written)} characters, at most {most}"


def value_problems(block: Block, key: str, most: int) -> Iterator[str]:
    """What is wrong with the optional string `key` of `block`."""
    if key not in block:
        return
    value = block[key]
    if not isinstance(value, str) or not value:
        yield f"an empty {key}"
    elif length(value) > most:
        yield f"a {key} of {length(value)} characters, at most {most}"


def options_problems(element: Block, most: int) -> Iterator[str]:
    """What is wrong with the options of a menu."""
    options = objects(element.get("options"))
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options, 1 to {most}"
    for option in options:
        yield from text_problems(option.get("text"), 75, kinds=("plain_text",))
        yield from value_problems(option, "value", 150)
