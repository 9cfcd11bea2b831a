"""A client that asks, as a process of its own: each of its connections asks again as soon as it is answered."""

import asyncio
import hashlib
import hmac
import json
import sys
from itertools import count
from time import perf_counter, time_ns
from typing import cast
from urllib.parse import urlencode

import uvloop

from tests.bench.answerer import PATH, SECRET
from tests.bench.seeding import AT

OK = b"HTTP/1.1 200 "
FORM = {
    "command": "/slm",
    "user_id": "U0ANA",
    "team_id": "T0HOME",
    "channel_id": "C0PAYMENTS",
    "channel_name": "payments",
    "api_app_id": "A0STEWARD",
    "response_url": "http://127.0.0.1:9/response",
}
HEAD = (
    f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\nAccept: application/json,*/*\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n"
    f"X-Slack-Request-Timestamp: {AT.timestamp():.0f}\r\nX-Slack-Signature: v0=%b\r\n\r\n"
).encode()


class Asker(asyncio.Protocol):
    """One connection; `taken` are the seconds of each answer."""

    def __init__(self, body: bytes, numbers: "count[int]", taken: list[float]) -> None:
        self._body = body
        self._numbers = numbers
        self._taken = taken
        self._read = b""
        self._asked_at = 0.0
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast(asyncio.WriteTransport, transport)  # uvloop's is no subclass of asyncio's
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Ask again, once the answer is whole."""
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        assert head.startswith(OK), self._read
        assert body, "taken for a repeated one"
        self._taken.append(perf_counter() - self._asked_at)
        self._read = b""
        self._ask()

    def _ask(self) -> None:
        assert self._transport is not None
        body = b"%b%d" % (self._body, next(self._numbers))
        signed = hmac.new(SECRET.encode(), b"v0:%.0f:%b" % (AT.timestamp(), body), hashlib.sha256)
        request = HEAD % (len(body), signed.hexdigest().encode())
        self._asked_at = perf_counter()
        self._transport.write(request + body)


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r")[0])


async def ask(port: int, text: str, connections: int, seconds: float) -> list[float]:
    """The seconds that each answer took; every request has a trigger_id of its own, as Slack's have."""
    loop, taken, numbers = asyncio.get_running_loop(), list[float](), count(time_ns())
    body = urlencode({**FORM, "text": text, "trigger_id": ""}).encode()
    for _ in range(connections):
        await loop.create_connection(lambda: Asker(body, numbers, taken), "127.0.0.1", port)
    await asyncio.sleep(seconds)
    return list(taken)


def main(port: str, text: str, connections: str, seconds: str) -> None:
    """Prints how many answers there were, and the median and the 99th percentile of their seconds, as JSON."""
    taken = sorted(uvloop.run(ask(int(port), text, int(connections), float(seconds))))
    print(json.dumps([len(taken), taken[len(taken) // 2], taken[len(taken) * 99 // 100]]))


if __name__ == "__main__":
    main(*sys.argv[1:])
