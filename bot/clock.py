"""The one clock."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Come back after so long."""
        time.sleep(seconds)


class SandboxClock(SystemClock):
    """The sandbox's time, which people move forward on its page."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant that it is in the sandbox, in UTC."""
        return self._now()
