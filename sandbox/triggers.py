"""Trigger ids: a person did something, so a modal may be opened for them, once and within three seconds."""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.errors import SlackError

GOOD_FOR = timedelta(seconds=3)
REMEMBERED = 10_000


class Triggers:
    """The newest ids that were given out, in memory only."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._given: dict[str, tuple[str, datetime]] = {}
        self._exchanged: set[str] = set()

    def fresh(self, user: str) -> str:
        """A new one, for what this person just did."""
        trigger = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        with self._lock:
            self._given[trigger] = (user, self._clock())
            if len(self._given) > REMEMBERED:
                oldest = next(iter(self._given))
                del self._given[oldest]
                self._exchanged.discard(oldest)
        return trigger

    def exchange(self, trigger: str) -> str:
        """Whose it was. SlackError for an unknown, a used and an old one."""
        with self._lock:
            if trigger not in self._given:
                raise SlackError("invalid_trigger_id")
            if trigger in self._exchanged:
                raise SlackError("exchanged_trigger_id")
            user, given_at = self._given[trigger]
            if self._clock() - given_at > GOOD_FOR:
                raise SlackError("expired_trigger_id")
            self._exchanged.add(trigger)
            return user
