"""Bolt: the app that Slack talks to, the same over HTTP and Socket Mode."""

import logging
import re
from urllib.parse import urlsplit

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners import Listeners
from bot.settings import Settings
from commands.registry import slash_commands
from connectors.slack import LOOPBACK
from messages.asking import ASK, SHARE

UNUSED_SECRET = "bolt-asks-for-one-and-checks-nothing"  # noqa: S105


def slack_app(settings: Settings, listeners: Listeners, *, token: str) -> AsyncApp:
    """The Bolt app with our listeners. Who asks is checked before: see `bot.web.SlackDoor`."""

    async def authorize() -> AuthorizeResult:
        # Bolt would ask Slack (auth.test) on every request.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    # Bolt's loggers would take root's level, and tell whole payloads at debug.
    quiet = logging.getLogger("steward.bolt")
    quiet.setLevel(logging.WARNING)
    app = AsyncApp(
        name="steward",
        logger=quiet,
        signing_secret=UNUSED_SECRET,
        request_verification_enabled=False,
        client=_client(settings),
        authorize=authorize,
        # Without it Bolt looks for the ack every 10 ms only.
        process_before_response=True,
    )
    for command in slash_commands(settings.steward_command):
        app.command(command)(listeners.command)
    app.action(re.compile(rf"^{ASK}(:|$)"))(listeners.button)
    app.action(SHARE)(listeners.share)
    app.event("app_mention")(listeners.mention)
    app.event("member_joined_channel")(listeners.joined)
    return app


def socket_mode(app: AsyncApp, settings: Settings, app_token: str) -> AsyncSocketModeHandler:
    """What keeps the app connected to Slack without a public address."""
    handler = AsyncSocketModeHandler(app, app_token, web_client=_client(settings))
    if _on_loopback(settings):
        handler.client.proxy = None
    return handler


def _client(settings: Settings) -> AsyncWebClient:
    client = AsyncWebClient(base_url=settings.slack_api, retry_handlers=[])
    if _on_loopback(settings):
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    return client


def _on_loopback(settings: Settings) -> bool:
    return urlsplit(settings.slack_api).hostname in LOOPBACK
