"""docs/commands.md shows every command, and its examples are what the renderers say today."""

import re
from pathlib import Path

import pytest

from commands.command import Command
from commands.listing import COMMANDS
from commands.registry import answer
from domain.dispute import Action
from messages.acked import EXAMPLE as ACKED
from messages.acked import acknowledged, snoozed
from messages.assigned import EXAMPLE as ASSIGNED
from messages.assigned import EXAMPLE_CONFIRMED as CONFIRMED
from messages.assigned import assigned, confirmed
from messages.blocks import Block
from messages.dispute import dispute_message
from messages.dispute_answers import answered, appealed, raised, ruled
from messages.dispute_example import APPEALED, CONTESTED, KIM, RULED
from messages.dispute_example import EXAMPLE as DISPUTED
from messages.disputes_list import EXAMPLE as LISTED_DISPUTES
from messages.disputes_list import disputes_list
from messages.explain import EXAMPLE as EXPLAINED
from messages.explain import explain
from messages.framing import for_asker
from messages.handover import EXAMPLE as HANDING
from messages.handover import handover_message
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
from messages.who import who_answers
from messages.who_chain import who_answers_in_chain
from messages.who_example import EXAMPLE_THIN, EXAMPLE_WHOLE
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
    usage = command.usage.replace("|", "\\|")  # else it would end the cell
    assert f"| `/slm {usage}` | {command.summary} |" in DOCUMENT
    assert f"## `/slm {command.usage}`\n" in DOCUMENT


def test_no_chapter_is_about_a_command_that_does_not_exist() -> None:
    chapters = re.findall(r"^## `/slm ([\w-]+)", DOCUMENT, re.MULTILINE)
    assert chapters == [command.word for command in COMMANDS]


def test_the_examples_are_what_is_answered(organisation: Store) -> None:
    examples = [
        for_asker(mine(MINE)),
        for_asker(overview(EXAMPLE_OVERVIEW), share="status payments"),
        for_asker(objective_status(EXAMPLE), share="status checkout-availability"),
        for_asker(explain(EXPLAINED), share="explain checkout-availability"),
        for_asker(acknowledged(ACKED)),
        for_asker(warnings_list(LISTED), share="warnings"),
        for_asker(warnings_score(SCORED), share="warnings score"),
        handover_message(HANDING),
        for_asker(assigned(ASSIGNED)),
        for_asker(confirmed(CONFIRMED)),
        for_asker(snoozed(ACKED)),
        for_asker(history(PAST), share="history checkout-availability"),
        for_asker(slam(SLAM), share="history payments"),
        for_asker(who_answers(EXAMPLE_WHOLE)),
        for_asker(who_answers_in_chain(EXAMPLE_THIN)),
        for_asker(planned_list(EXAMPLE_LIST)),
        for_asker(work_planned(PLANNED)),
        for_asker(raised(DISPUTED, [KIM])),
        dispute_message(DISPUTED),
        for_asker(disputes_list(LISTED_DISPUTES), share="disputes"),
        for_asker(answered(CONTESTED, Action.CONTEST)),
        for_asker(ruled(RULED)),
        for_asker(appealed(APPEALED)),
        answer(ask("help"), organisation),
    ]
    for message in examples:
        assert f"```\n{shown(message)}\n```" in DOCUMENT
