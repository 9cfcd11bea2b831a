"""Brings deliveries to the app: through an open socket, else by signed HTTP."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    """How deliveries travel. Signatures carry the wall clock's time, since an app's verifier reads that."""

    events_url: str
    base_url: str = ""
    ack_seconds: float = ACK_SECONDS
    transport: httpx.AsyncBaseTransport | None = None
    signed_at: Callable[[], datetime] = wall_clock


class Courier:
    def __init__(self, slack: SandboxSlack, road: Road) -> None:
        self._slack = slack
        self._road = road
        self.sockets = Sockets(slack)

    @property
    def base_url(self) -> str:
        """Where the app reaches the sandbox; unless said otherwise the server that the deliveries go to."""
        if self._road.base_url:
            return self._road.base_url
        parts = urlsplit(self._road.events_url)
        return f"{parts.scheme}://{parts.netloc}"

    async def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        """What the app acknowledged with: text, an object, or nothing. DeliveryFailed after 3 seconds."""
        try:
            async with asyncio.timeout(self._road.ack_seconds):
                if self.sockets.is_open:
                    return await self.sockets.deliver(kind, payload)
                return await self._post(kind, payload)
        except TimeoutError as error:
            raise DeliveryFailed("operation_timeout") from error
        except (httpx.TransportError, WebSocketDisconnect, RuntimeError) as error:
            raise DeliveryFailed("dispatch_failed") from error

    async def verify_url(self, challenge: str) -> bool:
        """Whether the app repeats the challenge, as Slack asks when the events' address is entered."""
        said = await self._post(
            "events_api", {"type": "url_verification", "token": "", "challenge": challenge}
        )
        return said == challenge or (isinstance(said, dict) and said.get("challenge") == challenge)

    async def _post(self, kind: str, payload: dict[str, Any]) -> Any:
        body, content_type = _encoded(kind, payload)
        headers = {
            **signature_headers(self._slack.seed.signing_secret, body, at=self._road.signed_at()),
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (Steward's sandbox)",
        }
        transport = self._road.transport or httpx.AsyncHTTPTransport(verify=False, trust_env=False)
        async with httpx.AsyncClient(transport=transport, timeout=None) as client:  # noqa: S113
            response = await client.post(self._road.events_url, content=body, headers=headers)
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
