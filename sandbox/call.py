"""One call of the Web API, and what its methods share."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError
from sandbox.journal import Stored
from sandbox.slack import SandboxSlack
from sandbox.workspace import Channel


@dataclass(frozen=True)
class Call:
    """`base_url` is where the caller reached the sandbox, such as http://127.0.0.1:3000."""

    slack: SandboxSlack
    args: Mapping[str, Any]
    base_url: str

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def text(self, name: str) -> str:
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def number(self, name: str, default: int, *, most: int) -> int:
        value = self.text(name) or str(default)
        if not value.isdecimal() or not 0 < int(value) <= most:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return int(value)

    @property
    def bot(self) -> str:
        return self.slack.seed.bot_user_id

    def channel(self, *, by_name: bool = False) -> Channel:
        """One that the bot can see; SlackError `channel_not_found` hides private ones that it is not in."""
        wanted = self.need("channel")
        found = self.slack.channel(wanted)
        if found is None and by_name:
            found = self._by_name(wanted)
        if found is None or (found.is_private and self.bot not in found.members):
            raise SlackError("channel_not_found")
        return found

    def _by_name(self, wanted: str) -> Channel | None:
        if wanted.startswith("U") and self.slack.seed.person(wanted):
            return self.slack.open_direct(wanted)
        return self.slack.channel_named(wanted.removeprefix("#"))

    def joined_channel(self, *, by_name: bool = False) -> Channel:
        """One that the bot is in and that is not archived."""
        channel = self.open_channel(by_name=by_name)
        if self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def open_channel(self, *, by_name: bool = False) -> Channel:
        """One that is not archived."""
        channel = self.channel(by_name=by_name)
        if self.slack.is_archived(channel.id):
            raise SlackError("is_archived")
        return channel

    def need_scope(self, scope: str) -> None:
        """SlackError `missing_scope` where the manifest does not ask for it, where that is wanted."""
        granted = self.slack.scopes or frozenset()
        if self.slack.enforces_scopes and scope not in granted:
            extra = {"needed": scope, "provided": ",".join(sorted(granted))}
            raise SlackError("missing_scope", extra=extra)

    def need_scope_for(self, channel: Channel, verb: str) -> None:
        """Each kind of channel has a scope of its own to `read` it or its `history`."""
        kind = "im" if channel.id.startswith("D") else "groups" if channel.is_private else "channels"
        self.need_scope(f"{kind}:{verb}")

    def page(
        self, items: Sequence[Any], *, most: int = 1000, default: int = 100
    ) -> tuple[list[Any], dict[str, Any]]:
        """The items asked for and the `response_metadata` with the next cursor."""
        limit = self.number("limit", default, most=most)
        start = self._cursor()
        more = start + limit < len(items)
        cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
        return list(items[start : start + limit]), {"response_metadata": {"next_cursor": cursor}}

    def _cursor(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        try:
            return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except ValueError as error:
            raise SlackError("invalid_cursor") from error


def shown(call: Call, message: Stored, *, metadata: bool = False) -> dict[str, Any]:
    """A message as Slack gives it back; its metadata only when asked for."""
    body = dict(message.body)
    if not metadata:
        body.pop("metadata", None)
    if not message.thread_ts:
        body |= thread_facts(call.slack, message)
    return body


def thread_facts(slack: SandboxSlack, message: Stored) -> dict[str, Any]:
    replies = slack.thread(message.channel, message.ts)[1:]
    if not replies:
        return {}
    users = list(dict.fromkeys(str(reply.body["user"]) for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }
