"""Help, refusals, and what could not be delivered."""

import pytest

from domain.refusal import Refusal
from messages.gallery.shown import HOSTILE
from messages.gallery.small_answers import LONGEST_OFFERS, MANY_USAGES
from messages.gallery.undelivered import very_many
from messages.help import EXAMPLE as USAGES
from messages.help import command_help, every_command, help_message
from messages.refusal import EXAMPLE as REFUSAL
from messages.refusal import EXAMPLE_OFFERS, refusal_message, something_went_wrong, working_on_it
from messages.undelivered import EXAMPLE as UNDELIVERED
from messages.undelivered import EXAMPLE_OF_SEVERAL as UNDELIVERED_SEVERAL
from messages.undelivered import REMEDIES, Undelivered, undelivered
from tests.messages.conftest import Golden


def test_help_lists_what_there_is(golden: Golden) -> None:
    message = help_message(USAGES, command="/levels")
    golden("help", message)
    assert message.text == (
        "What you can ask: /levels, /levels status [NAME], /levels who NAME, /levels help [WORD]"
    )


def test_help_has_at_most_eight_commands_and_help_all_has_every_one(golden: Golden) -> None:
    first, every = help_message(MANY_USAGES), every_command(MANY_USAGES)
    golden("help_first", first)
    golden("help_all", every)
    assert first.blocks[0]["text"]["text"].count("`/slm") == 8
    assert "`/slm help all`" in first.blocks[0]["text"]["text"]
    assert str(every.blocks).count("what it does") == 40


def test_help_of_one_command_has_an_example(golden: Golden) -> None:
    golden("help_of_status", command_help(USAGES[1], alias="/slm-status"))


def test_a_refusal_says_what_and_what_to_do(golden: Golden) -> None:
    message = refusal_message(REFUSAL, EXAMPLE_OFFERS)
    golden("refusal", message)
    assert message.text == 'No objective begins with "chekout". Did you mean `checkout-availability`?'


def test_a_hostile_refusal_is_only_long(golden: Golden) -> None:
    golden("refusal_longest", refusal_message(Refusal(HOSTILE), LONGEST_OFFERS))
    assert "<" not in refusal_message(Refusal(HOSTILE)).text


@pytest.mark.parametrize(
    ("offers", "labels"),
    [
        pytest.param([(f"{n}", f"status {n}") for n in range(9)], ["0", "1", "2"], id="three buttons"),
        pytest.param([("a", "status a"), ("a", "status a")], ["a"], id="each once"),
        pytest.param([("a", "x" * 151), ("", "status"), ("b", "")], None, id="none that cannot be asked"),
    ],
)
def test_what_a_refusal_offers(offers: list[tuple[str, str]], labels: list[str] | None) -> None:
    _, *rows = refusal_message(Refusal("no"), offers).blocks
    shown = [[one["text"]["text"] for one in row["elements"]] for row in rows]
    assert shown == ([] if labels is None else [labels])


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


def test_the_losses_of_a_day_are_one_message_channel_by_channel(golden: Golden) -> None:
    message = undelivered(UNDELIVERED_SEVERAL)
    golden("undelivered_several", message)
    assert message.text == "Not delivered today: 4 messages. Steward is not in #team-logistics."
    assert [block["text"]["text"].split("\n")[0] for block in message.blocks] == [
        "*Not delivered today: 4 messages*",
        "*Steward is not in #team-logistics.*",
        "*#team-shop is archived.*",
        "*Slack did not say whether it was posted.*",
    ]


def test_very_many_losses_fit_into_one_message(golden: Golden) -> None:
    message = undelivered(very_many())
    golden("undelivered_very_many", message)
    assert message.text.startswith("Not delivered today: 2,000 messages.")
    assert "more channels: `steward doctor` has them all" in str(message.blocks[-1])


def test_what_arrives_after_all_is_said(golden: Golden) -> None:
    golden("undelivered_nothing", undelivered([]))


@pytest.mark.parametrize("error", [*REMEDIES, "brand_new_error", HOSTILE])
def test_every_error_has_words_and_a_remedy(error: str) -> None:
    told = (
        undelivered([Undelivered("digest", None, "C0TEAM1234", error)]).blocks[0]["text"]["text"].split("\n")
    )
    assert told[0] == "*Not delivered*: digest"
    assert len(told) >= 3
    assert "{" not in "".join(told)


def test_hostile_text_in_it_is_only_long(golden: Golden) -> None:
    message = undelivered([Undelivered(HOSTILE, HOSTILE, HOSTILE, "not_in_channel")])
    golden("undelivered_longest", message)
    assert "<" not in message.text
