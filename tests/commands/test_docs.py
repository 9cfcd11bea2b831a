"""docs/commands.md shows every command, and its examples are what the renderers say today."""

import re
from pathlib import Path

import pytest

from commands.command import Command
from commands.registry import COMMANDS, answer
from messages.acked import EXAMPLE as ACKED
from messages.acked import acknowledged, snoozed
from messages.blocks import Block
from messages.explain import EXAMPLE as EXPLAINED
from messages.explain import explain
from messages.framing import for_asker
from messages.history import EXAMPLE as PAST
from messages.history import history
from messages.maintenance import EXAMPLE as PLANNED
from messages.maintenance import EXAMPLE_LIST, planned_list, work_planned
from messages.message import Message
from messages.mine import EXAMPLE as MINE
from messages.mine import mine
from messages.slam import EXAMPLE as SLAM
from messages.slam import slam
from messages.status import EXAMPLE, EXAMPLE_OVERVIEW, objective_status, overview
from messages.warnings_list import EXAMPLE as LISTED
from messages.warnings_list import warnings_list
from messages.warnings_score import EXAMPLE as SCORED
from messages.warnings_score import warnings_score
from messages.who import EXAMPLE as WHO
from messages.who import who_answers
from storage.store import Store
from tests.commands.conftest import ask

DOCUMENT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def shown(message: Message) -> str:
    """As people read it: times on the zone's clock, buttons in brackets."""
    return re.sub(r"<!date\^\d+\^\{time\}\|(.*?)>", r"\1", "\n".join(map(_shown, message.blocks)))


def _shown(block: Block) -> str:
    if block["type"] == "data_visualization":
        return f"[chart: {block['title']}]"
    if block["type"] == "table":
        return "\n".join(" | ".join(cell["text"] for cell in row) for row in block["rows"])
    if block["type"] != "actions":
        return str((block.get("text") or block["elements"][0])["text"])
    return " ".join(
        f"[{element['text']['text'] if 'text' in element else '⋯'}]" for element in block["elements"]
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word)
def test_every_command_has_its_row_and_its_chapter(command: Command) -> None:
    assert f"| `/slm {command.usage}` | {command.summary} |" in DOCUMENT
    assert f"## `/slm {command.usage}`\n" in DOCUMENT


def test_no_chapter_is_about_a_command_that_does_not_exist() -> None:
    chapters = re.findall(r"^## `/slm ([\w-]+)", DOCUMENT, re.MULTILINE)
    assert chapters == [command.word for command in COMMANDS]


def test_the_examples_are_what_is_answered(organisation: Store) -> None:
    answered = [
        for_asker(mine(MINE)),
        for_asker(overview(EXAMPLE_OVERVIEW), share="status payments"),
        for_asker(objective_status(EXAMPLE), share="status checkout-availability"),
        for_asker(explain(EXPLAINED), share="explain checkout-availability"),
        for_asker(acknowledged(ACKED)),
        for_asker(warnings_list(LISTED), share="warnings"),
        for_asker(warnings_score(SCORED), share="warnings score"),
        for_asker(snoozed(ACKED)),
        for_asker(history(PAST), share="history checkout-availability"),
        for_asker(slam(SLAM), share="history payments"),
        for_asker(who_answers(WHO)),
        for_asker(planned_list(EXAMPLE_LIST)),
        for_asker(work_planned(PLANNED)),
        answer(ask("help"), organisation),
    ]
    for message in answered:
        assert f"```\n{shown(message)}\n```" in DOCUMENT
