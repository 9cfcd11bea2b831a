"""Answers that do not come: the connection is reset, at once or after a long silence."""

import asyncio
import socket
import struct
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.changes import Changes
from sandbox.faults import Fault, Faults

LINGER_NOT = struct.pack("ii", 1, 0)


def misbehaved(fault: Fault, faults: Faults, changes: Changes) -> Response:
    """What the caller gets instead of its answer."""
    match fault:
        case Fault.RESET_AFTER_RECEIPT:
            return Reset(changes, after=0)
        case Fault.HANG:
            return Reset(changes, after=faults.hang_seconds)
        case Fault.RATE_LIMITED:
            return JSONResponse(
                {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(faults.retry_after)}
            )
        case Fault.SERVER_ERROR:
            return JSONResponse({"ok": False, "error": "service_unavailable"}, 503)
        case Fault.INTERNAL_ERROR:
            return JSONResponse({"ok": False, "error": "internal_error"})


class Reset(Response):
    """Nothing for `after` seconds or until the sandbox stops, then a reset of the TCP connection."""

    def __init__(self, changes: Changes, *, after: float) -> None:
        super().__init__()
        self._changes = changes
        self._after = after

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        await self._silence()
        _reset(receive)
        # uvicorn must learn of it first: it would answer 500 for us.
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _silence(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._after
        while not self._changes.stopped and loop.time() < end:
            await self._changes.after(self._changes.version, at_most=end - loop.time())


def _reset(receive: Receive) -> None:
    """ASGI has no word for it: the transport is that of uvicorn's cycle, whose method `receive` is."""
    cycle: Any = getattr(receive, "__self__", None)
    transport: asyncio.Transport | None = getattr(cycle, "transport", None)
    if transport is None:
        raise ConnectionResetError("reset by the sandbox's fault switch")
    connection = transport.get_extra_info("socket")
    if connection is not None and not transport.is_closing():
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    transport.abort()
