"""Slack's manifest of the app, from the lists in the code."""

from typing import Any

from commands.listing import COMMANDS
from connectors.slack_methods import EVENTS, METHODS

EVENTS_PATH = "/slack/events"
MOST_COMMANDS = 50


def scopes() -> list[str]:
    """What the app may do: what the methods need that it calls, and the events that it hears."""
    needed = {scope for row in (*METHODS.values(), *EVENTS.values()) for scope in row}
    return sorted({"commands", *needed})


def manifest(word: str, *, public_url: str | None) -> dict[str, Any]:
    """Manifest v2 with the slash command `word`; `public_url` is where Slack reaches Steward, None in Socket Mode."""
    url = None if public_url is None else f"{public_url.rstrip('/')}{EVENTS_PATH}"
    reached = {} if url is None else {"request_url": url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Steward",
            "description": "Service level management: who owns what, and how it stands",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Steward", "always_online": True},
            "slash_commands": _slash_commands(word, url),
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _slash_commands(word: str, url: str | None) -> list[dict[str, Any]]:
    usages = " | ".join(command.usage for command in COMMANDS)
    shown = [_slash_command(word, "Service levels: how they stand", usages, url)]
    for command in COMMANDS:
        if alias := command.alias(word):
            usage = command.usage.removeprefix(command.word).strip()
            shown.append(_slash_command(alias, f"Service levels: {command.summary}", usage, url))
    return shown[:MOST_COMMANDS]


def _slash_command(command: str, description: str, usage: str, url: str | None) -> dict[str, Any]:
    return {
        "command": command,
        "description": description,
        "should_escape": True,
        **({"usage_hint": usage} if usage else {}),
        **({"url": url} if url else {}),
    }
