"""APScheduler, as a ticker only: what is due is computed from the database."""

import logging
import threading
from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

SECONDS = 1


class Ticker:
    """Calls `tick` every second, never twice at once, and never misses one for being late."""

    def __init__(self, tick: Callable[[], object]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._tick = tick
        self._running = threading.Lock()
        self._over = False
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._unless_over, "interval", seconds=SECONDS, id="tick")

    def start(self) -> None:
        """Begin; the first tick comes after a second."""
        self._scheduler.start()

    def stop(self, *, within: float) -> bool:
        """No further tick; whether the one that is running ended within so many seconds."""
        if not self._over:
            self._over = True
            self._scheduler.shutdown(wait=False)
        ended = self._running.acquire(timeout=within)
        if ended:
            self._running.release()
        return ended

    def _unless_over(self) -> None:
        with self._running:
            if not self._over:
                self._tick()
