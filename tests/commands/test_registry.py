"""What is asked, and what is answered where nothing of the kind exists."""

import pytest

from commands.registry import COMMANDS, answer
from storage.store import Store
from tests.commands.conftest import ask


def test_commands_are_told_apart_by_their_words() -> None:
    words = [command.word for command in COMMANDS]
    assert len(set(words)) == len(words)
    assert all(command.usage.split()[0] == command.example.split()[0] == command.word for command in COMMANDS)


@pytest.mark.parametrize("text", ["", "  ", "help", "HELP", "help all"])
def test_help_lists_every_command(text: str, sqlite_store: Store) -> None:
    told = answer(ask(text, command="/levels"), sqlite_store).text
    assert told == "What you can ask: /levels status [NAME], /levels help [WORD]"


def test_help_of_one_command_has_an_example(sqlite_store: Store) -> None:
    told = answer(ask("help status"), sqlite_store).blocks[0]["text"]["text"]
    assert told == "`/slm status [NAME]`\nhow it stands\nFor example: `/slm status checkout`"


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
