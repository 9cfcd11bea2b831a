"""Slack's manifest of the app, within Slack's limits and from the code's own lists."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import main
from bot.manifest import manifest, scopes
from commands.listing import COMMANDS
from commands.registry import slash_commands
from connectors.slack_methods import METHODS
from sandbox.methods import SCOPES
from tests.fakes.surroundings import Surroundings

ROOT = Path(__file__).parents[2]
OF_SLACK = {
    name: found.group(1)
    for name, member in inspect.getmembers(AsyncWebClient, inspect.isfunction)
    if (found := re.search(r'api_call\(\s*"([\w.]+)"', inspect.getsource(member)))
}
"""A method of slack_sdk's client, and the method of the Web API that it calls."""


@pytest.mark.parametrize("word", ["/slm", "/" + "x" * 31])
@pytest.mark.parametrize("public_url", ["https://slm.example.org", None])
def test_slacks_limits(word: str, public_url: str | None) -> None:
    made = manifest(word, public_url=public_url)
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    commands = made["features"]["slash_commands"]
    assert 0 < len(commands) <= 50
    assert len({command["command"] for command in commands}) == len(commands)
    for command in commands:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert 0 < len(command.get("usage_hint", "-")) <= 1000


def test_it_names_every_command_and_its_alias() -> None:
    first, *aliases = manifest("/slm", public_url=None)["features"]["slash_commands"]
    assert first["usage_hint"].split(" | ") == [one.usage for one in COMMANDS]
    assert first["should_escape"] is True
    assert [one["command"] for one in aliases] == [f"/slm-{command.word}" for command in COMMANDS]
    assert {"command": "/slm-status", "usage_hint": "[NAME]"}.items() <= aliases[1].items()


def test_all_that_bolt_listens_to_is_in_it() -> None:
    made = manifest("/slm", public_url=None)
    assert [one["command"] for one in made["features"]["slash_commands"]] == slash_commands("/slm")
    assert made["settings"]["event_subscriptions"] == {"bot_events": ["app_mention", "member_joined_channel"]}
    assert made["settings"]["interactivity"] == {"is_enabled": True}


def test_over_http_it_has_an_address(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(STEWARD_COMMAND="/levels")
    assert main(["manifest", "--url", "https://slm.example.org/"]) == 0
    made = json.loads(capsys.readouterr().out)
    url = "https://slm.example.org/slack/events"
    commands = made["features"]["slash_commands"]
    assert commands[0]["command"] == "/levels"
    assert {command["url"] for command in commands} == {url}
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["settings"]["interactivity"]["request_url"] == url
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
    assert "url" not in json.dumps(made)


def test_its_scopes_are_those_of_what_is_called() -> None:
    assert manifest("/slm", public_url=None)["oauth_config"]["scopes"]["bot"] == [
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "usergroups:read",
    ]


def called() -> Iterator[str]:
    """The methods of slack_sdk's client that connectors and bot call."""
    paths = [path for folder in ("connectors", "bot") for path in (ROOT / folder).rglob("*.py")]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in OF_SLACK:
                yield OF_SLACK[node.attr]
            if isinstance(node, ast.Attribute) and node.attr in ("api_call", "apiCall"):
                raise AssertionError(f"{path}: say which method by its own name")


def test_the_table_of_methods_is_what_is_called() -> None:
    assert sorted(METHODS) == sorted({*called()})


def test_scopes_of_the_sandbox_and_of_the_table_agree() -> None:
    granted = frozenset(scopes())
    assert [method for method in METHODS if method in SCOPES and not SCOPES[method] & granted] == []
