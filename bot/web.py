"""HTTP in: one port for Slack, health and, in the sandbox, the page."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from time import monotonic
from typing import Any

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.answering import arrived_at
from bot.doors import only, read_body
from bot.reference import request_reference
from bot.signature import signed_by_slack
from domain.refusal import Refusal
from jobs.job import Clock
from storage.migrate import check
from storage.store import Store

MOST_BYTES = 1_000_000

log = logging.getLogger(__name__)


class SlackDoor:
    """Where Slack's requests come in. Without a signing secret, as in Socket Mode, none is let in."""

    def __init__(self, app: AsyncApp, signing_secret: str | None, clock: Clock) -> None:
        self._app = app
        self._signing_secret = signing_secret
        self._clock = clock

    async def open(self, request: Request) -> Response:
        """401 unless Slack signed it, 413 and 400 for what Bolt would stumble over; else what Bolt says."""
        arrived_at.set(monotonic())  # of this request alone: each is answered in a context of its own
        body = await read_body(request, most=MOST_BYTES)
        if body is None:
            return PlainTextResponse("too large\n", 413)
        if self._signing_secret is None or not signed_by_slack(
            self._signing_secret, request.headers, body, at=self._clock.now()
        ):
            return PlainTextResponse("not signed by Slack\n", 401)
        asked = _readable(request, body)
        if asked is None:
            return PlainTextResponse("unreadable\n", 400)
        with request_reference() as reference:
            return await self._handled(asked, reference)

    async def _handled(self, asked: AsyncBoltRequest, reference: str) -> Response:
        try:
            return to_starlette_response(await self._app.async_dispatch(asked))
        except Exception:
            log.exception("%s: a request from Slack failed", reference)
            return PlainTextResponse(f"failed, {reference}\n", 500)


def web_app(
    door: SlackDoor,
    store: Store,
    *,
    mounts: Sequence[BaseRoute] = (),
    open_all: Callable[[], AbstractAsyncContextManager[None]],
) -> Starlette:
    """Steward's ASGI application. `open_all` holds open what must live as long as it."""

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
        *only("POST", "/slack/events", door.open),
        Route("/healthz", lambda _request: PlainTextResponse("alive\n")),
        Route("/readyz", readyz),
        *mounts,
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _readable(request: Request, body: bytes) -> AsyncBoltRequest | None:
    """What Bolt makes of it; None where that is no form and no JSON object, or nested deeper than Slack's are."""
    try:
        asked = to_async_bolt_request(request, body)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None
    return asked if _shaped(asked.body) else None


def _shaped(body: Mapping[str, Any]) -> bool:
    """Whether what Bolt reads without looking is there."""
    match body.get("type"):
        case "event_callback":
            return isinstance(body.get("event"), dict)
        case "view_submission" | "view_closed":
            view = body.get("view")
            return isinstance(view, dict) and {"type", "callback_id"} <= view.keys()
        case "block_actions":
            actions = body.get("actions")
            return (
                isinstance(actions, list) and bool(actions) and all(isinstance(one, dict) for one in actions)
            )
    return True
