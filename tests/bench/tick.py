"""A minute's tick: one measurement of each of 1,000 objectives, in a transaction."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from domain.measurement import Measurement
from domain.minutes import minute_of
from tests.bench.bare import bare_table, insert
from tests.bench.measuring import least_seconds
from tests.bench.seeding import AT, empty_store, name_of

OBJECTIVES = 1_000
ROUNDS = 25


def run(folder: Path) -> Iterator[str]:
    """Against the bare driver's insert of as many rows."""
    ticks = [_tick(AT + timedelta(minutes=passed)) for passed in range(ROUNDS + 1)]
    rows = [[(i, *measurement) for i, (_, measurement) in enumerate(tick)] for _, tick in ticks]
    with (
        empty_store(folder / "steward.db", OBJECTIVES) as store,
        bare_table(folder / "bare.db") as connection,
    ):
        coming, coming_rows = iter(ticks), iter(rows)

        def record() -> None:
            at, measurements = next(coming)
            with store.transaction() as tx:
                tx.measurements.record(measurements, at=at)

        def insert_rows() -> None:
            insert(connection, next(coming_rows), at_once=OBJECTIVES)

        taken, bare = least_seconds([record, insert_rows], rounds=ROUNDS)
    yield (
        f"a minute's tick, 1,000 objectives: {taken * 1e3:.2f} ms; bare sqlite3 driver, 1,000 rows into a small "
        f"table: {bare * 1e3:.2f} ms: {taken / bare:.1f} times the time (wanted: at most 3)"
    )


def _tick(at: datetime) -> tuple[datetime, list[tuple[str, Measurement]]]:
    """The minute before `at` of each objective."""
    minute = minute_of(at) - 1
    return at, [(name_of(i), Measurement(minute, 600 - i % 3, 600)) for i in range(OBJECTIVES)]
