"""The blocks that Steward's messages are made of.

All texts are `verbatim`: Slack then turns nothing that people wrote into a link, a channel or a mention.
"""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def mrkdwn(text: str) -> Block:
    """A text in Slack's formatting; people's words in it went through `escaping.plain` first."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(*lines: str, accessory: Block | None = None) -> Block:
    """Lines of text, with a button or menu beside them if given."""
    block: Block = {"type": "section", "text": mrkdwn("\n".join(lines))}
    return block | {"accessory": accessory} if accessory else block


def context(*texts: str) -> Block:
    """Small grey text, for what stands under a message."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """Buttons in a row."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, *, action_id: str, value: str) -> Block:
    """A button; `value` is the text of the command that it stands for."""
    return {"type": "button", "text": _label(label), "action_id": action_id, "value": value}


def overflow(options: Sequence[tuple[str, str]], *, action_id: str) -> Block:
    """The ⋯ menu: labels, each with the text of the command that it stands for."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": [{"text": _label(label), "value": value} for label, value in options],
    }


def _label(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}
