"""Who is calling, and where."""

import secrets
from typing import Any

from sandbox.call import Call
from sandbox.errors import SlackError


def api_test(call: Call) -> dict[str, Any]:
    if error := call.text("error"):
        raise SlackError(error)
    return {"args": {name: value for name, value in call.args.items() if name != "token"}}


def auth_test(call: Call) -> dict[str, Any]:
    seed = call.slack.seed
    return {
        "url": f"{call.base_url}/",
        "team": seed.name,
        "user": seed.bot.name,
        "team_id": seed.team_id,
        "user_id": seed.bot_user_id,
        "bot_id": seed.bot_id,
        "is_enterprise_install": False,
    }


def bots_info(call: Call) -> dict[str, Any]:
    seed = call.slack.seed
    if call.text("bot") not in {"", seed.bot_id}:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": seed.bot_id,
            "deleted": False,
            "name": seed.bot.name,
            "app_id": seed.app_id,
            "user_id": seed.bot_user_id,
            "icons": {},
        }
    }


def team_info(call: Call) -> dict[str, Any]:
    seed = call.slack.seed
    return {
        "team": {"id": seed.team_id, "name": seed.name, "domain": seed.domain, "url": f"{call.base_url}/"}
    }


def connections_open(call: Call) -> dict[str, Any]:
    """A WebSocket's address on the host that the caller used, good for one connection."""
    ticket = secrets.token_urlsafe(18)
    call.slack.tickets.add(ticket)
    return {"url": f"{call.base_url.replace('http', 'ws', 1)}/sandbox/socket/{ticket}"}
