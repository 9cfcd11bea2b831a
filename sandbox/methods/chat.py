"""Saying, changing and taking back."""

from typing import Any

from sandbox.call import Call, shown
from sandbox.content import UPDATED_TEXT, read_content, read_metadata
from sandbox.errors import SlackError
from sandbox.journal import Stored
from sandbox.slack import Draft
from sandbox.workspace import Channel


def post_message(call: Call) -> dict[str, Any]:
    channel = call.open_channel(by_name=True)
    if call.bot not in channel.members and not _may_speak_anywhere(call):
        raise SlackError("not_in_channel")
    _refuse_restricted(call, channel)
    content = read_content(call.args) | read_metadata(call.args.get("metadata"))
    thread_ts = _thread(call, channel.id)
    if thread_ts and call.flag("reply_broadcast"):
        content["subtype"] = "thread_broadcast"
    call.slack.pace(channel.id)
    message = call.slack.post(Draft(channel.id, call.bot, content, thread_ts))
    return {"channel": channel.id, "ts": message.ts, "message": shown(call, message, metadata=True)}


def _may_speak_anywhere(call: Call) -> bool:
    """In public channels, that is: private ones are not seen from outside."""
    return "chat:write.public" in (call.slack.scopes or ())


def _refuse_restricted(call: Call, channel: Channel) -> None:
    if channel.id in call.slack.restricted:
        raise SlackError("restricted_action")


def post_ephemeral(call: Call) -> dict[str, Any]:
    channel = call.joined_channel(by_name=True)
    _refuse_restricted(call, channel)
    user = call.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    draft = Draft(channel.id, call.bot, read_content(call.args), _thread(call, channel.id), seen_by=user)
    return {"message_ts": call.slack.post(draft).ts}


def update(call: Call) -> dict[str, Any]:
    message = _own(call, "cant_update_message")
    content = _kept_or_new(call, message) | read_metadata(call.args.get("metadata"))
    changed = call.slack.edit(message, content)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": changed.body["text"],
        "message": shown(call, changed, metadata=True),
    }


def _kept_or_new(call: Call, message: Stored) -> dict[str, Any]:
    """Blocks stay when only text comes, as on Slack, and go with an explicit empty list."""
    content = read_content(call.args, most=UPDATED_TEXT)
    if call.args.get("blocks") is None and "blocks" in message.body:
        content["blocks"] = message.body["blocks"]
    return content


def delete(call: Call) -> dict[str, Any]:
    message = _own(call, "cant_delete_message")
    call.slack.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(call: Call) -> dict[str, Any]:
    channel = call.channel()
    message = call.slack.message(channel.id, call.need("message_ts"))
    if message is None or message.seen_by:
        raise SlackError("message_not_found")
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    place = f"/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": call.base_url + place + thread}


def _own(call: Call, refusal: str) -> Stored:
    channel = call.joined_channel()
    message = call.slack.message(channel.id, call.need("ts"))
    if message is None or message.seen_by:
        raise SlackError("message_not_found")
    if message.body["user"] != call.bot:
        raise SlackError(refusal)
    return message


def _thread(call: Call, channel_id: str) -> str | None:
    """The thread's parent; a reply's ts leads to its parent, as on Slack."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = call.slack.message(channel_id, ts)
    if parent is None or parent.seen_by:
        raise SlackError("thread_not_found")
    return parent.thread_ts or ts
