"""What all doors of the HTTP server share: addresses with one method, bodies that are read with a bound."""

from collections.abc import Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def only(method: str, path: str, endpoint: Callable[..., Any]) -> list[Route]:
    """`endpoint` at `path`, and 405 for every other method: a page mounted below would take them."""
    allowed = "GET, HEAD" if method == "GET" else method
    refusing = PlainTextResponse(f"only {allowed}\n", 405, {"Allow": allowed})
    return [Route(path, endpoint, methods=[method]), Route(path, refusing)]


async def read_body(request: Request, *, most: int) -> bytes | None:
    """All of it, or None as soon as it is too large: it may come without its length, or not to its end."""
    if int(request.headers.get("content-length") or 0) > most:
        return None
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > most:
                return None
    except ClientDisconnect:
        return b""
    return bytes(read)
