"""Processes that stay: Steward's web server and its ticker, together or each by itself."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager

import uvicorn
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.answering import ACK_SECONDS, Answering
from bot.asked import Asks
from bot.contacts import Contacts
from bot.draining import drain
from bot.heartbeat import Heartbeat
from bot.intake import Intake
from bot.latencies import Latencies
from bot.listeners import Listeners
from bot.metrics import Metrics
from bot.replies import Replies
from bot.settings import Settings
from bot.slack_app import slack_app, socket_mode
from bot.ticker import Ticker
from bot.web import SlackDoor, web_app
from bot.wiring import SANDBOX_SIGNING_SECRET, TEMPO, Opened, Tempo, bot_token, poster, tick_context
from connectors.slack import SlackPoster
from domain.refusal import Refusal
from jobs.job import Clock
from jobs.listing import DECIDING, SAYING, run_due

SHUTDOWN_SECONDS = 2
"""For each thing that is waited for when a process is told to stop; together under the usual ten."""

SWITCH_SECONDS = 0.0001
"""How long a thread keeps Python to itself while another waits. A command waits dozens of times, at each query."""

log = logging.getLogger(__name__)


def application(
    settings: Settings,
    found: Opened,
    clock: Clock,
    *,
    mounts: Sequence[BaseRoute] = (),
    ack_seconds: float = ACK_SECONDS,
) -> Starlette:
    """Steward's ASGI application, with Socket Mode beside it where that is set."""
    contacts = Contacts(found.store, found.workspace)
    slack = poster(settings)
    latencies = Latencies()
    replies = Replies(found.store, contacts, slack)
    answering = Answering(replies, ack_seconds=ack_seconds, latencies=latencies)
    listeners = Listeners(answering, Asks(found.workspace, clock, settings.steward_command))
    app = slack_app(settings, listeners, token=bot_token(settings))
    door = SlackDoor(app, _signing_secret(settings), clock)
    intake = Intake(found, clock, settings.steward_api_token)
    metrics = Metrics(found, clock, settings.steward_api_token, intake.taken, latencies)

    @asynccontextmanager
    async def open_all() -> AsyncIterator[None]:
        async with _connected(app, settings):
            yield
        intake.close()
        metrics.close()
        await answering.close(within=SHUTDOWN_SECONDS)
        await asyncio.to_thread(slack.close)

    ours = [*intake.routes(), *metrics.routes()]
    return web_app(door, found.store, mounts=[*ours, *mounts], open_all=open_all)


def serve(app: Starlette, listening: socket.socket, *, stopping: Callable[[], object] = lambda: None) -> None:
    """Until it is told to stop; `stopping` is called first then, while requests are still answered."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # what is imported stays: the collector, which stops all threads, need not look at it again
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
    def __init__(self, config: uvicorn.Config, stopping: Callable[[], object]) -> None:
        super().__init__(config)
        self._stopping = stopping

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            # uvicorn would raise them again, and the process would die of them before it has cleaned up.
            self._captured_signals.clear()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(self._stopping)
        await drain(self, sockets or [])
        await super().shutdown(sockets)


@contextmanager
def ticking(
    settings: Settings, found: Opened, tempo: Tempo = TEMPO, *, first: Callable[[], None] = lambda: None
) -> Iterator[Callable[[], object]]:
    """While held, due jobs run every second, after `first`, and delivery beside them; gives what ends that earlier."""
    clock = tempo.clock
    heartbeat = Heartbeat(found, clock)
    with closing(poster(settings, timeout=tempo.slack_timeout)) as slack:

        def decide() -> None:
            heartbeat.beat()
            _first(first)
            run_due(tick_context(settings, found, at=clock.now(), clock=clock), DECIDING)

        def say() -> None:
            run_due(tick_context(settings, found, slack, at=clock.now(), clock=clock), SAYING)

        ticker = Ticker({"decide": decide, "say": say})
        ticker.start()
        try:
            yield lambda: _stop(ticker, slack)
        finally:
            if not _stop(ticker, slack):
                _leave()
            heartbeat.end()


def work(settings: Settings, found: Opened, tempo: Tempo = TEMPO) -> None:
    """Only the ticker, until the process is told to stop."""
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    with ticking(settings, found, tempo):
        stop.wait()


def _first(first: Callable[[], None]) -> None:
    try:
        first()
    except Refusal as refusal:
        log.error("%s", refusal)


def _stop(ticker: Ticker, slack: SlackPoster) -> bool:
    """What waits is given back, what is on its way is finished, what hangs becomes ambiguous; whether all ended."""
    told_before = slack.stopping
    slack.stop()
    if ticker.stop(within=0 if told_before else SHUTDOWN_SECONDS):
        return True
    slack.close()
    return ticker.stop(within=1)


def _leave() -> None:
    """A job that waits for a locked database, say, would keep the process: Python joins its thread."""
    log.error("a job did not come to its end in time and is left; what it had claimed is taken over")
    logging.shutdown()
    os._exit(0)


@asynccontextmanager
async def _connected(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    """Connected to Slack by Socket Mode, where there is an app token."""
    if settings.slack_app_token is None:
        yield
        return
    handler = socket_mode(app, settings, settings.slack_app_token.get_secret_value())
    connecting = asyncio.create_task(handler.connect_async())  # for as long as it takes; see bot.logs
    yield
    connecting.cancel()
    await handler.close_async()


def _signing_secret(settings: Settings) -> str | None:
    if settings.sandbox:
        return SANDBOX_SIGNING_SECRET
    return settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
