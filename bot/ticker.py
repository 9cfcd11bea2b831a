"""APScheduler, as a ticker only: what is due is computed from the database."""

import logging
from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

SECONDS = 1

log = logging.getLogger(__name__)


class Ticker:
    """Calls `tick` every second, never twice at once, and never misses one for being late."""

    def __init__(self, tick: Callable[[], object]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(tick, "interval", seconds=SECONDS, id="tick")

    def start(self) -> None:
        """Begin; the first tick comes after a second."""
        self._scheduler.start()

    def stop(self) -> None:
        """End after the tick that is running."""
        self._scheduler.shutdown(wait=True)
