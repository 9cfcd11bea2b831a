"""Intake: late, repeated and simultaneous minutes end up measured once and counted right."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from threading import Barrier

import pytest
from sqlalchemy import func, select

from domain.counts import Counts
from domain.exclusion import Exclusion
from domain.measurement import EMPTY_HOUR, FULL_HOUR, ZEROS, MeasuredHour, Measurement
from domain.method import Missing, Occurrences, Timeslices
from domain.minutes import HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.refusal import Refusal
from domain.window import RollingWindow
from storage.bulk import COPY_FROM
from storage.measurements import HOURS, MINUTES
from storage.schema import CountedHourRow, Row, table_of
from storage.store import Store
from storage.transaction import Transaction

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = minute_of(NOON)
LATER = NOON + timedelta(hours=3)
TERMS = Terms(Fraction(9, 10), RollingWindow(days=1), Occurrences(), Indicator("sli"))
BY_SLICES = replace(TERMS, method=Timeslices(Fraction(1, 2), 5, Missing.BAD), version=2, since=NOON)


@pytest.fixture
def store(store: Store) -> Store:
    """With the objectives `checkout` and `login`."""
    with store.transaction() as tx:
        tx.objectives.save([Objective(name, "shop", (TERMS,)) for name in ("checkout", "login")])
    return store


def record(store: Store, *minutes: tuple[int, int, int], at: datetime, name: str = "checkout") -> None:
    with store.transaction() as tx:
        measured = [(name, Measurement(MINUTE + minute, good, total)) for minute, good, total in minutes]
        tx.measurements.record(measured, at=at)


def record_one_by_one(store: Store, minutes: Iterable[int], *, at: datetime) -> None:
    for minute in minutes:
        record(store, (minute, 1, 1), at=at)


def counts(store: Store, *, at: datetime = LATER, name: str = "checkout") -> Counts:
    with store.read() as tx:
        (standing,) = tx.standings.of([name], at=at)
    return standing.figures.counts


def rows_of(store: Store, row: type[Row]) -> int:
    with store.read() as tx:
        found: int = tx.connection.execute(select(func.count()).select_from(table_of(row))).scalar_one()
    return found


def at_once(*writers: Callable[[], object]) -> None:
    barrier = Barrier(len(writers))

    def start(write: Callable[[], object]) -> None:
        barrier.wait()
        write()

    with ThreadPoolExecutor(len(writers)) as threads:
        list(threads.map(start, writers))


@pytest.mark.parametrize(
    ("sealed_after", "late_at"),
    [
        pytest.param(timedelta(minutes=70), timedelta(minutes=71), id="before the hour is sealed"),
        pytest.param(timedelta(hours=2), timedelta(hours=2), id="after the hour is sealed"),
    ],
)
def test_a_late_minute_counts(store: Store, sealed_after: timedelta, late_at: timedelta) -> None:
    record(store, (0, 5, 10), (59, 6, 10), at=NOON + timedelta(hours=1))
    with store.transaction() as tx:
        tx.measurements.seal(at=NOON + sealed_after)
    record(store, (30, 7, 10), at=NOON + late_at)
    assert counts(store) == Counts(18, 30, 0, 0, 3, 0)
    assert counts(store, at=NOON + timedelta(minutes=31)) == Counts(12, 20, 0, 0, 2, 0)


def test_a_late_minute_before_all_others_counts(store: Store) -> None:
    record(store, (0, 5, 10), at=NOON)
    record(store, (-300, 7, 10), at=LATER)
    assert counts(store) == Counts(12, 20, 0, 0, 2, 0)


@pytest.mark.parametrize("sealed_in_between", [False, True])
def test_a_repeated_minute_replaces(store: Store, sealed_in_between: bool) -> None:
    record(store, (0, 5, 10), (1, 1, 1), at=NOON)
    if sealed_in_between:
        with store.transaction() as tx:
            tx.measurements.seal(at=LATER)
    record(store, (0, 9, 20), at=NOON)
    assert counts(store) == Counts(10, 21, 0, 0, 2, 0)


@pytest.mark.parametrize("more", [0, COPY_FROM])
def test_of_a_minute_twice_in_one_batch_the_last_counts(store: Store, more: int) -> None:
    others = [(-minute, 1, 1) for minute in range(1, more + 1)]
    with store.transaction() as tx:
        measured = [
            (name, Measurement(MINUTE, good, 10)) for name in ("checkout", "login") for good in (1, 2)
        ]
        batch = [("login", Measurement(MINUTE + minute, *sums)) for minute, *sums in others]
        tx.measurements.record([*measured, *batch], at=NOON - timedelta(days=2))
    assert counts(store) == Counts(2, 10, 0, 0, 1, 0)
    assert counts(store, name="login").total == 10 + min(more, 21 * HOUR)


def test_whole_hours_replace_only_what_they_have(store: Store) -> None:
    whole = MeasuredHour(FULL_HOUR, ZEROS, (10,) * HOUR)
    half = EMPTY_HOUR.with_minutes([Measurement(i, 0, 1) for i in range(30)])
    for hour in (whole, half):
        with store.transaction() as tx:
            tx.measurements.record_hours({"checkout": {MINUTE // HOUR: hour}}, at=LATER)
    assert counts(store) == Counts(300, 330, 0, 0, 60, 0)


def test_hours_that_are_not_sealed_yet_are_kept_by_the_minute(store: Store) -> None:
    hour = EMPTY_HOUR.with_minutes([Measurement(i, 1, 2) for i in range(5)])
    with store.transaction() as tx:
        tx.measurements.record_hours({"checkout": {MINUTE // HOUR: hour}}, at=NOON + timedelta(minutes=5))
    with store.read() as tx:
        assert len(tx.connection.execute(select(MINUTES)).all()) == 5
        assert tx.connection.execute(select(HOURS)).all() == []
    assert counts(store) == Counts(5, 10, 0, 0, 5, 0)


def test_sealing_twice_is_sealing_once(store: Store) -> None:
    record(store, (0, 5, 10), (30, 5, 10), at=NOON)
    for _ in range(2):
        with store.transaction() as tx:
            assert tx.measurements.seal(at=LATER) == minute_of(LATER) - HOUR
    with store.transaction() as tx:
        assert tx.measurements.seal(at=NOON) == minute_of(LATER) - HOUR
    assert counts(store) == Counts(10, 20, 0, 0, 2, 0)


def test_an_unknown_objective_is_refused_with_a_suggestion(store: Store) -> None:
    with pytest.raises(Refusal, match=r"no objective called `chekout`\. Did you mean `checkout`"):
        record(store, (0, 1, 1), at=NOON, name="chekout")
    with pytest.raises(Refusal, match="`chekout`"), store.transaction() as tx:
        tx.measurements.record_hours({"chekout": {MINUTE // HOUR: EMPTY_HOUR}}, at=NOON)


def test_a_retired_objective_is_refused(store: Store) -> None:
    record(store, (0, 5, 10), at=NOON)
    with store.transaction() as tx:
        checkout = next(one for one in tx.objectives.all() if one.name == "checkout")
        tx.objectives.save([replace(checkout, retired_at=NOON + timedelta(minutes=1))])
    with pytest.raises(Refusal, match="no objective called `checkout`"):
        record(store, (1, 5, 10), at=LATER)
    assert counts(store, at=NOON) == Counts(0, 0, 0, 0, 0, 0)
    assert rows_of(store, CountedHourRow) == 0


def test_a_refused_batch_leaves_nothing(store: Store) -> None:
    hour = MeasuredHour(FULL_HOUR, ZEROS, (10,) * HOUR)

    def write(tx: Transaction) -> None:
        tx.measurements.record([("checkout", Measurement(MINUTE, 1, 1))], at=LATER)
        tx.measurements.record_hours({"checkout": {MINUTE // HOUR - 5: hour}}, at=LATER)
        tx.measurements.record([("nobody", Measurement(MINUTE, 1, 1))], at=LATER)

    with pytest.raises(Refusal, match="nobody"), store.transaction() as tx:
        write(tx)
    with store.read() as tx:
        for table in (MINUTES, HOURS, table_of(CountedHourRow)):
            assert tx.connection.execute(select(table)).all() == []
    assert counts(store).measured == 0


def test_new_terms_of_another_method_are_counted_anew(store: Store) -> None:
    record(store, (0, 4, 10), (7, 6, 10), (26, 10, 10), at=NOON)
    with store.transaction() as tx:
        tx.measurements.seal(at=LATER)
    with store.transaction() as tx, tx.measurements.recounted():
        tx.objectives.save([Objective("checkout", "shop", (TERMS, BY_SLICES))])
    # From 12:00 on 34 slices are over for ten minutes at 15:00, of which two are good.
    assert counts(store)[2:5] == (2, 34, 3)
    record(store, (12, 10, 10), at=LATER)
    assert counts(store)[2:5] == (3, 34, 4)
    assert counts(store, at=NOON - timedelta(minutes=1)).measured == 0


def test_new_terms_of_the_same_method_share_what_was_counted(store: Store) -> None:
    record(store, (0, 4, 10), at=NOON)
    with store.transaction() as tx:
        tx.measurements.seal(at=LATER)
        stricter = replace(TERMS, target=Fraction(99, 100), version=2, since=NOON)
        tx.objectives.save([Objective("checkout", "shop", (TERMS, stricter))])
    assert counts(store) == Counts(4, 10, 0, 0, 1, 0)


@pytest.mark.parametrize("sealed", [pytest.param(False, id="hot"), pytest.param(True, id="sealed")])
def test_two_writers_at_once_on_the_same_hour(store: Store, sealed: bool) -> None:
    at = LATER if sealed else NOON
    if sealed:
        with store.transaction() as tx:
            tx.measurements.seal(at=LATER)

    def writer(first: int) -> Callable[[], None]:
        return lambda: record_one_by_one(store, range(first, HOUR, 2), at=at)

    at_once(writer(0), writer(1))
    assert counts(store) == Counts(60, 60, 0, 0, 60, 0)


@pytest.mark.parametrize("sealed", [pytest.param(False, id="hot"), pytest.param(True, id="sealed")])
def test_two_writers_at_once_on_the_same_minutes(store: Store, sealed: bool) -> None:
    at = LATER if sealed else NOON
    if sealed:
        with store.transaction() as tx:
            tx.measurements.seal(at=LATER)

    def writer(minutes: Iterable[int], good: int) -> Callable[[], None]:
        return lambda: record(store, *((i, good, 10) for i in minutes), at=at)

    at_once(writer(range(HOUR), 3), writer(reversed(range(HOUR)), 7))
    assert counts(store) in (Counts(180, 600, 0, 0, 60, 0), Counts(420, 600, 0, 0, 60, 0))


def test_a_minute_that_comes_while_its_hour_is_sealed_is_not_lost(store: Store) -> None:
    record(store, *((i, 1, 1) for i in range(50)), at=NOON)

    def seal() -> None:
        with store.transaction() as tx:
            tx.measurements.seal(at=LATER)

    at_once(seal, lambda: record_one_by_one(store, range(50, HOUR), at=LATER), seal)
    assert counts(store) == Counts(60, 60, 0, 0, 60, 0)
    with store.read() as tx:
        assert tx.connection.execute(select(MINUTES)).all() == []


def test_what_waited_for_an_exclusion_is_counted_by_it(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time")
    record(store, *((i, 10, 10) for i in range(HOUR)), at=NOON)
    with store.transaction() as tx:
        tx.measurements.seal(at=LATER)
    work = Exclusion("work", (NOON,), timedelta(minutes=30), "why", NOON, ("checkout",))
    other = Store(store.engine)
    with other.read() as tx:
        tx.objectives.kept()
    with other.transaction() as late:
        with store.transaction() as tx, tx.measurements.recounted():
            tx.exclusions.save([work])
        late.measurements.record([("checkout", Measurement(minute_of(NOON) + 40, 0, 10))], at=LATER)
    assert counts(store) == Counts(290, 300, 0, 0, 30, 0)
