"""The processes that tick: when each was last seen, and how late its ticks came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SEEN_EVERY = timedelta(seconds=10)
"""How often a process that ticks writes down that it does."""

MISSED_AFTER = timedelta(minutes=5)
"""From when on one that was not seen does not work any more."""

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ticking:
    """One process. `late_seconds` is by how much its latest tick of late came after its time."""

    name: str
    started_at: datetime
    seen_at: datetime
    late_seconds: float

    def unseen(self, *, at: datetime) -> timedelta:
        """For how long it was not seen; nothing where the clock was set back since."""
        return max(at - self.seen_at, timedelta(0))


def newest(processes: Sequence[Ticking]) -> Ticking | None:
    """The one that was seen last."""
    return max(processes, key=lambda one: one.seen_at, default=None)
