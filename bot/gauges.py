"""What /metrics says of the database: objectives, notices, processes, measurements, and itself."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.checkup import waiting_since
from domain.minutes import instant_of
from domain.refusal import Unreachable
from domain.standing import State
from domain.ticking import Ticking
from storage.migrate import HEAD
from storage.store import Store, Transaction
from storage.tallies import NoticeTally


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures of one workspace at an instant; seconds are None where there is nothing."""

    at: datetime
    objectives: Mapping[State, int]
    notices: NoticeTally
    oldest_waiting_seconds: float | None
    newest_measurement_seconds: float | None
    processes: Sequence[Ticking]
    database_bytes: int
    probe_seconds: float
    migration: int = int(HEAD)


def read_gauges(store: Store, workspace: str, *, at: datetime) -> Gauges | None:
    """Read them, of 1,000 objectives within some tens of milliseconds; None where the database is away."""
    began = time.perf_counter()
    try:
        with store.read(workspace) as tx:
            return _gauges(tx, at, probe_seconds=time.perf_counter() - began)
    except Unreachable:
        return None


def _gauges(tx: Transaction, at: datetime, *, probe_seconds: float) -> Gauges:
    states = Counter(standing.state for standing in tx.standings.all(at=at))
    waiting = [since for notice in tx.outbox.waiting() if (since := waiting_since(notice))]
    oldest = min(waiting, default=None)
    newest = tx.measurements.newest_minute(at=at)
    return Gauges(
        at,
        {state: states[state] for state in State},
        tx.tallies.notices(),
        None if oldest is None else max((at - oldest).total_seconds(), 0),
        None if newest is None else (at - instant_of(newest)).total_seconds(),
        tx.processes.all(),
        tx.tallies.database_bytes(),
        probe_seconds,
    )
