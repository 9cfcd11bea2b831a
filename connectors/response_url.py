"""Slack's response_urls: answering a command after its three seconds, and buttons."""

from typing import Any
from urllib.parse import urlsplit

from slack_sdk.webhook.async_client import AsyncWebhookClient

from connectors.slack import LOOPBACK
from messages.message import Message

TIMEOUT_SECONDS = 10


async def respond(
    url: str, message: Message, *, for_all: bool = False, replace: bool = False, thread_ts: str | None = None
) -> None:
    """Answer the asker only, or all in the channel. Not tried again: a repeated answer would show twice.

    Raises OSError and the like.
    """
    client = AsyncWebhookClient(url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    if urlsplit(url).hostname in LOOPBACK:
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    answer: dict[str, Any] = {
        "text": message.text,
        "blocks": list(message.blocks),
        "response_type": "in_channel" if for_all else "ephemeral",
        "replace_original": replace,
    }
    # `send` does not know threads.
    answered = await client.send_dict(answer | {"thread_ts": thread_ts} if thread_ts else answer)
    if answered.status_code != 200:
        raise OSError(f"Slack took no answer: {answered.status_code} {answered.body[:100]}")
