"""Bulk import, end to end: `steward import FILE.csv` as a process of its own, from the file to the counted hours."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from domain.minutes import HOUR, instant_of, minute_of
from tests.bench.bare import bare_table, insert
from tests.bench.seeding import AT, empty_store, name_of, pattern_of, patterns

OBJECTIVES = 50
HOURS = 24 * 30
AT_ONCE = 1_000
STEWARD = Path(sys.executable).with_name("steward")


def run(folder: Path) -> Iterator[str]:
    """Against the bare driver, which has its rows in memory already."""
    rows = _rows()
    file, database = folder / "measurements.csv", folder / "steward.db"
    _write(file, rows)
    with empty_store(database, OBJECTIVES):
        pass
    taken = _processor_seconds_of_import(file, database)
    with bare_table(folder / "bare.db") as connection:
        start = process_time()
        insert(connection, rows, at_once=AT_ONCE)
        bare = process_time() - start
    ours, theirs = len(rows) / taken, len(rows) / bare
    yield (
        f"import, {len(rows):,} lines: {ours:,.0f} minutes a second; bare sqlite3 driver, a row a minute from memory "
        f"in batches of {AT_ONCE:,}: {theirs:,.0f}: {ours / theirs:.2f} of its speed (wanted: 0.5)"
    )


def _rows() -> list[tuple[int, int, int, int]]:
    hours, now = patterns(), minute_of(AT) // HOUR
    return [
        (i, minute, good, total)
        for i in range(OBJECTIVES)
        for hour in range(now - HOURS, now)
        for minute, good, total in hours[pattern_of(i, hour)].measurements(hour * HOUR)
    ]


def _write(file: Path, rows: list[tuple[int, int, int, int]]) -> None:
    with file.open("w") as lines:
        lines.write("objective,start,good,total\n")
        lines.writelines(
            f"{name_of(i)},{instant_of(minute):%Y-%m-%dT%H:%M:%SZ},{good},{total}\n"
            for i, minute, good, total in rows
        )


def _processor_seconds_of_import(file: Path, database: Path) -> float:
    """Those of the whole process: starting up and committing count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603
        [STEWARD, "import", file, "--at", AT.isoformat()],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
