"""Reading what was said."""

from typing import Any

from sandbox.call import Call, shown
from sandbox.errors import SlackError
from sandbox.journal import Stored
from sandbox.slack import TS
from sandbox.workspace import Channel


def history(call: Call) -> dict[str, Any]:
    """Newest first."""
    channel = _readable(call)
    return _answer(call, _between(call, call.slack.history(channel.id)))


def replies(call: Call) -> dict[str, Any]:
    """The parent, then its replies, oldest first."""
    channel = _readable(call)
    thread = call.slack.thread(channel.id, call.need("ts"))
    if not thread or thread[0].thread_ts:
        raise SlackError("thread_not_found")
    return _answer(call, thread[:1] + _between(call, thread[1:]))


def _readable(call: Call) -> Channel:
    channel = call.channel()
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    call.need_scope_for(channel, "history")
    return channel


def _answer(call: Call, messages: list[Stored]) -> dict[str, Any]:
    some, cursor = call.page(messages, most=999)
    metadata = call.flag("include_all_metadata")
    said = [shown(call, message, metadata=metadata) for message in some]
    return {"messages": said, "has_more": bool(cursor["response_metadata"]["next_cursor"]), **cursor}


def _between(call: Call, messages: list[Stored]) -> list[Stored]:
    oldest, latest = _micros(call, "oldest"), _micros(call, "latest")
    edge = 1 if call.flag("inclusive") else 0
    return [
        message
        for message in messages
        if (oldest is None or int(message.ts.replace(".", "")) + edge > oldest)
        and (latest is None or int(message.ts.replace(".", "")) - edge < latest)
    ]


def _micros(call: Call, name: str) -> int | None:
    value = call.text(name)
    if not value or value in {"0", "now"}:
        return None
    if TS.fullmatch(value):
        return int(value.replace(".", ""))
    try:
        return round(float(value) * 1_000_000)
    except ValueError as error:
        raise SlackError(f"invalid_ts_{name}") from error
