"""Buttons and menus that stand for a typed command: the value is its text, without the slash command."""

from collections.abc import Sequence

from messages.blocks import Block, button, overflow
from messages.text_limits import length

ASK = "ask"
FORM = "form"
SHARE = "share"
MOST_ASKED = 150
"""Characters of what a button or menu entry asks: as many as Slack lets a menu entry have."""


def askable(text: str) -> bool:
    """Whether a button or menu entry can ask it; nobody has to give names that are longer."""
    return 0 < length(text) <= MOST_ASKED


def ask_button(label: str, text: str, *, place: str = "") -> Block:
    """Asks `text` when pressed; `place` tells buttons of one message apart that ask the same."""
    return button(label, action_id=f"{ASK}:{place or text}"[:255], value=text)


def ask_menu(options: Sequence[tuple[str, str]], *, place: str) -> Block:
    """The ⋯ menu: labels, each with the text that it asks; `place` is unique in the message."""
    return overflow(options, action_id=f"{ASK}:{place}"[:255])


def form_button(label: str, text: str, *, place: str = "") -> Block:
    """Opens the form of `text`'s command when pressed; its label ends in "…"."""
    return button(label, action_id=f"{FORM}:{place or text}"[:255], value=text)


def form_menu(options: Sequence[tuple[str, str]], *, place: str) -> Block:
    """A ⋯ menu some of whose entries open a form: those whose command has one for their text. The others ask."""
    return overflow(options, action_id=f"{FORM}:{place}"[:255])


def share_button(text: str) -> Block:
    """Shows the answer to `text` to the whole channel when pressed."""
    return button("Share here", action_id=SHARE, value=text)
