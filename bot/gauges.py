"""What /metrics says of the database: objectives, notices, and the age of the newest measurement."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.minutes import instant_of
from domain.notice import NoticeState
from domain.standing import State
from storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures of one workspace at an instant; seconds are None where there is nothing."""

    objectives: Mapping[State, int]
    notices: Mapping[NoticeState, int]
    oldest_waiting_seconds: float | None
    newest_measurement_seconds: float | None


def read_gauges(tx: Transaction, *, at: datetime) -> Gauges:
    """Read them: of 1,000 objectives within some tens of milliseconds."""
    states = Counter(standing.state for standing in tx.standings.all(at=at))
    notices = tx.outbox.counts()
    oldest = min((notice.created_at for notice in tx.outbox.waiting()), default=None)
    newest = tx.measurements.newest_minute(at=at)
    return Gauges(
        {state: states[state] for state in State},
        {state: notices.get(state, 0) for state in NoticeState},
        None if oldest is None else (at - oldest).total_seconds(),
        None if newest is None else (at - instant_of(newest)).total_seconds(),
    )
