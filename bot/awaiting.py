"""Starting while the database is away: the process stays, says so once a minute, and begins when the database comes."""

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import intake, metrics
from bot.denial import Denial
from bot.intake import Taken
from bot.latencies import Latencies
from bot.manifest import EVENTS_PATH
from bot.samples import exposition
from domain.refusal import Refusal, Unreachable

AGAIN_SECONDS = 1.0
UNFORESEEN_SECONDS = 60.0
"""After what nobody foresaw: a traceback a second would hide all else."""

RETRY_AFTER = {"Retry-After": "10"}
NOT_YET = "Steward cannot reach its database. Try again in a minute."
FORM = "application/x-www-form-urlencoded"

T = TypeVar("T")
OpenApp = Callable[[], AbstractContextManager[Starlette]]
log = logging.getLogger(__name__)


def stop_signals() -> threading.Event:
    """Set as soon as the process is told to stop."""
    stopped = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopped.set())
    return stopped


def patiently(open_it: Callable[[], T], stopped: threading.Event) -> T | None:
    """What `open_it` gives as soon as the database is there; None where the process is to stop before.

    A `Refusal` of the first try that waiting does not mend is raised.
    """
    waited = False
    while not stopped.is_set():
        try:
            return open_it()
        except Refusal as refusal:
            if not waited and not isinstance(refusal, Unreachable):
                raise
            _tell(refusal)
        waited = True
        stopped.wait(AGAIN_SECONDS)
    return None


@contextmanager
def as_soon_as_there(open_app: OpenApp) -> Iterator[Starlette]:
    """The application that `open_app` opens; while its database is away, one that says so and then becomes it."""
    with ExitStack() as stack:
        try:
            app = stack.enter_context(open_app())
        except Unreachable as away:
            _tell(away)
            app = Later(open_app).application()
        yield app


class Later:
    """An application that is opened in the background; until then it is alive and not ready."""

    def __init__(self, open_app: OpenApp) -> None:
        self._open_app = open_app
        self._app: ASGIApp = _away()
        self._over = asyncio.Event()

    def application(self) -> Starlette:
        """What is served all the time."""
        return Starlette(routes=[Mount("/", self)], lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes in."""
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        living = asyncio.create_task(self._live())
        yield
        self._over.set()
        await living

    async def _live(self) -> None:
        """From its opening to the end, in one task."""
        stack = ExitStack()
        app = await self._opened(stack)
        try:
            if app is not None:
                async with app.router.lifespan_context(app):
                    self._app = app
                    log.warning("the database is there: Steward begins")
                    await self._over.wait()
        finally:
            await asyncio.to_thread(stack.close)

    async def _opened(self, stack: ExitStack) -> Starlette | None:
        while not self._over.is_set():
            try:
                return await asyncio.to_thread(lambda: stack.enter_context(self._open_app()))
            except Refusal as refusal:
                _tell(refusal)
            except Exception:
                log.exception("Steward cannot begin")
                await _first(self._over, UNFORESEEN_SECONDS)
            await _first(self._over, AGAIN_SECONDS)
        return None


async def _first(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


def _tell(refusal: Refusal) -> None:
    log.error("waiting for the database: %s", refusal)


def _away() -> Starlette:
    """Alive, and nothing else; kind to people who type a command."""

    def no(_request: Request) -> Response:
        return PlainTextResponse("not ready: the database does not answer\n", 503, RETRY_AFTER)

    def no_intake(_request: Request) -> Response:
        sentence = "The database does not answer, and nothing was stored. Send it again soon."
        return Denial(503, sentence, RETRY_AFTER).answer()

    def no_command(request: Request) -> Response:
        # An event is to be delivered again; a command is not, and its answer is the same for everybody.
        if not request.headers.get("content-type", "").startswith(FORM):
            return no(request)
        return JSONResponse({"response_type": "ephemeral", "text": NOT_YET})

    def figures(_request: Request) -> Response:
        return PlainTextResponse(exposition(None, Taken(), Latencies(), {}), media_type=metrics.KIND)

    return Starlette(
        routes=[
            Route("/healthz", lambda _request: PlainTextResponse("alive\n")),
            Route(metrics.PATH, figures),
            Route(intake.PATH, no_intake, methods=["POST"]),
            Route(EVENTS_PATH, no_command, methods=["POST"]),
            Mount("/", _always(no)),
        ]
    )


def _always(answer: Callable[[Request], Response]) -> ASGIApp:
    """`answer` to whatever is asked for."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await answer(Request(scope, receive))(scope, receive, send)

    return app
