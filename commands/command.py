"""A command: one word after /slm."""

from collections.abc import Callable
from dataclasses import dataclass

from commands.ask import Ask
from messages.form import Form
from messages.help import Usage
from messages.message import Message
from storage.store import Store

LONGEST_COMMAND = 32
"""Of Slack: characters of a slash command."""


@dataclass(frozen=True, slots=True)
class Command:
    """`usage` begins with `word`; `run` answers, or raises a Refusal.

    A `shareable` one only tells: its answer can be shown to a whole channel, which runs it once more. One
    `for_outsiders` tells customers and third parties nothing that is ours alone; one `for_guests` their
    people can use from a Slack workspace of their own, in a shared channel. `form` asks for what is missing in an
    ask that a button made; it reads only, gives None where nothing is missing, and may raise a Refusal as well.
    """

    word: str
    usage: str
    summary: str
    example: str
    run: Callable[[Ask, Store], Message]
    shareable: bool = True
    for_outsiders: bool = False
    for_guests: bool = False
    form: Callable[[Ask, Store], Form | None] | None = None

    @property
    def shown(self) -> Usage:
        """How help shows it."""
        return Usage(self.usage, self.summary, self.example)

    def alias(self, command: str) -> str | None:
        """ "/slm-status", where Slack takes a name that long."""
        alias = f"{command}-{self.word}"
        return alias if len(alias) <= LONGEST_COMMAND else None
