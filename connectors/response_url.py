"""Slack's response_urls: answering a command after its three seconds."""

from typing import Any
from urllib.parse import urlsplit

from slack_sdk.webhook.async_client import AsyncWebhookClient

from connectors.slack import LOOPBACK

TIMEOUT_SECONDS = 10


async def respond(url: str, text: str, blocks: list[dict[str, Any]], *, replace: bool) -> None:
    """Answer to the asker only. Not tried again: a repeated answer would show twice. Raises OSError and the like."""
    client = AsyncWebhookClient(url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    if urlsplit(url).hostname in LOOPBACK:
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    answered = await client.send(
        text=text, blocks=blocks, response_type="ephemeral", replace_original=replace
    )
    if answered.status_code != 200:
        raise OSError(f"Slack took no late answer: {answered.status_code} {answered.body[:100]}")
