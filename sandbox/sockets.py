"""Socket Mode: deliveries over a WebSocket that the app opened."""

import asyncio
import contextlib
import json
import secrets
from collections import deque
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.slack import SandboxSlack

CONNECTIONS = 10


class Sockets:
    """The open connections; each delivery goes to one, in turn."""

    def __init__(self, slack: SandboxSlack) -> None:
        self._slack = slack
        self._open: deque[WebSocket] = deque()
        self._waiting: dict[str, asyncio.Future[Any]] = {}

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    async def serve(self, websocket: WebSocket) -> None:
        ticket = str(websocket.path_params["ticket"])
        if ticket not in self._slack.tickets or len(self._open) >= CONNECTIONS:
            await websocket.close(code=1008)
            return
        self._slack.tickets.discard(ticket)
        await websocket.accept()
        self._open.append(websocket)
        try:
            await websocket.send_json(self._hello())
            await self._read(websocket)
        finally:
            self._open.remove(websocket)

    async def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        """The payload of the acknowledgement, `None` for a bare one; waits for ever."""
        envelope_id = secrets.token_hex(16)
        acknowledged = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        envelope = {
            "type": kind,
            "envelope_id": envelope_id,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        try:
            self._open.rotate(-1)
            await self._open[-1].send_json(envelope)
            return await acknowledged
        finally:
            del self._waiting[envelope_id]

    async def _read(self, websocket: WebSocket) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self._acknowledge(await websocket.receive_text())

    def _acknowledge(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload"))

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": self._slack.seed.app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }
