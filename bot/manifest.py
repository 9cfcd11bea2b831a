"""Slack's manifest of the app, from the lists in the code."""

from typing import Any

from bot.settings import Settings
from commands.registry import COMMANDS

EVENTS_PATH = "/slack/events"
SCOPES = ("chat:write", "commands")


def manifest(settings: Settings, *, public_url: str = "https://steward.example.com") -> dict[str, Any]:
    """Manifest v2; `public_url` is where Slack reaches Steward over HTTP (left out in Socket Mode)."""
    command: dict[str, Any] = {
        "command": settings.steward_command,
        "description": "Service levels: how they stand",
        "usage_hint": " | ".join(command.usage for command in COMMANDS),
        "should_escape": True,
    }
    if not settings.socket_mode:
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
            "socket_mode_enabled": settings.socket_mode,
            "token_rotation_enabled": False,
        },
    }
