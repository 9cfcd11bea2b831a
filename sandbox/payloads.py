"""What Slack sends to an app."""

import secrets
from typing import Any

from sandbox.journal import Stored
from sandbox.slack import SandboxSlack
from sandbox.views import View, told
from sandbox.workspace import Channel, Person


def slash_command(
    slack: SandboxSlack, person: Person, channel: Channel, typed: tuple[str, str]
) -> dict[str, str]:
    """Without its response_url; `typed` is the command and the text after it."""
    seed = slack.seed
    return {
        "token": "sandbox",
        "team_id": seed.team_id,
        "team_domain": seed.domain,
        "channel_id": channel.id,
        "channel_name": _name_told(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": typed[0],
        "text": typed[1],
        "api_app_id": seed.app_id,
        "is_enterprise_install": "false",
        "trigger_id": slack.triggers.fresh(person.id),
    }


def block_actions(
    slack: SandboxSlack, person: Person, message: Stored, action: dict[str, Any]
) -> dict[str, Any]:
    """Without its response_url. An ephemeral message is not in its payload, as on Slack."""
    seed = slack.seed
    channel = slack.channel(message.channel)
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.seen_by is not None,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    return {
        "type": "block_actions",
        "token": "sandbox",
        "api_app_id": seed.app_id,
        "team": {"id": seed.team_id, "domain": seed.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": _user(slack, person),
        "channel": {"id": message.channel, "name": _name_told(channel) if channel else ""},
        "container": container,
        "trigger_id": slack.triggers.fresh(person.id),
        "state": {"values": {}},
        "actions": [action],
        **({} if message.seen_by else {"message": message.body}),
    }


def view_submission(slack: SandboxSlack, person: Person, view: View, state: dict[str, Any]) -> dict[str, Any]:
    seed = slack.seed
    return {
        "type": "view_submission",
        "token": "sandbox",
        "api_app_id": seed.app_id,
        "team": {"id": seed.team_id, "domain": seed.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": _user(slack, person),
        "trigger_id": slack.triggers.fresh(person.id),
        "view": {**told(view, seed), "state": state},
        "response_urls": [],
    }


def _user(slack: SandboxSlack, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "username": person.name,
        "name": person.name,
        "team_id": person.team_id or slack.seed.team_id,
    }


def _name_told(channel: Channel) -> str:
    """Slack keeps the names of private channels to itself."""
    if channel.id.startswith("D"):
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def event_callback(slack: SandboxSlack, event: dict[str, Any]) -> dict[str, Any]:
    seed = slack.seed
    return {
        "type": "event_callback",
        "token": "sandbox",
        "team_id": seed.team_id,
        "api_app_id": seed.app_id,
        "event": event,
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(slack.clock().timestamp()),
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": seed.team_id,
                "user_id": seed.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }
