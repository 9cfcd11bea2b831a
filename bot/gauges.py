"""What /metrics says of the database: how the objectives stand, what waits, how old the newest measurement is."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.measurement import MINUTES_AHEAD
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.notice import NoticeState
from domain.standing import Standing, State
from storage.hot import HotMinutes
from storage.packed import unpack_hour
from storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures of one workspace at an instant; seconds are None where there is nothing."""

    objectives: Mapping[State, int]
    waiting: Mapping[NoticeState, int]
    oldest_waiting_seconds: float | None
    newest_measurement_seconds: float | None


def read_gauges(tx: Transaction, *, at: datetime) -> Gauges:
    """Read them: of 1,000 objectives within some tens of milliseconds."""
    standings = tx.standings.all(at=at)
    states = Counter(standing.state for standing in standings)
    notices = tx.outbox.waiting()
    waiting = Counter(notice.state for notice in notices)
    oldest = min((notice.created_at for notice in notices), default=None)
    newest = _newest_minute(tx, standings, at)
    return Gauges(
        {state: states[state] for state in State},
        {state: waiting[state] for state in (NoticeState.PENDING, NoticeState.SENDING)},
        None if oldest is None else (at - oldest).total_seconds(),
        None if newest is None else (at - instant_of(newest)).total_seconds(),
    )


def _newest_minute(tx: Transaction, standings: Collection[Standing], at: datetime) -> int | None:
    """The newest measured minute: of the last day by asking minute by minute, then hour by hour."""
    keys = list(tx.objectives.ids().values())
    if not keys:
        return None
    now, sealed_until = minute_of(at), tx.workspace.sealed_until
    for minute in range(minute_of(at + MINUTES_AHEAD), max(sealed_until, now - DAY) - 1, -1):
        hot = HotMinutes(tx.connection, tx.workspace.id, keys, since=minute, until=minute + 1)
        if hot.first_minutes():
            return minute
    for hour in range(sealed_until // HOUR - 1, (now - DAY) // HOUR - 1, -1):
        packed = [hours[hour] for hours in tx.measurements.sealed_hours(keys, [hour]).values()]
        if packed:
            return hour * HOUR + max(unpack_hour(one).mask.bit_length() for one in packed) - 1
    lasts = [standing.figures.last_minute for standing in standings]  # known of whatever is silent
    return max((last for last in lasts if last is not None), default=None)
