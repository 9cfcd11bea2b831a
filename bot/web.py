"""HTTP in: one port for Slack, health and, in the sandbox, the page."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.boundary import new_reference
from domain.refusal import Refusal
from storage.migrate import check
from storage.store import Store

MOST_BYTES = 1_000_000
JSON_TYPE = "application/json"

log = logging.getLogger(__name__)


def web_app(
    app: AsyncApp,
    store: Store,
    *,
    mounts: Sequence[BaseRoute] = (),
    open_all: Callable[[], AbstractAsyncContextManager[None]],
) -> Starlette:
    """Steward's ASGI application. `open_all` holds open what must live as long as it."""
    handler = AsyncSlackRequestHandler(app)

    async def slack_events(request: Request) -> Response:
        refused = await _refused(request)
        return refused or await _handled(handler, request)

    def readyz(_request: Request) -> Response:
        try:
            check(store.engine)
        except Refusal as refusal:
            return PlainTextResponse(f"not ready: {refusal}\n", 503)
        return PlainTextResponse("ready\n")

    @asynccontextmanager
    async def lifespan(_app: ASGIApp) -> AsyncIterator[None]:
        async with open_all():
            yield

    routes = [
        Route("/slack/events", slack_events, methods=["POST"]),
        Route("/healthz", lambda _request: PlainTextResponse("alive\n")),
        Route("/readyz", readyz),
        *mounts,
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _handled(handler: AsyncSlackRequestHandler, request: Request) -> Response:
    try:
        return await handler.handle(request)
    except Exception:
        reference = new_reference()
        log.exception("%s: a request from Slack failed", reference)
        return PlainTextResponse(f"failed, {reference}\n", 500)


async def _refused(request: Request) -> Response | None:
    """What Bolt would stumble over; signatures are Bolt's to check."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        return PlainTextResponse("too large\n", 413)
    if not request.headers.get("x-slack-request-timestamp", "").isdecimal():
        return PlainTextResponse("not signed by Slack\n", 401)
    body = await request.body()
    return (
        None
        if _readable(body, request.headers.get("content-type", ""))
        else PlainTextResponse("unreadable\n", 400)
    )


def _readable(body: bytes, content_type: str) -> bool:
    try:
        text = body.decode()
        if content_type.startswith(JSON_TYPE):
            return isinstance(json.loads(text), dict)
        return all(isinstance(json.loads(payload), dict) for payload in parse_qs(text).get("payload", []))
    except ValueError:
        return False
