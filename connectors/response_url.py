"""Slack's response_urls: answering a command after its three seconds, and buttons."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientConnectorError
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from connectors.slack import LOOPBACK
from messages.message import Message

TIMEOUT_SECONDS = 10
PAUSES = (0.5, 1.0, 2.0)
"""Seconds between the attempts, where nothing arrived."""

HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})


def is_response_url(url: str, *, api: str) -> bool:
    """Whether it is one of Slack's; of an emulator's on this machine, where the Web API at `api` is one."""
    try:
        parts = urlsplit(url)
        emulated = urlsplit(api).hostname in LOOPBACK and parts.hostname in LOOPBACK
    except ValueError:
        return False
    if emulated:
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and parts.hostname in HOSTS and parts.netloc == parts.hostname


@dataclass(frozen=True, slots=True)
class Shown:
    """Where an answer is shown: to its asker or to all, instead of what was acknowledged or beside it."""

    for_all: bool = False
    replace: bool = False
    thread_ts: str | None = None


async def respond(url: str, message: Message, shown: Shown, *, pauses: Sequence[float] = PAUSES) -> None:
    """Answer. Raises OSError and the like.

    Tried again only where nothing has arrived, or Slack said that it took nothing: an answer never shows twice.
    """
    client = AsyncWebhookClient(url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    if urlsplit(url).hostname in LOOPBACK:
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    answer: dict[str, Any] = {
        "text": message.text,
        "blocks": list(message.blocks),
        "response_type": "in_channel" if shown.for_all else "ephemeral",
        "replace_original": shown.replace,
    }
    # `send` does not know threads.
    answered = await _sent(
        client, answer | {"thread_ts": shown.thread_ts} if shown.thread_ts else answer, pauses
    )
    if answered.status_code != 200:
        raise OSError(f"Slack took no answer: {answered.status_code} {answered.body[:100]}")


async def _sent(
    client: AsyncWebhookClient, answer: dict[str, Any], pauses: Sequence[float]
) -> WebhookResponse:
    for pause in pauses:
        try:
            answered = await client.send_dict(answer)
        except ClientConnectorError:
            await asyncio.sleep(pause)
            continue
        if answered.status_code != 429:
            return answered
        await asyncio.sleep(_retry_after(answered, pause))
    return await client.send_dict(answer)


def _retry_after(answered: WebhookResponse, pause: float) -> float:
    """As long as Slack wants, within reason."""
    said = {name.lower(): value for name, value in answered.headers.items()}.get("retry-after", "")
    return min(float(said), TIMEOUT_SECONDS) if said.isdecimal() else pause
