"""Told to stop: what somebody sent already is read and answered, and nothing more is let in."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import uvicorn

FIRST_REQUEST_SECONDS = 0.5
"""For who has connected and sent nothing yet."""

LOOK_SECONDS = 0.005


async def drain(server: uvicorn.Server, listening: Sequence[socket.socket]) -> None:
    """Before `server` shuts down: a connection that is not accepted, or not read, would be reset by that.

    Who comes later is refused before anything is sent, and so may try elsewhere.
    """
    ours = [one.dup() for one in listening]
    for accepting in server.servers:
        accepting.close()
    arrived = [connection for one in ours for connection in _all_arrived(one)]
    loop = asyncio.get_running_loop()
    for connection in arrived:
        await loop.connect_accepted_socket(lambda: _protocol(server), connection)
    with suppress(TimeoutError):
        async with asyncio.timeout(FIRST_REQUEST_SECONDS):
            while any(_is_silent(connection) for connection in server.server_state.connections):
                await asyncio.sleep(LOOK_SECONDS)


def _all_arrived(listening: socket.socket) -> Iterator[socket.socket]:
    """The connections that nobody accepted yet; then nobody can connect any more."""
    listening.setblocking(False)
    with listening, suppress(OSError):
        with suppress(BlockingIOError):
            while True:
                yield listening.accept()[0]
        listening.shutdown(socket.SHUT_RDWR)


def _protocol(server: uvicorn.Server) -> asyncio.Protocol:
    """What uvicorn speaks with a connection."""
    config = server.config
    made: asyncio.Protocol = config.http_protocol_class(  # type: ignore[call-arg]
        config=config, server_state=server.server_state, app_state=server.lifespan.state
    )
    return made


def _is_silent(connection: Any) -> bool:
    """Whether no request has come by it."""
    return getattr(connection, "cycle", True) is None
