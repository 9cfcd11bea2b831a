"""Bolt: the app that Slack talks to, the same over HTTP and Socket Mode."""

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners import Listeners
from bot.reference import request_reference
from bot.settings import Settings
from commands.registry import slash_commands
from connectors.response_url import is_response_url
from connectors.slack import LOOPBACK
from messages.asking import ASK, FORM, SHARE
from messages.form import CALLBACK

UNUSED_SECRET = "bolt-asks-for-one-and-checks-nothing"  # noqa: S105

log = logging.getLogger(__name__)


class SlackApp(AsyncApp):
    """Bolt's app, which need not look for the listener of our slash commands: that takes longer than to answer them.

    Answers go nowhere but to Slack: a request that wants them elsewhere is refused.
    """

    def __init__(self, settings: Settings, listeners: Listeners, **options: Any) -> None:
        super().__init__(**options)
        self._api = settings.slack_api
        self._commands = frozenset(slash_commands(settings.steward_command))
        self._listeners = listeners

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Under the request's reference, which it gets here where it came by Socket Mode."""
        with request_reference() as reference:
            url = req.body.get("response_url")
            if url and not is_response_url(str(url), api=self._api):
                log.warning("%s: refused, since its response_url is not Slack's", reference)
                return BoltResponse(status=400, body="response_url is not Slack's")
            if req.body.get("command") in self._commands:
                return await self._command(req)
            return await super().async_dispatch(req)

    async def _command(self, req: AsyncBoltRequest) -> BoltResponse:
        ack = AsyncAck()
        await self._listeners.command(ack=ack, payload=req.body)
        return ack.response or BoltResponse(status=200)


def slack_app(settings: Settings, listeners: Listeners, *, token: str) -> SlackApp:
    """The Bolt app with our listeners. Who asks is checked before: see `bot.web.SlackDoor`."""

    async def authorize() -> AuthorizeResult:
        # Bolt would ask Slack (auth.test) on every request.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    # Bolt's loggers would take root's level, and tell whole payloads at debug.
    quiet = logging.getLogger("steward.bolt")
    quiet.setLevel(logging.WARNING)
    app = SlackApp(
        settings,
        listeners,
        name="steward",
        logger=quiet,
        signing_secret=UNUSED_SECRET,
        request_verification_enabled=False,
        client=_client(settings),
        authorize=authorize,
        # Without it Bolt looks for the ack every 10 ms only.
        process_before_response=True,
    )
    app.action(re.compile(rf"^{ASK}(:|$)"))(listeners.button)
    app.action(re.compile(rf"^{FORM}(:|$)"))(listeners.form)
    app.view(CALLBACK)(listeners.sent)
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
