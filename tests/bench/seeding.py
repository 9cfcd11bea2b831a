"""Databases full of minutes: some objectives are recorded, the others are copies of them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from sqlalchemy import text

from domain.measurement import FULL_HOUR, MeasuredHour
from domain.method import Occurrences
from domain.minutes import HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.window import RollingWindow
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import Store

AT = datetime(2026, 11, 23, 9, 17, tzinfo=UTC)
RECORDED = 20
PATTERNS = 200
WINDOW = RollingWindow(days=30)
TERMS = Terms(Fraction(999, 1000), WINDOW, Occurrences(), Indicator("availability"))
COPIES = (
    """
    INSERT INTO measured_hour SELECT o.id, m.hour, m.workspace_id, m.packed
    FROM objective o JOIN measured_hour m ON m.objective_id = (o.id - 1) % :recorded + 1
    WHERE o.id > :recorded ORDER BY o.id, m.hour
    """,
    """
    INSERT INTO counted_hour SELECT t.id, c.hour, c.workspace_id,
        c.good, c.total, c.slices_good, c.slices_total, c.measured, c.ratio_sum
    FROM terms t JOIN counted_hour c ON c.terms_id = (t.id - 1) % :recorded + 1
    WHERE t.id > :recorded ORDER BY t.id, c.hour
    """,
    """
    UPDATE objective SET first_minute = (SELECT first_minute FROM objective WHERE id = 1)
    """,
)


def patterns() -> list[MeasuredHour]:
    """Hours of about 600 requests a minute, of which one in twenty minutes loses one or two."""
    chance = random.Random(1)  # noqa: S311 -- the same data each time
    return [
        MeasuredHour(
            FULL_HOUR,
            tuple(chance.choice([0] * 19 + [1, 2]) for _ in range(HOUR)),
            tuple(int(chance.gauss(600, 24)) for _ in range(HOUR)),
        )
        for _ in range(PATTERNS)
    ]


def pattern_of(objective: int, hour: int) -> int:
    """Which pattern an hour of an objective (counted from 0) has."""
    return (hour * 7 + objective % RECORDED) % PATTERNS


def first_hour(days: int) -> int:
    """The first measured hour: a rolling window of so many days begins inside it."""
    return minute_of(AT) // HOUR - days * 24


@contextmanager
def empty_store(path: Path, objectives: int) -> Iterator[Store]:
    """A migrated SQLite file with so many objectives, o0000 and so on."""
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    store = Store(engine)
    store.ensure_workspace()
    with store.transaction() as tx:
        tx.objectives.save(Objective(name_of(i), "shop", (TERMS,)) for i in range(objectives))
    yield store
    engine.dispose()


@contextmanager
def seeded_store(path: Path, objectives: int, days: int) -> Iterator[Store]:
    """With so many days of minutes for each, up to AT."""
    hours, now = patterns(), minute_of(AT) // HOUR
    with empty_store(path, objectives) as store:
        with store.transaction() as tx:
            for i in range(RECORDED):
                measured = {hour: hours[pattern_of(i, hour)] for hour in range(first_hour(days), now)}
                tx.measurements.record_hours({name_of(i): measured}, at=AT)
            for copy in COPIES:
                tx.connection.execute(text(copy), {"recorded": RECORDED} if ":recorded" in copy else {})
        with store.transaction() as tx:
            tx.measurements.record(
                (
                    (name_of(i), measurement)
                    for i in range(objectives)
                    for measurement in hours[pattern_of(i, now)].measurements(now * HOUR)
                    if measurement.minute < minute_of(AT)
                ),
                at=AT,
            )
        yield store


def name_of(objective: int) -> str:
    """Its name, so that names and keys have the same order."""
    return f"o{objective:04}"


def ledger_size(objectives: int, days: int) -> int:
    """Minutes that `seeded_store` has measured."""
    return objectives * (days * 24 * HOUR + minute_of(AT) % HOUR)
