"""What one person sees and nobody else: answers and forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from messages.message import Message


@dataclass(frozen=True, slots=True)
class Whisper:
    """Where one person sees an answer that nobody else does; without a channel in a direct message."""

    channel: str
    person: str
    thread_ts: str | None = None

    @property
    def is_direct(self) -> bool:
        """Whether nobody else reads there anyway. Of a conversation of two others Steward is no member."""
        return not self.channel or self.channel.startswith("D")


async def whispered(client: AsyncWebClient, place: Whisper, message: Message) -> None:
    """Raises as slack_sdk does."""
    blocks = list(message.blocks) or None
    if place.is_direct:
        await client.chat_postMessage(channel=place.person, text=message.text, blocks=blocks)
        return
    await client.chat_postEphemeral(
        channel=place.channel,
        user=place.person,
        thread_ts=place.thread_ts,
        text=message.text,
        blocks=blocks,
    )


async def opened(client: AsyncWebClient, trigger: str, view: Mapping[str, Any]) -> None:
    """The form for whoever the trigger is of. Raises as slack_sdk does."""
    await client.views_open(trigger_id=trigger, view=dict(view))
