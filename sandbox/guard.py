"""Keeps the sandbox to this machine and to its own page."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Guard:
    """Refuses other Hosts (DNS rebinding) and other origins' requests; adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif refusal := _refusal(Headers(scope=scope), scope["path"]):
            await _refuse(refusal, scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send))


def _refusal(headers: Headers, path: str) -> str | None:
    host = headers.get("host", "")
    if _hostname(f"//{host}") not in LOOPBACK:
        return "The sandbox answers on 127.0.0.1 and localhost only."
    origin = headers.get("origin")
    if origin and _netloc(origin) != host:
        return "The sandbox answers its own page only."
    if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
        return None
    if not _opens_the_page(headers, path):
        return "The sandbox answers its own page only."
    return None


def _opens_the_page(headers: Headers, path: str) -> bool:
    """A link to the page from elsewhere is welcome; one to the Web API, which takes GET as well, is not."""
    navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return navigates and not path.startswith("/sandbox/")


def _netloc(url: str) -> str | None:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


async def _refuse(text: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=1008)(scope, receive, send)
    else:
        await PlainTextResponse(text, 403)(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sending(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", ())
            message = {**message, "headers": [*headers, *HEADERS]}  # type: ignore[misc]
        await send(message)

    return sending  # type: ignore[return-value]
