"""Bolt: the app that Slack talks to, the same over HTTP and Socket Mode."""

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners import Listeners
from bot.settings import Settings

UNUSED_SECRET = "socket-mode-has-no-signatures"  # noqa: S105


def slack_app(
    settings: Settings, listeners: Listeners, *, token: str, signing_secret: str | None
) -> AsyncApp:
    """The Bolt app with our listeners. `signing_secret` is not needed in Socket Mode only."""

    async def authorize() -> AuthorizeResult:
        # Bolt would ask Slack (auth.test) on every request.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    app = AsyncApp(
        name="steward",
        signing_secret=signing_secret or UNUSED_SECRET,
        client=AsyncWebClient(base_url=settings.slack_api, retry_handlers=[]),
        authorize=authorize,
        # Without it Bolt looks for the ack every 10 ms only.
        process_before_response=True,
    )
    app.command(settings.steward_command)(listeners.command)
    return app


def socket_mode(app: AsyncApp, settings: Settings, app_token: str) -> AsyncSocketModeHandler:
    """What keeps the app connected to Slack without a public address."""
    client = AsyncWebClient(base_url=settings.slack_api, retry_handlers=[])
    return AsyncSocketModeHandler(app, app_token, web_client=client)
