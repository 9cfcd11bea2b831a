"""APScheduler, as a ticker only: what is due is computed from the database."""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

SECONDS = 1


class Ticker:
    """Calls each of `ticks` every second, beside the others but never twice at once, and misses none for being late."""

    def __init__(self, ticks: Mapping[str, Callable[[], object]]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._over = False
        self._running = {name: threading.Lock() for name in ticks}
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(len(ticks))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, tick in ticks.items():
            self._scheduler.add_job(self._unless_over, "interval", (name, tick), seconds=SECONDS, id=name)

    def start(self) -> None:
        """Begin; the first ticks come after a second."""
        self._scheduler.start()

    def stop(self, *, within: float) -> bool:
        """No further tick; whether those that are running ended within so many seconds."""
        if not self._over:
            self._over = True
            self._scheduler.shutdown(wait=False)
        until = time.monotonic() + within
        return all(_ended(running, until) for running in self._running.values())

    def _unless_over(self, name: str, tick: Callable[[], object]) -> None:
        with self._running[name]:
            if not self._over:
                tick()


def _ended(running: threading.Lock, until: float) -> bool:
    ended = running.acquire(timeout=max(until - time.monotonic(), 0))
    if ended:
        running.release()
    return ended
