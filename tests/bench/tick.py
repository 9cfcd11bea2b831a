"""A minute's tick: one measurement of each of 1,000 objectives, in a transaction."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from domain.minutes import minute_of
from tests.bench.bare import bare_table, insert
from tests.bench.measuring import least_seconds
from tests.bench.seeding import AT, empty_store, measured_minute, name_of

OBJECTIVES = 1_000


def run(folder: Path) -> Iterator[str]:
    """Against the bare driver's insert of as many rows."""
    with (
        empty_store(folder / "steward.db", OBJECTIVES) as store,
        bare_table(folder / "bare.db") as connection,
    ):
        ours, theirs = count(), count()

        def record() -> None:
            at = AT + timedelta(minutes=next(ours))
            minute = minute_of(at) - 1
            with store.transaction() as tx:
                tx.measurements.record(
                    [(name_of(i), measured_minute(minute, i)) for i in range(OBJECTIVES)], at=at
                )

        def insert_rows() -> None:
            minute = minute_of(AT) + next(theirs)
            insert(connection, [(i, minute, 600 - i % 3, 600) for i in range(OBJECTIVES)], at_once=OBJECTIVES)

        taken, bare = least_seconds([record, insert_rows], rounds=25)
    yield (
        f"a minute's tick, 1,000 objectives: {taken * 1e3:.2f} ms; bare sqlite3 driver, 1,000 rows into a small "
        f"table: {bare * 1e3:.2f} ms: {taken / bare:.1f} times the time (wanted: at most 3)"
    )
