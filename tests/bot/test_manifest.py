"""Slack's manifest of the app, within Slack's limits and from the code's own lists."""

import json

import pytest

from bot.cli import main
from bot.manifest import manifest
from bot.settings import Settings
from commands.registry import COMMANDS
from tests.fakes.surroundings import Surroundings


def test_slacks_limits(surroundings: Surroundings) -> None:
    made = manifest(Settings.read())
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    [command] = made["features"]["slash_commands"]
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert 0 < len(command["usage_hint"]) <= 1000


def test_it_names_every_command(surroundings: Surroundings) -> None:
    [command] = manifest(Settings.read())["features"]["slash_commands"]
    assert command["usage_hint"].split(" | ") == [one.usage for one in COMMANDS]
    assert command["should_escape"] is True


def test_over_http_it_has_an_address(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(STEWARD_COMMAND="/levels")
    assert main(["manifest", "--url", "https://slm.example.org/"]) == 0
    made = json.loads(capsys.readouterr().out)
    [command] = made["features"]["slash_commands"]
    assert (command["command"], command["url"]) == ("/levels", "https://slm.example.org/slack/events")
    assert made["settings"]["socket_mode_enabled"] is False


def test_by_socket_mode_it_has_none(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    made = manifest(Settings.read())
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in made["features"]["slash_commands"][0]


def test_its_scopes_are_those_of_what_is_called(surroundings: Surroundings) -> None:
    assert manifest(Settings.read())["oauth_config"]["scopes"]["bot"] == ["chat:write", "commands"]
