"""Channels: which there are, who is in them, getting into them."""

from typing import Any

from sandbox.call import Call
from sandbox.errors import SlackError
from sandbox.workspace import Channel

LISTED_WITH = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def described(call: Call, channel: Channel) -> dict[str, Any]:
    direct = channel.id.startswith("D")
    facts: dict[str, Any] = {
        "id": channel.id,
        "is_channel": not direct and not channel.is_private,
        "is_group": not direct and channel.is_private,
        "is_im": direct,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": call.slack.is_archived(channel.id),
        "is_member": call.bot in channel.members,
        "is_shared": call.slack.is_shared(channel),
        "is_ext_shared": call.slack.is_shared(channel),
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": call.slack.seed.team_id,
    }
    if direct:
        return facts | {"user": channel.name}
    return facts | {
        "name": channel.name,
        "name_normalized": channel.name,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def info(call: Call) -> dict[str, Any]:
    return {"channel": described(call, _readable(call))}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope_for(channel, "read")
    return channel


def listing(call: Call) -> dict[str, Any]:
    kinds = {kind.strip() for kind in (call.text("types") or "public_channel").split(",")}
    if not kinds <= set(LISTED_WITH):
        raise SlackError("invalid_types")
    for kind in sorted(kinds):
        call.need_scope(LISTED_WITH[kind])
    channels = [one for one in call.slack.channels() if _kind(one) in kinds and _visible(call, one)]
    if call.flag("exclude_archived"):
        channels = [one for one in channels if not call.slack.is_archived(one.id)]
    some, cursor = call.page(channels)
    return {"channels": [described(call, one) for one in some], **cursor}


def _kind(channel: Channel) -> str:
    if channel.id.startswith("D"):
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def _visible(call: Call, channel: Channel) -> bool:
    return not channel.is_private or call.bot in channel.members


def join(call: Call) -> dict[str, Any]:
    """Public channels only; joining where one is already is no error."""
    channel = call.channel()
    if channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if call.slack.is_archived(channel.id):
        raise SlackError("is_archived")
    new = call.slack.join(channel.id, call.bot)
    joined = described(call, call.channel())
    if new:
        return {"channel": joined}
    return {
        "channel": joined,
        "warning": "already_in_channel",
        "response_metadata": {"warnings": ["already_in_channel"]},
    }


def open_direct(call: Call) -> dict[str, Any]:
    users = [user.strip() for user in call.need("users").split(",")]
    if len(users) > 1:
        raise SlackError("too_many_users", ["[ERROR] the sandbox opens conversations with one person only"])
    channel = call.slack.open_direct(users[0])
    return {"channel": described(call, channel) if call.flag("return_im") else {"id": channel.id}}


def members(call: Call) -> dict[str, Any]:
    some, cursor = call.page(sorted(_readable(call).members))
    return {"members": some, **cursor}
