"""Golden messages: what people see, kept as JSON.

After a wanted change: `UPDATE_GOLDEN=1 .venv/bin/pytest tests/messages`, then read the difference.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from messages.blocks import Block
from messages.message import Message
from sandbox.blocks.message import read_blocks

GOLDEN = Path(__file__).parent / "golden"
Golden = Callable[[str, Message], None]


@pytest.fixture
def golden() -> Golden:
    """Holds a message to `golden/NAME.json`, and to the strict Slack of the sandbox."""

    def check(name: str, message: Message) -> None:
        read_blocks(list(message.blocks))
        path = GOLDEN / f"{name}.json"
        drawn = (
            json.dumps({"text": message.text, "blocks": message.blocks}, ensure_ascii=False, indent=1) + "\n"
        )
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(drawn, encoding="utf-8")
        assert drawn == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def lines() -> Callable[[Message], list[str]]:
    """The lines of a message's texts, as people read them: times in the zone's own clock."""

    def read(message: Message) -> list[str]:
        return [_read(line) for block in message.blocks for line in _text(block).split("\n")]

    return read


def _text(block: Block) -> str:
    """A block's text; buttons in brackets, menus as ⋯."""
    if block["type"] != "actions":
        return str((block.get("text") or block["elements"][0])["text"])
    return " ".join(f"[{one['text']['text'] if 'text' in one else '⋯'}]" for one in block["elements"])


def _read(line: str) -> str:
    before, mark, rest = line.partition("<!date^")
    if not mark:
        return line
    shown, _, after = rest.partition("|")[2].partition(">")
    return before + shown + _read(after)
