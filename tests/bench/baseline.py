"""The baseline of standings: DuckDB, on one thread as Steward is, sums the same minutes. It judges nothing."""

from pathlib import Path

import duckdb

from domain.minutes import HOUR, minute_of
from domain.standing import BURN_WINDOWS
from tests.bench.seeding import AT, PATTERNS, RECORDED, WINDOW, first_hour, patterns

LENGTHS = (WINDOW.length, *BURN_WINDOWS.values())
FILL = f"""
    CREATE TABLE measured AS
    SELECT o::INTEGER AS objective, (h * {HOUR} + p.place)::INTEGER AS minute, p.good, p.total
    FROM range($objectives) objectives(o), range($first, $now + 1) hours(h)
    JOIN pattern p ON p.pattern = (h * 7 + o % {RECORDED}) % {PATTERNS}
    WHERE h * {HOUR} + p.place < $at ORDER BY h // 24, objective, minute
"""  # noqa: S608


class DuckDb:
    """All minutes of `seeded_store` as rows of a table in a file, a day's minutes of an objective together.

    Of the orders tried it is the one in which DuckDB is fastest: it need not read what is older than a window.
    """

    def __init__(self, path: Path, objectives: int, days: int) -> None:
        self._connection = duckdb.connect(path)
        self._connection.execute(
            "CREATE TABLE pattern (pattern INTEGER, place INTEGER, good BIGINT, total BIGINT)"
        )
        self._connection.executemany(
            "INSERT INTO pattern VALUES (?, ?, ?, ?)",
            [
                (number, minute.minute, minute.good, minute.total)
                for number, hour in enumerate(patterns())
                for minute in hour.measurements(0)
            ],
        )
        first, now, at = first_hour(days), minute_of(AT) // HOUR, minute_of(AT)
        self._connection.execute(FILL, {"objectives": objectives, "first": first, "now": now, "at": at})
        self._connection.execute("CHECKPOINT")
        self._connection.execute("SET threads = 1")

    def query_a_window(self) -> list[list[tuple[int, ...]]]:
        """Good and total of each objective, by one grouped query for the period and each burn window."""
        query = "SELECT objective, sum(good), sum(total) FROM measured WHERE minute >= ? GROUP BY objective"
        return [self._connection.execute(query, [minute_of(AT) - length]).fetchall() for length in LENGTHS]

    def one_query(self) -> list[tuple[int, ...]]:
        """The same by one grouped query, with a filter a window."""
        since = [f"FILTER (minute >= {minute_of(AT) - length})" for length in LENGTHS]
        sums = ", ".join(f"sum(good) {window}, sum(total) {window}" for window in since)
        return self._connection.execute(
            f"SELECT objective, {sums} FROM measured GROUP BY objective"  # noqa: S608
        ).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
