"""What stands around an answer: for its asker alone, or for a whole channel."""

from messages.asking import share_button
from messages.blocks import Block, actions, context, section
from messages.escaping import escape
from messages.message import Message

ROOM = 2
"""Blocks that an answer leaves free for its frame."""


def for_asker(message: Message, *, share: str | None = None) -> Message:
    """Says that nobody else sees it; `share` is the text whose answer a button shows to all."""
    blocks = _with_share_button(_blocks(message), share) if share else _blocks(message)
    hint = f" · {message.hint}" if message.hint else ""
    return Message(message.text, (*blocks, context(f"Only you see this{hint}")))


def for_all(message: Message, *, by: str) -> Message:
    """Says which person shared it."""
    return Message(message.text, (*_blocks(message), context(f"Shared by <@{escape(by)}>")))


def _blocks(message: Message) -> tuple[Block, ...]:
    """Its blocks: where there are any, Slack shows nothing else."""
    return message.blocks or (section(message.text),)


def _with_share_button(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """In the row of buttons that the message ends with, before its menu; else in a row of its own."""
    *before, last = blocks
    if last["type"] != "actions":
        return (*blocks, actions(share_button(text)))
    buttons = [one for one in last["elements"] if one["type"] == "button"]
    others = [one for one in last["elements"] if one["type"] != "button"]
    return (*before, last | {"elements": [*buttons, share_button(text), *others]})
