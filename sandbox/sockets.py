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
ABNORMAL = 1006


class Sockets:
    """The open connections; each delivery goes to one, in turn."""

    def __init__(self, slack: SandboxSlack) -> None:
        self._slack = slack
        self._open: deque[WebSocket] = deque()
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Any]]] = {}
        self._back: asyncio.Event | None = None

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    @property
    def is_awaited(self) -> bool:
        """Whether the app was told to connect anew and has not yet."""
        return self._back is not None

    @property
    def count(self) -> int:
        return len(self._open)

    async def serve(self, websocket: WebSocket) -> None:
        ticket = str(websocket.path_params["ticket"])
        if ticket not in self._slack.tickets or len(self._open) >= CONNECTIONS:
            await websocket.close(code=1008)
            return
        self._slack.tickets.discard(ticket)
        await websocket.accept()
        try:
            await websocket.send_json(self._hello(len(self._open) + 1))
            self._join(websocket)
            await self._read(websocket)
        finally:
            self._leave(websocket)

    async def deliver(self, envelope: dict[str, Any]) -> Any:
        """The payload of the acknowledgement, `None` for a bare one; waits for ever."""
        envelope_id = secrets.token_hex(16)
        while self._back:
            await self._back.wait()
        if not self._open:
            raise WebSocketDisconnect(ABNORMAL)
        self._open.rotate(-1)
        websocket = self._open[-1]
        acknowledged: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (websocket, acknowledged)
        try:
            await websocket.send_json({**envelope, "envelope_id": envelope_id})
            return await acknowledged
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str) -> None:
        """Asks the app to connect anew. What is on its way may still be acknowledged, nothing more is sent there."""
        leaving, self._open = self._open, deque()
        if not leaving:
            return
        self._back = asyncio.Event()
        for websocket in leaving:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await websocket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
                )

    def _join(self, websocket: WebSocket) -> None:
        self._open.append(websocket)
        if self._back:
            self._back.set()
            self._back = None

    def _leave(self, websocket: WebSocket) -> None:
        """Nobody will acknowledge what was sent there."""
        if websocket in self._open:
            self._open.remove(websocket)
        for connection, acknowledged in self._waiting.values():
            if connection is websocket and not acknowledged.done():
                acknowledged.set_exception(WebSocketDisconnect(ABNORMAL))

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
        if waiting and not waiting[1].done():
            waiting[1].set_result(said.get("payload"))

    def _hello(self, number: int) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": number,
            "connection_info": {"app_id": self._slack.seed.app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }
