"""Turns: commands run one at a time while they are quick, since threads that share Python only slow each other down."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

QUICK_SECONDS = 0.05
"""One that takes longer waits for something else than Python: the next one need not wait for it."""

T = TypeVar("T")


class Turns:
    """Runs work in `pool`, each as soon as the one before has ended or taken longer than is quick."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._taken = False

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` gives, run in its turn."""
        loop = asyncio.get_running_loop()
        if self._taken:
            place = loop.create_future()
            self._waiting.append(place)
            await place
        self._taken = True
        turn = _Turn(self)
        timer = loop.call_later(QUICK_SECONDS, turn.end)
        try:
            return await loop.run_in_executor(self._pool, work)
        finally:
            timer.cancel()
            turn.end()

    def next(self) -> None:
        """Let the one go on that waits longest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._taken = False


class _Turn:
    """Ends once: when the work is done, or has taken too long."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._over = False

    def end(self) -> None:
        if not self._over:
            self._over = True
            self._turns.next()
