"""Told to stop in the midst of a burst: whoever has sent something is answered, and who comes later is refused."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.draining import drain

SECONDS = 10
MANY = 40
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Draining(uvicorn.Server):
    """As `bot.service` has it, but held as soon as it stops: nothing is accepted and nothing read meanwhile."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.held, self.let_go = threading.Event(), threading.Event()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.held.set()
        assert self.let_go.wait(SECONDS)
        await drain(self, sockets or [])
        await super().shutdown(sockets)


class Served:
    """A server in a thread."""

    def __init__(self, loop: str) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=2 * MANY)
        self.address = self.listening.getsockname()
        app = Starlette(routes=[Route("/", lambda _request: PlainTextResponse("answered"))])
        config = uvicorn.Config(
            app, loop=loop, http="httptools", log_config=None, timeout_graceful_shutdown=SECONDS
        )
        self.server = Draining(config)
        self.thread = threading.Thread(target=self.server.run, args=[[self.listening]], daemon=True)
        self.thread.start()

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, timeout=SECONDS)

    def stop(self) -> None:
        """Back when it has ended."""
        self.server.let_go.set()
        self.server.should_exit = True
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


@pytest.fixture(params=["asyncio", "uvloop"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    made = Served(request.param)
    yield made
    made.stop()


def answer(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        return stream.read()


def test_who_has_sent_something_is_answered(served: Served) -> None:
    with ExitStack() as stack:
        served.server.should_exit = True
        assert served.server.held.wait(SECONDS)
        clients = [stack.enter_context(served.connect()) for _ in range(MANY)]
        for client in clients:
            client.sendall(REQUEST)
        served.server.let_go.set()
        assert [answer(client).endswith(b"answered") for client in clients] == [True] * MANY
    served.stop()
    with pytest.raises(ConnectionRefusedError):
        served.connect()


def test_who_says_nothing_is_not_waited_for(served: Served) -> None:
    with served.connect() as silent:
        served.server.should_exit = True
        served.server.let_go.set()
        assert answer(silent) == b""


def test_nobody_at_all(served: Served) -> None:
    served.stop()
