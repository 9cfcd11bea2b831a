"""Help, refusals, and what could not be delivered."""

import pytest

from domain.refusal import Refusal
from messages.help import EXAMPLE as USAGES
from messages.help import command_help, help_message
from messages.refusal import EXAMPLE as REFUSAL
from messages.refusal import refusal_message, something_went_wrong, working_on_it
from messages.undelivered import EXAMPLE as UNDELIVERED
from messages.undelivered import REMEDIES, Undelivered, undelivered
from tests.messages.conftest import Golden

HOSTILE = ("<!channel> *_~`\u202e🚀& " * 150)[:3000]


def test_help_lists_what_there_is(golden: Golden) -> None:
    message = help_message(USAGES, command="/levels")
    golden("help", message)
    assert message.text == "What you can ask: /levels status [NAME], /levels help [WORD]"


def test_help_of_one_command_has_an_example(golden: Golden) -> None:
    golden("help_of_status", command_help(USAGES[0]))


def test_a_refusal_says_what_and_what_to_do(golden: Golden) -> None:
    message = refusal_message(REFUSAL)
    golden("refusal", message)
    assert message.text == 'No objective begins with "chekout". Did you mean `checkout-availability`?'


def test_a_hostile_refusal_is_only_long(golden: Golden) -> None:
    golden("refusal_longest", refusal_message(Refusal(HOSTILE)))
    assert "<" not in refusal_message(Refusal(HOSTILE)).text


def test_a_refusal_without_words_is_still_an_answer() -> None:
    assert refusal_message(Refusal("")).text == "?"


def test_what_nobody_foresaw_has_a_reference(golden: Golden) -> None:
    message = something_went_wrong("R-7F3K")
    golden("something_went_wrong", message)
    assert (
        message.text == 'Something went wrong; nothing was saved. Try again, or tell the operators "R-7F3K".'
    )
    assert working_on_it().text == "Working on it; the answer comes here."


def test_an_undelivered_digest_says_how_to_let_steward_in(golden: Golden) -> None:
    message = undelivered(UNDELIVERED)
    golden("undelivered", message)
    assert (
        message.text
        == "Not delivered: digest of Tue 24 Nov for logistics. Steward is not in #team-logistics."
    )
    assert message.blocks[0]["text"]["text"].endswith("In #team-logistics: `/invite @Steward`")


@pytest.mark.parametrize("error", [*REMEDIES, "brand_new_error", HOSTILE])
def test_every_error_has_words_and_a_remedy(error: str) -> None:
    told = undelivered(Undelivered("digest", None, "C0TEAM1234", error)).blocks[0]["text"]["text"].split("\n")
    assert told[0] == "*Not delivered*: digest"
    assert len(told) >= 3
    assert "{" not in "".join(told)


def test_hostile_text_in_it_is_only_long(golden: Golden) -> None:
    message = undelivered(Undelivered(HOSTILE, HOSTILE, HOSTILE, "not_in_channel"))
    golden("undelivered_longest", message)
    assert "<" not in message.text
