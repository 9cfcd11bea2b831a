"""Which objective of a service or team is to be explained."""

from collections.abc import Callable

from messages.explain import EXAMPLE_CHOICE, Choice, explain_which
from messages.gallery.explain import choice_of_410
from messages.message import Message
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_a_team_is_asked_which_one(golden: Golden, lines: Lines) -> None:
    message = explain_which(EXAMPLE_CHOICE)
    golden("explain_which", message)
    assert lines(message)[:6] == [
        "*payments team* · which one?",
        "*3 of 7 met* · 2 at risk · 1 breached · 1 no data",
        "❌ card-auth-availability",
        "99.83% · budget left −30%",
        "⚠️ payout-latency",
        "99.11% · budget left 11%",
    ]
    assert message.blocks[1]["accessory"]["value"] == "explain card-auth-availability"
    assert "❔ ledger-export-freshness\nno data" in str(message.blocks[4]["text"]["text"])


def test_of_many_the_first_have_a_button(golden: Golden) -> None:
    message = explain_which(choice_of_410())
    golden("explain_which_longest", message)
    assert sum("accessory" in block for block in message.blocks) == 8
    assert "<!" not in str(message.blocks)
    assert "`/slm explain NAME`" in str(message.blocks[-1])


def test_of_none_it_says_so(golden: Golden) -> None:
    message = explain_which(Choice("payments team", []))
    golden("explain_which_empty", message)
    assert message.text == "payments team: no objectives."
