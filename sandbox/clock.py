"""The sandbox's time: the real clock's, moved forward by whoever wants to see tomorrow."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.changes import Changes
from sandbox.errors import SlackError
from sandbox.journal import Journal

FURTHEST = timedelta(days=31)
"""At once: a slip of the hand must not bring the next century."""
MICROSECOND = timedelta(microseconds=1)


class MovedClock:
    """Call it for the time, aware and in UTC. How far it was moved survives a restart."""

    def __init__(self, real: Callable[[], datetime], journal: Journal, changes: Changes) -> None:
        self._real = real
        self._journal = journal
        self._changes = changes
        self._lock = threading.Lock()
        self._ahead = _kept(journal)

    def __call__(self) -> datetime:
        return self._real() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """By how much it was moved in all."""
        return self._ahead

    def advance(self, by: timedelta) -> datetime:
        """The new time. SlackError `invalid_clock` for going back, and for more than 31 days at once."""
        with self._lock:
            return self._advance(by)

    def advance_to(self, instant: datetime) -> datetime:
        """As `advance`; `instant` is aware."""
        if instant.tzinfo is None:
            raise _refused("the instant needs its time zone")
        with self._lock:
            return self._advance(instant.astimezone(UTC) - self())

    def _advance(self, by: timedelta) -> datetime:
        if by < timedelta(0):
            raise _refused("the clock only moves forward")
        if by > FURTHEST:
            raise _refused(f"the clock moves {FURTHEST.days} days at once at most")
        self._ahead += by
        self._journal.run(
            "insert or replace into clock (one, ahead) values (1, ?)", self._ahead // MICROSECOND
        )
        self._changes.notify()
        return self()


def _kept(journal: Journal) -> timedelta:
    rows = journal.rows("select ahead from clock")
    return rows[0][0] * MICROSECOND if rows else timedelta(0)


def _refused(why: str) -> SlackError:
    return SlackError("invalid_clock", [why])
