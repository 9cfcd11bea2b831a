"""Events that were not acknowledged are delivered again: at once, after a minute, after five."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.courier import Courier, DeliveryFailed, Retry
from sandbox.slack import SandboxSlack

DELAYS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
REASONS = {
    "operation_timeout": "http_timeout",
    "dispatch_failed": "connection_failed",
    "http_client_error": "http_error",
    "http_service_error": "http_error",
}


@dataclass(frozen=True)
class Waiting:
    """An event for its next attempt, from `due` on."""

    due: datetime
    retry: Retry
    payload: dict[str, Any] = field(repr=False)


class Redelivery:
    """By the sandbox's clock, in memory only."""

    def __init__(self, slack: SandboxSlack, courier: Courier, *, by_itself: bool) -> None:
        self._slack = slack
        self._courier = courier
        self._by_itself = by_itself
        self._waiting: list[Waiting] = []
        self._running: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(self._waiting)

    async def deliver(self, payload: dict[str, Any]) -> None:
        """Once now, and again later where that fails."""
        await self._attempt(payload, None)
        idle = self._running is None or self._running.done()
        if self._by_itself and self._waiting and idle:
            self._running = asyncio.create_task(self._run())

    async def deliver_due(self) -> None:
        """What is due by now, once; also what becomes due by failing."""
        while due := [one for one in self._waiting if one.due <= self._slack.clock()]:
            for one in due:
                await self._attempt(one.payload, one.retry)
                self._waiting.remove(one)

    async def _attempt(self, payload: dict[str, Any], retry: Retry | None) -> None:
        try:
            await self._courier.deliver("events_api", payload, retry)
        except DeliveryFailed as failure:
            done = retry.number if retry else 0
            if done < len(DELAYS):
                reason = REASONS.get(str(failure), "unknown_error")
                again = Retry(done + 1, reason)
                self._waiting.append(Waiting(self._slack.clock() + DELAYS[done], again, payload))
                self._slack.changes.notify()  # who sleeps until another one is due

    async def _run(self) -> None:
        changes = self._slack.changes
        while not changes.stopped:
            version = changes.version
            await self.deliver_due()
            if not self._waiting:
                return
            first = min(one.due for one in self._waiting)
            await changes.after(version, at_most=(first - self._slack.clock()).total_seconds())
