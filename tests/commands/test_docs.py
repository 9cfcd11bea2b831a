"""docs/commands.md shows every command, and its examples are what the renderers say today."""

import re
from pathlib import Path

import pytest

from commands.command import Command
from commands.registry import COMMANDS, answer
from messages.message import Message
from messages.status import EXAMPLE, EXAMPLE_OVERVIEW, objective_status, overview
from storage.store import Store
from tests.commands.conftest import ask

DOCUMENT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def shown(message: Message) -> str:
    texts = [(block.get("text") or block["elements"][0])["text"] for block in message.blocks]
    return re.sub(r"<!date\^\d+\^\{time\}\|(.*?)>", r"\1", "\n".join(texts))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word)
def test_every_command_has_its_row_and_its_chapter(command: Command) -> None:
    assert f"| `/slm {command.usage}` | {command.summary} |" in DOCUMENT
    assert f"## `/slm {command.usage}`\n" in DOCUMENT


def test_no_chapter_is_about_a_command_that_does_not_exist() -> None:
    chapters = re.findall(r"^## `/slm (\S+)", DOCUMENT, re.MULTILINE)
    assert chapters == [command.word for command in COMMANDS]


def test_the_examples_are_what_is_answered(sqlite_store: Store) -> None:
    examples = re.findall(r"```\n(.*?)\n```", DOCUMENT, re.DOTALL)
    answered = [overview(EXAMPLE_OVERVIEW), objective_status(EXAMPLE), answer(ask("help"), sqlite_store)]
    assert examples == [shown(message) for message in answered]
