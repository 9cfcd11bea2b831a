"""`/slm help` where nothing is defined yet."""

import pytest

from commands.help import show_help
from commands.listing import COMMANDS
from storage.store import Store
from tests.commands.conftest import ask

TOLD = "Steward knows no objectives yet. An operator\ncan load some: `steward apply FILES`"


@pytest.mark.parametrize("text", ["help", "help all"])
def test_without_definitions_help_says_how_to_load_some(text: str, sqlite_store: Store) -> None:
    message = show_help(ask(text), COMMANDS, sqlite_store)
    assert message.blocks[0]["text"]["text"].endswith("\n" + TOLD)


@pytest.mark.parametrize("text", ["help", "help all", "help status"])
def test_with_definitions_it_does_not(text: str, organisation: Store) -> None:
    assert "steward apply" not in str(show_help(ask(text), COMMANDS, organisation).blocks)
