"""What stands around an answer."""

import json
from pathlib import Path

import pytest

from messages.asking import MOST_ASKED, ask_button, ask_menu
from messages.blocks import Block, actions, section
from messages.framing import for_all, for_asker
from messages.message import Message
from tests.messages.conftest import GOLDEN, Golden

ANSWERS = ("status", "explain", "history", "who", "mine", "help", "maintenance", "digest_settings")
KEPT = sorted(path for path in GOLDEN.glob("*.json") if path.stem.startswith(ANSWERS))
EXPLAIN = ask_button("Explain", "explain checkout")
MENU = ask_menu([("Escalate…", "escalate checkout")], place="row")


def labels(message: Message) -> list[list[str]]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [[one.get("text", {}).get("text", "⋯") for one in row["elements"]] for row in rows]


@pytest.mark.parametrize(
    ("blocks", "rows"),
    [
        pytest.param((section("told"),), [["Share here"]], id="a row of its own"),
        pytest.param((section("told"), actions(EXPLAIN)), [["Explain", "Share here"]], id="beside buttons"),
        pytest.param(
            (section("told"), actions(EXPLAIN, MENU)), [["Explain", "Share here", "⋯"]], id="before the menu"
        ),
        pytest.param(
            (actions(EXPLAIN), section("told")), [["Explain"], ["Share here"]], id="not among rows above"
        ),
    ],
)
def test_share_here_stands_with_the_buttons_under_the_answer(
    blocks: tuple[Block, ...], rows: list[list[str]]
) -> None:
    assert labels(for_asker(Message("told", blocks), share="status")) == rows


def test_an_answer_for_one_person(golden: Golden) -> None:
    message = for_asker(Message("told", (section("told"),), "figures to 09:00"), share="status checkout")
    golden("for_asker", message)
    assert message.blocks[-1]["elements"][0]["text"] == "Only you see this · figures to 09:00"


def test_an_answer_that_somebody_shared(golden: Golden) -> None:
    golden("for_all", for_all(Message("told", (section("told"),), "figures to 09:00"), by="U0ANA"))


def test_a_text_without_blocks_is_not_lost() -> None:
    assert for_all(Message("told"), by="U0ANA").blocks[0] == section("told")
    assert for_asker(Message("told"), share="status").blocks[0] == section("told")


def test_a_forged_person_is_no_mention_of_all() -> None:
    assert "<!channel>" not in str(for_all(Message("told"), by="U0><!channel>").blocks)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_every_answer_leaves_room_for_its_frame(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    message = Message(kept["text"], tuple(kept["blocks"]), hint="one of them: `/slm status NAME`")
    for_asker(message, share="x" * MOST_ASKED)
