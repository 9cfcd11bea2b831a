"""The intake API by itself, on loopback, and requests to it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.intake import PATH, Intake, Room
from bot.wiring import Opened
from jobs.job import Clock
from storage.store import DEFAULT_WORKSPACE, Store
from tests.fakes.slack_server import serving
from tests.fakes.steward_server import API_TOKEN

JSON, CSV = "application/json", "text/csv"
BEARER = {"Authorization": f"Bearer {API_TOKEN}"}
SECONDS = 10


@contextmanager
def intake_at(
    store: Store, clock: Clock, *, token: str | None = API_TOKEN, room: Room | None = None
) -> Iterator[str]:
    """The address of an intake."""
    secret = SecretStr(token) if token else None
    intake = Intake(Opened(store, DEFAULT_WORKSPACE), clock, secret, room)
    with closing(intake), serving(Starlette(routes=intake.routes())) as address:
        yield address


def body(*entries: object) -> bytes:
    """A request's, in JSON."""
    return json.dumps({"measurements": entries}).encode()


def send(
    address: str, content: Any, kind: str = JSON, headers: Mapping[str, str | bytes] = BEARER
) -> httpx.Response:
    """The answer to a request."""
    given = httpx.Headers([(name.encode(), _as_bytes(value)) for name, value in headers.items()])
    given["Content-Type"] = kind
    with httpx.Client(base_url=address, trust_env=False, timeout=SECONDS) as client:
        return client.post(PATH, content=content, headers=given)


def message(response: httpx.Response) -> str:
    """The one thing that is wrong."""
    [error] = json.loads(response.text)["errors"]
    return str(error["message"])


def _as_bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
