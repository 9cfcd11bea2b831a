"""The heartbeat of a process that ticks: written to the database, where `/metrics` and `steward doctor` look."""

import logging
import time
from collections.abc import Callable

from bot.logs import process_name
from bot.wiring import Opened
from domain.refusal import Refusal
from domain.ticking import SEEN_EVERY, Ticking
from jobs.job import Clock

TICK_SECONDS = 1.0

log = logging.getLogger(__name__)


class Heartbeat:
    """`beat` is called at each tick, from one thread; `end` once, when the process is told to stop.

    Lateness is measured by `monotonic`, which nobody sets back.
    """

    def __init__(
        self, found: Opened, clock: Clock, *, monotonic: Callable[[], float] = time.monotonic, name: str = ""
    ) -> None:
        self._found = found
        self._clock = clock
        self._monotonic = monotonic
        self._name = name or process_name()
        self._started_at = clock.now()
        self._last: float | None = None
        self._written: float | None = None
        self._late = 0.0

    def beat(self) -> None:
        """Remember how late this tick is; the latest one is written down every ten seconds."""
        now = self._monotonic()
        if self._last is not None:
            self._late = max(self._late, now - self._last - TICK_SECONDS)
        self._last = now
        if self._written is None or now - self._written >= SEEN_EVERY.total_seconds():
            self._write()
            self._written, self._late = now, 0.0

    def end(self) -> None:
        """Nobody is to miss this process."""
        try:
            with self._found.store.transaction(self._found.workspace) as tx:
                tx.processes.ended(self._name)
        except Refusal as refusal:
            log.debug("the end of this process was not written down: %s", refusal)

    def _write(self) -> None:
        seen = Ticking(self._name, self._started_at, self._clock.now(), round(self._late, 3))
        try:
            with self._found.store.transaction(self._found.workspace) as tx:
                tx.processes.seen(seen)
        except Refusal as refusal:  # the jobs say it
            log.debug("no heartbeat: %s", refusal)
