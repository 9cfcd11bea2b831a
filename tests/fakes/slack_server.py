"""Slack on loopback: the sandbox behind a real port, and a server that misbehaves as it is told."""

import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from sandbox.app import create_app
from sandbox.desk import Desk
from sandbox.slack import SandboxSlack
from sandbox.workspace import Channel, Group, Person, WorkspaceSeed
from tests.fakes.clock import MovableClock

BOT = "UBOT"
TOKEN = "xoxb-of-the-tests"
JOINED = frozenset({BOT, "U0ANA"})
STARTED_SECONDS = 10


@dataclass(frozen=True)
class PlayedSlack:
    """The sandbox at `base_url`, and what stands in its channels."""

    slack: SandboxSlack
    base_url: str
    desk: Desk
    token: str = TOKEN

    def said(self, channel: str) -> list[str]:
        """The texts in the channel of that name, oldest first."""
        return [message["text"] for message in self.messages(channel)]

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """The messages in the channel of that name, oldest first."""
        return [message.body for message in reversed(self.slack.history(self._id(channel)))]

    def kick(self, channel: str) -> None:
        """Take Steward out of the channel of that name."""
        self.slack.leave(self._id(channel), BOT)

    def invite(self, channel: str) -> None:
        """Take Steward into the channel of that name."""
        self.slack.join(self._id(channel), BOT)

    def _id(self, channel: str) -> str:
        return next(one.id for one in self.slack.channels() if one.name == channel)


@contextmanager
def played_slack(
    clock: MovableClock, channels: Sequence[str], *, groups: Sequence[Group] = ()
) -> Iterator[PlayedSlack]:
    """A sandbox with these channels, Steward in all of them, on a free port of loopback."""
    slack = SandboxSlack(replace(seed_of(channels), groups=tuple(groups)), path=None, clock=clock)
    app = create_app(slack, events_url="http://127.0.0.1:9/slack/events", manifest={})
    try:
        with serving(app) as address:
            try:
                yield PlayedSlack(slack, f"{address}/sandbox/api/", desk=app.state.desk)
            finally:
                slack.changes.stop()  # lets go of what hangs
    finally:
        slack.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address of `app`, served by a thread of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    # The port is bound already: the first request waits until the server accepts it.
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(STARTED_SECONDS)
        listening.close()


def seed_of(channels: Sequence[str]) -> WorkspaceSeed:
    """A workspace with these channels, Steward in all of them."""
    return WorkspaceSeed(
        team_id="T0HOME",
        name="Larkspur",
        people=(
            Person("U0ANA", "ana", "Ana Lind", "ana@example.com"),
            Person("U0PAT", "pat", "Pat Moreau", "pat@example.com"),
            Person(BOT, "steward", "Steward", "", is_bot=True),
        ),
        channels=tuple(
            Channel(f"C{number:07d}", name, members=JOINED) for number, name in enumerate(channels, start=1)
        ),
        bot_user_id=BOT,
        bot_token=TOKEN,
        signing_secret="a-secret-of-the-tests",
        app_token="xapp-of-the-tests",
    )


@dataclass(frozen=True)
class Answer:
    """What the faulty server does with a request it has read: answers, or resets the connection, or says nothing."""

    status: int = 200
    body: Mapping[str, Any] | str = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    does: str = "answer"

    def as_bytes(self) -> bytes:
        """The whole HTTP response."""
        is_text = isinstance(self.body, str)
        body = (self.body if is_text else json.dumps(self.body)).encode()  # type: ignore[union-attr]
        kind = "text/html" if is_text else "application/json"
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


NO_METHOD = Answer(body={"ok": False, "error": "unknown_method"})
RESET = Answer(does="reset")
HANG = Answer(does="hang")


class FaultyServer:
    """Does `answer` with every request that it has read to the end; `received` are their bodies.

    `heard` is set by the first. With `only` a method, it has no other one.
    """

    def __init__(self, answer: Answer, only: str = "") -> None:
        self.answer = answer
        self.only = only
        self.received: list[dict[str, Any]] = []
        self.heard = threading.Event()
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/api/"

    def close(self) -> None:
        self._over.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=[connection], daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            path, body = _read_request(connection)
            if self.only not in path:
                connection.sendall(NO_METHOD.as_bytes())
                return
            self.received.append(json.loads(body or b"{}"))
            self.heard.set()
            if self.answer.does == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif self.answer.does == "hang":
                self._over.wait()
            else:
                connection.sendall(self.answer.as_bytes())


def _read_request(connection: socket.socket) -> tuple[str, bytes]:
    """The first line and the body of one request."""
    with connection.makefile("rb") as stream:
        first, length = stream.readline().decode("latin-1"), 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return first, stream.read(length)


@contextmanager
def faulty_slack(answer: Answer, *, only: str = "") -> Iterator[FaultyServer]:
    """A server on a free port of loopback that does `answer` with each request, or each of one method."""
    server = FaultyServer(answer, only)
    try:
        yield server
    finally:
        server.close()


def closed_port() -> str:
    """A base address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}/api/"
