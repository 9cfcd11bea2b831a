"""Buttons and menus that stand for a typed command: the value is its text, without the slash command."""

from collections.abc import Sequence

from messages.blocks import Block, button, overflow

ASK = "ask"
SHARE = "share"


def ask_button(label: str, text: str, *, place: str = "") -> Block:
    """Asks `text` when pressed; `place` tells buttons of one message apart that ask the same."""
    return button(label, action_id=f"{ASK}:{place or text}"[:255], value=text)


def ask_menu(options: Sequence[tuple[str, str]], *, place: str) -> Block:
    """The ⋯ menu: labels, each with the text that it asks; `place` is unique in the message."""
    return overflow(options, action_id=f"{ASK}:{place}"[:255])


def share_button(text: str) -> Block:
    """Shows the answer to `text` to the whole channel when pressed."""
    return button("Share here", action_id=SHARE, value=text)
