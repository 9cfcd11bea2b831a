"""A message, checked against all of Slack's limits when it is made."""

from dataclasses import dataclass
from typing import Any

from domain.notice import Content
from messages.limits import block_problems
from messages.text_limits import length

MOST_TEXT = 40_000


@dataclass(frozen=True)
class Message:
    """`text` is all that a lock screen shows; `blocks` are Block Kit.

    A `hint` is for whoever asked, and stands in small letters under the answer: see `messages.framing`.
    Raises ValueError where Slack would refuse it: that is a mistake in a renderer, never in somebody's input.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        found = [*_text_problems(self.text), *block_problems(self.blocks)]
        if found:
            raise ValueError("Slack would refuse this message: " + "; ".join(found[:5]))

    @property
    def content(self) -> Content:
        """The same, as the outbox keeps it."""
        return Content(self.text, list(self.blocks))


def _text_problems(text: str) -> list[str]:
    if not text.strip():
        return ["no text: the lock screen would be empty"]
    return [f"text of {length(text)} characters, at most {MOST_TEXT}"] if length(text) > MOST_TEXT else []
