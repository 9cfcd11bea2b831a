"""What /metrics says of the database: objectives, warnings, notices, processes, measurements, and itself."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from domain.burn import Severity
from domain.checkup import waiting_since
from domain.episode import WarningKind
from domain.minutes import instant_of
from domain.refusal import Unreachable
from domain.standing import State
from domain.ticking import Ticking
from storage.migrate import HEAD
from storage.store import Store
from storage.tallies import NoticeTally
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures of one workspace at an instant; seconds are None where there is nothing."""

    at: datetime
    objectives: Mapping[State, int]
    warnings: Mapping[tuple[Severity, WarningKind], int]
    oldest_unacknowledged_seconds: float | None
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
    warnings = tx.breach_warnings.open()
    kinds = Counter((warning.severity, warning.kind) for warning in warnings)
    unacknowledged = [one.urgent_since for one in warnings if one.is_urgent and not one.acknowledged_by]
    return Gauges(
        at,
        {state: states[state] for state in State},
        {pair: kinds[pair] for pair in product(Severity, WarningKind)},
        _age(min(unacknowledged, default=None), at),
        tx.tallies.notices(),
        _age(oldest, at),
        None if newest is None else (at - instant_of(newest)).total_seconds(),
        tx.processes.all(),
        tx.tallies.database_bytes(),
        probe_seconds,
    )


def _age(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max((at - since).total_seconds(), 0)
