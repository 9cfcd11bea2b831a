"""Standings of all objectives: period, seven burn windows, state, and burn rates as exact fractions."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from domain.exclusion import Exclusion
from storage.store import Store
from tests.bench.baseline import LENGTHS, DuckDb
from tests.bench.measuring import least_seconds
from tests.bench.seeding import AT, name_of, seeded_store

MICROSECONDS = 1e6


def run(folder: Path) -> Iterator[str]:
    """Against DuckDB, with more days, with more objectives; and of one objective."""
    with seeded_store(folder / "small.db", 500, 30) as small:
        yield from _against_duckdb(folder, small)
        yield from _with_exclusions(folder, small)
        with seeded_store(folder / "long.db", 500, 365) as long:
            yield _compared("365 days", long, 500, "30 days", small, 500, most=1.2)
        (folder / "long.db").unlink()
        with seeded_store(folder / "large.db", 5_000, 30) as large:
            yield _compared("5,000 objectives", large, 5_000, "500 objectives", small, 500, most=1.25)
            (one,) = least_seconds([lambda: _of_one(large)], rounds=20)
            yield f"standing of 1 of 5,000 objectives: {one * 1e3:.2f} ms (wanted: 1.5)"


def _against_duckdb(folder: Path, store: Store) -> Iterator[str]:
    with closing(DuckDb(folder / "duck.db", 500, 30)) as duck:
        _check(store, duck)
        ours, separate = least_seconds([lambda: _all(store), duck.query_a_window], rounds=9)
        together = least_seconds([duck.one_query], rounds=2)[0]
    for how, theirs in (
        ("one grouped query, a filter a window", together),
        ("a grouped query a window", separate),
    ):
        yield (
            f"standings, 500 objectives × 30 days: {_each(ours, 500)} an objective; DuckDB, bare sums by "
            f"{how}: {_each(theirs, 500)}: {theirs / ours:.1f} times faster (wanted: 5)"
        )


def _with_exclusions(folder: Path, without: Store) -> Iterator[str]:
    """The same objectives after a thousand planned works on each, half an hour long, none of them right now."""
    with seeded_store(folder / "excluded.db", 500, 30) as store:
        starts = tuple(AT - timedelta(minutes=43 * (number + 5)) for number in range(1_000))
        names = tuple(name_of(number) for number in range(500))
        works = [
            Exclusion(f"work-{number}", (start,), timedelta(minutes=21), "work", AT, names)
            for number, start in enumerate(starts)
        ]
        with store.transaction() as tx, tx.measurements.recounted():
            tx.exclusions.save(works)
        with_them, plain = least_seconds([lambda: _all(store), lambda: _all(without)], rounds=9)
    yield (
        f"standings, 1,000 exclusions: {_each(with_them, 500)} an objective; none: {_each(plain, 500)}: "
        f"{with_them / plain:.2f} times the time (wanted: 1.1)"
    )


def _compared(
    more: str,
    larger: Store,
    larger_objectives: int,
    less: str,
    smaller: Store,
    objectives: int,
    *,
    most: float,
) -> str:
    big, small = least_seconds([lambda: _all(larger), lambda: _all(smaller)], rounds=9)
    ratio = (big / larger_objectives) / (small / objectives)
    return (
        f"standings, {more}: {_each(big, larger_objectives)} an objective; {less}: {_each(small, objectives)}: "
        f"{ratio:.2f} times the time (wanted: at most {most})"
    )


def _all(store: Store) -> None:
    with store.read() as tx:
        for standing in tx.standings.all(at=AT):
            standing.burn_rates()


def _of_one(store: Store) -> None:
    with store.read() as tx:
        tx.standings.of([name_of(2_500)], at=AT)


def _check(store: Store, duck: DuckDb) -> None:
    """Both have summed the same."""
    with store.read() as tx:
        standings = tx.standings.all(at=AT)
    for row, standing in zip(sorted(duck.one_query()), standings, strict=True):
        told = [standing.figures.counts, *standing.figures.burns.values()]
        assert list(row[1:]) == [count for counts in told for count in (counts.good, counts.total)]
        assert len(told) == len(LENGTHS)


def _each(seconds: float, objectives: int) -> str:
    return f"{seconds / objectives * MICROSECONDS:,.0f} µs"
