"""Slack's manifest of the app, from the lists in the code."""

from typing import Any

from commands.registry import COMMANDS

EVENTS_PATH = "/slack/events"
SCOPES = ("chat:write", "commands")


def manifest(word: str, *, public_url: str | None) -> dict[str, Any]:
    """Manifest v2 with the slash command `word`; `public_url` is where Slack reaches Steward, None in Socket Mode."""
    command: dict[str, Any] = {
        "command": word,
        "description": "Service levels: how they stand",
        "usage_hint": " | ".join(command.usage for command in COMMANDS),
        "should_escape": True,
    }
    if public_url is not None:
        command["url"] = f"{public_url.rstrip('/')}{EVENTS_PATH}"
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Steward",
            "description": "Service level management: who owns what, and how it stands",
        },
        "features": {
            "bot_user": {"display_name": "Steward", "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "org_deploy_enabled": False,
            "socket_mode_enabled": public_url is None,
            "token_rotation_enabled": False,
        },
    }
