"""A command: one word after /slm."""

from collections.abc import Callable
from dataclasses import dataclass

from commands.ask import Ask
from messages.help import Usage
from messages.message import Message
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Command:
    """`usage` begins with `word`; `run` answers, or raises a Refusal."""

    word: str
    usage: str
    summary: str
    example: str
    run: Callable[[Ask, Store], Message]

    @property
    def shown(self) -> Usage:
        """How help shows it."""
        return Usage(self.usage, self.summary, self.example)
