"""What the app hears without being asked."""

from collections.abc import Mapping
from typing import Any

from sandbox import payloads
from sandbox.journal import Stored
from sandbox.redelivery import Redelivery
from sandbox.slack import SandboxSlack
from sandbox.workspace import Person


class Events:
    """Only those that the manifest subscribes to."""

    def __init__(self, slack: SandboxSlack, redelivery: Redelivery, manifest: Mapping[str, Any]) -> None:
        self._slack = slack
        self._redelivery = redelivery
        subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
        self._subscribed = frozenset(subscriptions.get("bot_events", []))

    async def said(self, message: Stored) -> None:
        """`message.im` in a conversation with the bot, `app_mention` in a channel that it is in."""
        event = {name: message.body[name] for name in ("user", "text", "ts", "team")}
        event |= {"channel": message.channel, "event_ts": message.ts}
        if self._is_shared(message.channel):
            event |= {"user_team": event["team"], "source_team": event["team"]}
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        if message.channel.startswith("D"):
            await self._deliver("message.im", {"type": "message", "channel_type": "im", **event})
        elif self._mentions_bot(message):
            await self._deliver("app_mention", {"type": "app_mention", **event})

    async def bring_in(self, channel_id: str, person: Person, *, inviter: str | None = None) -> None:
        """Makes the person a member, and tells of a new one."""
        channel = self._slack.channel(channel_id)
        if channel is None or not self._slack.join(channel_id, person.id):
            return
        event = {
            "type": "member_joined_channel",
            "user": person.id,
            "channel": channel_id,
            "channel_type": "G" if channel.is_private else "C",
            "team": person.team_id or self._slack.seed.team_id,
            "event_ts": f"{self._slack.clock().timestamp():.6f}",
            **({"inviter": inviter} if inviter else {}),
        }
        await self._deliver("member_joined_channel", event)

    def _mentions_bot(self, message: Stored) -> bool:
        bot = self._slack.seed.bot_user_id
        channel = self._slack.channel(message.channel)
        return f"<@{bot}>" in message.body["text"] and channel is not None and bot in channel.members

    def _is_shared(self, channel_id: str) -> bool:
        channel = self._slack.channel(channel_id)
        return channel is not None and self._slack.is_shared(channel)

    async def _deliver(self, subscription: str, event: dict[str, Any]) -> None:
        if subscription in self._subscribed:
            payload = payloads.event_callback(self._slack, event)
            payload["is_ext_shared_channel"] = self._is_shared(event["channel"])
            await self._redelivery.deliver(payload)
