"""Answers that do not come, over real connections, on every pair of loop and protocol that we serve with."""

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.faults import Faults
from tests.fakes.slack_server import serving
from tests.sandbox.world import World

ENDED_SECONDS = 3.0


@contextmanager
def served(world: World, loop: str, http: str) -> Iterator[tuple[str, int]]:
    """As `steward run` serves it: mounted in another application."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[Mount("/", world.app)])
    config = uvicorn.Config(app, loop=loop, http=http, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        world.slack.changes.stop()
        server.should_exit = True
        thread.join(ENDED_SECONDS)
        listening.close()
        assert not thread.is_alive(), "the server did not end"


def ask(address: tuple[str, int], text: str = "hello") -> socket.socket:
    """A connection over which a message was asked for."""
    body = f'{{"channel": "C0PAY", "text": "{text}"}}'
    connection = socket.create_connection(address, timeout=10)
    connection.sendall(
        f"POST /sandbox/api/chat.postMessage HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\n"
        f"Authorization: Bearer xoxb-bot\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    return connection


STACKS = pytest.mark.parametrize(
    ("loop", "http"), [("uvloop", "httptools"), ("asyncio", "httptools"), ("asyncio", "h11")]
)


@STACKS
def test_a_reset_after_receipt_has_done_it(world: World, loop: str, http: str) -> None:
    world.desk.faults.switch(Faults(reset_after_receipt=1.0))
    with served(world, loop, http) as address:
        with ask(address) as connection, pytest.raises(ConnectionResetError):
            connection.recv(1)
        world.desk.faults.switch(Faults())
        world.clock.forward(seconds=1)
        with ask(address, "after it") as connection:
            assert b"200 OK" in connection.recv(100)
    assert world.texts() == ["hello", "after it"]


@STACKS
def test_what_hangs_says_nothing_and_does_nothing(world: World, loop: str, http: str) -> None:
    world.desk.faults.switch(Faults(hang=1.0, hang_seconds=0.2))
    with served(world, loop, http) as address, ask(address) as connection:
        connection.settimeout(0.05)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(10)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert world.texts() == []


def test_what_hangs_does_not_keep_a_stopping_server(world: World) -> None:
    world.desk.faults.switch(Faults(hang=1.0, hang_seconds=60))
    with served(world, "uvloop", "httptools") as address:
        connections = [ask(address) for _ in range(5)]
        _befallen(world, "hang", 5)
    for connection in connections:
        connection.close()


def test_a_caller_that_gave_up_is_no_trouble(world: World) -> None:
    world.desk.faults.switch(Faults(hang=1.0, hang_seconds=0.1))
    with served(world, "uvloop", "httptools") as address:
        with ask(address) as connection:
            _befallen(world, "hang", 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        world.desk.faults.switch(Faults())
        with ask(address) as connection:
            assert b"200 OK" in connection.recv(100)


def test_it_works_in_the_tests_own_server_too(world: World) -> None:
    world.desk.faults.switch(Faults(reset_after_receipt=1.0))
    with serving(world.app) as base:
        host, port = base.removeprefix("http://").split(":")
        with ask((host, int(port))) as connection, pytest.raises(ConnectionResetError):
            connection.recv(1)
        world.slack.changes.stop()
    assert world.texts() == ["hello"]


def test_without_a_connection_the_caller_gets_the_error(world: World) -> None:
    world.desk.faults.switch(Faults(reset_after_receipt=1.0))
    with pytest.raises(ConnectionResetError):
        world.call("chat.postMessage", channel="C0PAY", text="x")


def _befallen(world: World, fault: str, count: int) -> None:
    """Back as soon as so many calls hang."""

    async def waited() -> None:
        while world.desk.faults.done[fault] < count:
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(waited(), 10))
