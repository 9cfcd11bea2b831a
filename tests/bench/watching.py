"""The watch: burn windows, states and episodes of all objectives in a minute; DuckDB only sums the same windows."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from domain.minutes import instant_of, minute_of
from jobs import watch
from jobs.job import Context
from storage.store import Store
from tests.bench.baseline import DuckDb
from tests.bench.measuring import least_seconds
from tests.bench.seeding import AT, seeded_store
from tests.fakes.clock import MovableClock

WANTED = 0.1
"""Seconds for 1,000 objectives."""


def run(folder: Path) -> Iterator[str]:
    """1,000 objectives against DuckDB, then ten times as many."""
    with (
        seeded_store(folder / "small.db", 1_000, 30) as small,
        closing(DuckDb(folder / "duck.db", 1_000, 30)) as duck,
    ):
        ours, theirs = least_seconds([lambda: _look(small), duck.query_a_window], rounds=7)
        yield (
            f"watch, 1,000 objectives: {ours * 1e3:.0f} ms a minute (wanted: {WANTED * 1e3:.0f}); DuckDB, bare "
            f"sums by a grouped query a window: {theirs * 1e3:.0f} ms: {theirs / ours:.1f} times faster"
        )
        (folder / "duck.db").unlink(missing_ok=True)
        with seeded_store(folder / "large.db", 10_000, 30) as large:
            many, few = least_seconds([lambda: _look(large), lambda: _look(small)], rounds=5)
        yield (
            f"watch, 10,000 objectives: {many * 1e3:.0f} ms; 1,000: {few * 1e3:.0f} ms: "
            f"{many / few / 10:.2f} times the time an objective (wanted: at most 1.25)"
        )


def _look(store: Store) -> None:
    """At the minute of the seeded minutes, as if it had not been looked at yet."""
    with store.transaction() as tx:
        tx.breach_warnings.note_minute(minute_of(AT) - 1)
    at = instant_of(minute_of(AT))
    watch.run(Context(store, "default", MovableClock(at), at))
