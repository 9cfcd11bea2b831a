"""Slack's manifest of the app, within Slack's limits and from the code's own lists."""

import json

import pytest

from bot.cli import main
from bot.manifest import manifest
from commands.registry import COMMANDS
from tests.fakes.surroundings import Surroundings


def test_slacks_limits() -> None:
    made = manifest("/slm", public_url="https://slm.example.org")
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    [command] = made["features"]["slash_commands"]
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert 0 < len(command["usage_hint"]) <= 1000


def test_it_names_every_command() -> None:
    [command] = manifest("/slm", public_url=None)["features"]["slash_commands"]
    assert command["usage_hint"].split(" | ") == [one.usage for one in COMMANDS]
    assert command["should_escape"] is True


def test_over_http_it_has_an_address(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(STEWARD_COMMAND="/levels")
    assert main(["manifest", "--url", "https://slm.example.org/"]) == 0
    made = json.loads(capsys.readouterr().out)
    [command] = made["features"]["slash_commands"]
    assert (command["command"], command["url"]) == ("/levels", "https://slm.example.org/slack/events")
    assert made["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        pytest.param(["--socket-mode"], {}, id="asked for, before there are tokens"),
        pytest.param([], {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, id="as the tokens say"),
    ],
)
def test_by_socket_mode_it_has_none(
    words: list[str], tokens: dict[str, str], surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(**tokens)
    assert main(["manifest", *words]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in made["features"]["slash_commands"][0]


def test_its_scopes_are_those_of_what_is_called() -> None:
    assert manifest("/slm", public_url=None)["oauth_config"]["scopes"]["bot"] == ["chat:write", "commands"]
