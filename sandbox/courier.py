"""Brings deliveries to the app: through an open socket, else by signed HTTP."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from starlette.websockets import WebSocketDisconnect

from sandbox.signing import signature_headers
from sandbox.slack import SandboxSlack
from sandbox.sockets import Sockets

ACK_SECONDS = 3.0


class DeliveryFailed(Exception):
    """Slack's own word for what went wrong, such as `operation_timeout`."""


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Road:
    """How deliveries travel. Signatures carry the wall clock's time, since an app's verifier reads that.

    Unless it `repeats`, failed events wait until somebody asks for them, as tests do (`Redelivery.deliver_due`).
    """

    events_url: str
    base_url: str = ""
    ack_seconds: float = ACK_SECONDS
    transport: httpx.AsyncBaseTransport | None = None
    signed_at: Callable[[], datetime] = wall_clock
    repeats: bool = True


@dataclass(frozen=True)
class Retry:
    """Which repetition a delivery is, and why there is one."""

    number: int
    reason: str


@dataclass(frozen=True)
class Delivery:
    """What goes to the app: `kind` is Socket Mode's word for it."""

    kind: str
    payload: dict[str, Any] = field(repr=False)
    retry: Retry | None = None

    def enveloped(self) -> dict[str, Any]:
        envelope = {
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.retry:
            envelope |= {"retry_attempt": self.retry.number, "retry_reason": self.retry.reason}
        return envelope

    def headers(self) -> dict[str, str]:
        if self.retry is None:
            return {}
        return {"X-Slack-Retry-Num": str(self.retry.number), "X-Slack-Retry-Reason": self.retry.reason}


class Courier:
    def __init__(self, slack: SandboxSlack, road: Road) -> None:
        self._slack = slack
        self._road = road
        self._last: Delivery | None = None
        self.sockets = Sockets(slack)

    @property
    def base_url(self) -> str:
        """Where the app reaches the sandbox; unless said otherwise the server that the deliveries go to."""
        if self._road.base_url:
            return self._road.base_url
        parts = urlsplit(self._road.events_url)
        return f"{parts.scheme}://{parts.netloc}"

    async def deliver(self, kind: str, payload: dict[str, Any], retry: Retry | None = None) -> Any:
        """What the app acknowledged with: text, an object, or nothing. DeliveryFailed after 3 seconds."""
        self._last = Delivery(kind, payload, retry)
        return await self._bring(self._last)

    async def deliver_again(self, *, events_url: str = "") -> Any:
        """The last delivery once more, as it was; `events_url` is another server of the app."""
        if self._last is None:
            raise DeliveryFailed("nothing was delivered yet")
        return await self._bring(self._last, events_url)

    async def _bring(self, delivery: Delivery, events_url: str = "") -> Any:
        by_socket = not events_url and (self.sockets.is_open or self.sockets.is_awaited)
        try:
            async with asyncio.timeout(self._road.ack_seconds):
                if by_socket:
                    return await self.sockets.deliver(delivery.enveloped())
                return await self._post(delivery, events_url)
        except TimeoutError as error:
            raise DeliveryFailed("operation_timeout") from error
        except (httpx.TransportError, WebSocketDisconnect, RuntimeError) as error:
            raise DeliveryFailed("dispatch_failed") from error

    async def verify_url(self, challenge: str) -> bool:
        """Whether the app repeats the challenge, as Slack asks when the events' address is entered."""
        asked = {"type": "url_verification", "token": "", "challenge": challenge}
        said = await self._post(Delivery("events_api", asked))
        return said == challenge or (isinstance(said, dict) and said.get("challenge") == challenge)

    async def _post(self, delivery: Delivery, events_url: str = "") -> Any:
        body, content_type = _encoded(delivery.kind, delivery.payload)
        headers = {
            **delivery.headers(),
            **signature_headers(self._slack.seed.signing_secret, body, at=self._road.signed_at()),
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (Steward's sandbox)",
        }
        transport = self._road.transport or httpx.AsyncHTTPTransport(verify=False, trust_env=False)
        async with httpx.AsyncClient(transport=transport, timeout=None) as client:  # noqa: S113
            response = await client.post(events_url or self._road.events_url, content=body, headers=headers)
        return _acknowledged(response)


def _encoded(kind: str, payload: Mapping[str, Any]) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _acknowledged(response: httpx.Response) -> Any:
    if response.status_code >= 500:
        raise DeliveryFailed("http_service_error")
    if response.status_code != 200:
        raise DeliveryFailed("http_client_error")
    if response.headers.get("content-type", "").startswith("application/json") and response.content:
        try:
            return response.json()
        except ValueError as error:
            raise DeliveryFailed("invalid_json") from error
    return response.text or None
