"""What is asked, and what is answered where nothing of the kind exists."""

from dataclasses import replace

import pytest

from commands.listing import COMMANDS
from commands.registry import answer, shared, slash_commands
from domain.channel import Channel
from domain.refusal import Refusal
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import ask


def test_commands_are_told_apart_by_their_words() -> None:
    words = [command.word for command in COMMANDS]
    assert len(set(words)) == len(words)
    assert all(command.usage.split()[0] == command.example.split()[0] == command.word for command in COMMANDS)


@pytest.mark.parametrize("text", ["help", "HELP", "hel", "  help  "])
def test_help_has_at_most_eight_lines_of_commands(text: str, sqlite_store: Store) -> None:
    message = answer(ask(text, command="/levels"), sqlite_store)
    assert message.text.startswith("What you can ask: /levels, /levels status [NAME], ")
    assert message.blocks[0]["text"]["text"].count("`/levels") <= 8


def test_help_all_has_every_command_and_how_to_shorten(sqlite_store: Store) -> None:
    message = answer(ask("help all"), sqlite_store)
    assert message.text == "Every command: " + ", ".join(f"/slm {one.usage}" for one in COMMANDS)
    assert "`/slm` alone is `/slm mine`, `/slm-mine` too,\nand so with every word." in str(
        message.blocks[0]["text"]["text"]
    )


@pytest.mark.parametrize("text", ["help status", "help sta"])
def test_help_of_one_command_has_an_example(text: str, sqlite_store: Store) -> None:
    told = answer(ask(text), sqlite_store).blocks[0]["text"]["text"]
    assert told == (
        "`/slm status [NAME]`\nhow it stands\nFor example: `/slm status checkout`\nShorter: `/slm-status`"
    )


def test_aliases_are_as_long_as_slack_takes() -> None:
    assert slash_commands("/slm")[:3] == ["/slm", "/slm-mine", "/slm-status"]
    assert slash_commands("/" + "x" * 30) == ["/" + "x" * 30]


def test_a_unique_beginning_of_a_word_is_enough(organisation: Store) -> None:
    assert answer(ask("sta search-latency"), organisation) == answer(
        ask("status search-latency"), organisation
    )


def buttons(message: Message) -> list[tuple[str, str, str]]:
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return [(one["action_id"].partition(":")[0], one["text"]["text"], one["value"]) for one in elements]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("statsu checkout", [("status checkout", "status checkout")], id="a slip in the word"),
        pytest.param(
            "card-auth-a",
            [("status card-auth-availability", "status card-auth-availability")],
            id="no word, only a name",
        ),
        pytest.param(
            "sta check",
            [
                ("checkout-availability", "status checkout-availability"),
                ("checkout-latency", "status checkout-latency"),
            ],
            id="several names fit: the word is written in full",
        ),
        pytest.param(
            "who serch-latency",
            [
                ("search-latency", "who search-latency"),
                ("checkout-latency", "who checkout-latency"),
            ],
            id="a slip in the name keeps the word",
        ),
        pytest.param("status service:zzz", [], id="nothing comes close"),
        pytest.param("zzz", [], id="no such word"),
    ],
)
def test_a_refusal_offers_what_may_have_been_meant(
    text: str, offered: list[tuple[str, str]], organisation: Store
) -> None:
    assert buttons(answer(ask(text), organisation)) == [("ask", *one) for one in offered]


def test_what_is_offered_is_what_its_button_asks(organisation: Store) -> None:
    for _, label, value in buttons(answer(ask("status check"), organisation)):
        assert answer(ask(value), organisation).text.startswith(f"{label}: ")


def test_an_answer_is_for_its_asker_and_can_be_shared(organisation: Store) -> None:
    message = answer(ask("sta  payments"), organisation)
    assert buttons(message) == [("share", "Share here", "status payments")]
    assert message.blocks[-1]["elements"][0]["text"] == (
        "Only you see this · one of them: `/slm status NAME`"
    )


@pytest.mark.parametrize("text", ["", "mine", "help", "help status", "who checkout"])
def test_some_answers_are_for_nobody_else(text: str, organisation: Store) -> None:
    message = answer(ask(text), organisation)
    assert buttons(message) == []
    assert message.blocks[-1]["elements"][0]["text"].startswith("Only you see this")


def test_in_a_direct_message_there_is_nobody_to_share_with(organisation: Store) -> None:
    assert buttons(answer(replace(ask("status payments"), channel_id="D0ANA"), organisation)) == []


def test_what_is_shared_names_the_sharer_and_nobody_else(organisation: Store) -> None:
    message = shared(ask("status checkout-l", person="U0ANA"), organisation, Channel("C0X"))
    assert buttons(message) == [("ask", "Explain", "explain objective:checkout-latency")]
    assert message.blocks[-1]["elements"][0]["text"] == "Shared by <@U0ANA>"
    assert "Only you" not in str(message.blocks)


@pytest.mark.parametrize(
    ("text", "channel", "told"),
    [
        pytest.param("status", Channel("C0X", shared=True), "shared with people outside", id="outsiders"),
        pytest.param(
            "status", Channel("C0X", "retail-levels"), "is a customer's", id="a customer's in our Slack"
        ),
        pytest.param("mine", Channel("C0X"), "is for you only", id="a forged or old button"),
        pytest.param("status zzz", Channel("C0X"), "No objective", id="a refusal is never shared"),
    ],
)
def test_what_must_not_be_shared_is_refused(
    text: str, channel: Channel, told: str, organisation: Store
) -> None:
    with pytest.raises(Refusal, match=told):
        shared(ask(text, person="U0ANA"), organisation, channel)


def test_what_is_shared_in_a_private_channel_is_its_teams(organisation: Store) -> None:
    nameless = replace(ask("status"), channel_name="privategroup")
    assert shared(nameless, organisation, Channel("C0X", "team-payments")).text.startswith("payments team")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "statsu",
            'There is no command "statsu". Did you mean `/slm status`? `/slm help` shows all.',
            id="a slip",
        ),
        pytest.param(
            "checkout",
            'There is no command "checkout". Did you mean `/slm status checkout`? `/slm help` shows all.',
            id="a service's name",
        ),
        pytest.param(
            "CARD-auth-a",
            'There is no command "card-auth-a". Did you mean `/slm status card-auth-availability`? '
            "`/slm help` shows all.",
            id="the beginning of an objective's name",
        ),
        pytest.param(
            "check",
            'There is no command "check". Did you mean `/slm status check`? `/slm help` shows all.',
            id="the beginning of several",
        ),
        pytest.param(
            "<!channel>",
            'There is no command "!channel". `/slm help` shows all.',
            id="hostile text pings nobody",
        ),
        pytest.param(
            "help zzz", 'There is no command "zzz". `/slm help` shows all.', id="help for no command"
        ),
        pytest.param(
            "help statsu",
            'There is no command "statsu". Did you mean `/slm status`? `/slm help` shows all.',
            id="a slip after help",
        ),
    ],
)
def test_an_unknown_word_is_put_right(text: str, told: str, organisation: Store) -> None:
    assert answer(ask(text), organisation).text == told


def test_a_very_long_word_is_only_an_unknown_one(organisation: Store) -> None:
    assert "no command" in answer(ask("🚀`*" * 1000), organisation).text


def test_another_workspace_is_not_seen(organisation: Store) -> None:
    organisation.ensure_workspace("other")
    elsewhere = ask("status checkout")
    assert (
        "knows no objectives"
        in answer(
            type(elsewhere)("other", elsewhere.text, "U0ANA", "C0X", "x", elsewhere.at), organisation
        ).text
    )
