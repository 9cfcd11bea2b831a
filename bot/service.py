"""Processes that stay: Steward's web server and its ticker, together or each by itself."""

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing

import uvicorn
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.answering import Answering
from bot.clock import SystemClock
from bot.listeners import Listeners
from bot.settings import Settings
from bot.slack_app import slack_app, socket_mode
from bot.ticker import Ticker
from bot.web import web_app
from bot.wiring import SANDBOX_SIGNING_SECRET, Opened, bot_token, poster, tick_context
from connectors.slack import SlackPoster
from jobs.listing import run_due

SHUTDOWN_SECONDS = 5

log = logging.getLogger(__name__)


def application(settings: Settings, found: Opened, *, mounts: Sequence[BaseRoute] = ()) -> Starlette:
    """Steward's ASGI application, with Socket Mode beside it where that is set."""
    answering = Answering(found.store)
    listeners = Listeners(answering, found.workspace, SystemClock())
    app = slack_app(settings, listeners, token=bot_token(settings), signing_secret=_signing_secret(settings))

    @asynccontextmanager
    async def open_all() -> AsyncIterator[None]:
        async with _connected(app, settings):
            yield
        await answering.close()

    return web_app(app, found.store, mounts=mounts, open_all=open_all)


def serve(app: Starlette, listening: socket.socket, *, stopping: Callable[[], None] = lambda: None) -> None:
    """Until it is told to stop; `stopping` is called first then."""
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    _Server(config, stopping).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping()
        await super().shutdown(sockets)


def ticker(
    settings: Settings, found: Opened, slack: SlackPoster, *, first: Callable[[], None] | None = None
) -> Ticker:
    """What runs the due jobs every second; `first` is done before them each time."""

    def tick() -> None:
        if first is not None:
            first()
        run_due(tick_context(settings, found, slack, at=SystemClock().now()))

    return Ticker(tick)


def work(settings: Settings, found: Opened) -> None:
    """Only the ticker, until the process is told to stop."""
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    with closing(poster(settings)) as slack:
        ticking = ticker(settings, found, slack)
        ticking.start()
        stop.wait()
        ticking.stop()


@asynccontextmanager
async def _connected(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    """Connected to Slack by Socket Mode, where there is an app token."""
    if settings.slack_app_token is None:
        yield
        return
    handler = socket_mode(app, settings, settings.slack_app_token.get_secret_value())
    connecting = asyncio.create_task(handler.connect_async())
    connecting.add_done_callback(_log_failure)
    yield
    connecting.cancel()
    await handler.close_async()


def _log_failure(connecting: "asyncio.Task[None]") -> None:
    if not connecting.cancelled() and (error := connecting.exception()) is not None:
        log.error("Socket Mode could not connect: %s. Check SLACK_APP_TOKEN and the network.", error)


def _signing_secret(settings: Settings) -> str | None:
    if settings.sandbox:
        return SANDBOX_SIGNING_SECRET
    return settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
