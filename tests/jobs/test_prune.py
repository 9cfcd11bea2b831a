"""The job `prune`: a batch a tick, once a day, and never by a clock that runs ahead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from domain.retention import Keeping
from jobs import prune
from jobs.job import Context
from storage.retention import HOURS
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise

KEEPING = Keeping(minutes=1)
KEPT = timedelta(days=65)
"""A window of 30 days, and the margin."""


def rows(store: Store) -> int:
    with store.read() as tx:
        return tx.connection.scalar(select(func.count()).select_from(HOURS)) or 0


def measured(store: Store, *hours: datetime) -> None:
    organise(store, [], [objective("checkout-availability", None)])
    for hour in hours:
        measure(store, "checkout-availability", since=hour, until=hour + timedelta(minutes=5))
    with store.transaction() as tx:
        tx.measurements.seal(at=hours[-1] + timedelta(hours=2))


def test_what_is_old_enough_goes_and_the_next_day_the_next(
    store: Store, clock: MovableClock, context: Callable[..., Context]
) -> None:
    midnight = clock.now().replace(hour=0)
    old, tomorrows, new = midnight - KEPT - timedelta(hours=1), midnight - KEPT, clock.now()
    measured(store, old, tomorrows, new)
    for _ in range(3):
        prune.run(replace(context(), keeping=KEEPING))
    assert rows(store) == 2
    clock.advance(hours=11)
    prune.run(replace(context(), keeping=KEEPING))
    assert rows(store) == 2
    clock.advance(hours=2)
    prune.run(replace(context(), keeping=KEEPING))
    assert rows(store) == 1


def test_a_look_ahead_removes_nothing(
    store: Store, clock: MovableClock, context: Callable[..., Context]
) -> None:
    measured(store, clock.now() - timedelta(days=10), clock.now())
    prune.run(replace(context(), keeping=KEEPING, at=clock.now() + timedelta(days=500)))
    assert rows(store) == 2


def test_for_ever_is_for_ever(store: Store, clock: MovableClock, context: Callable[..., Context]) -> None:
    measured(store, clock.now() - timedelta(days=3000), clock.now())
    prune.run(replace(context(), keeping=Keeping(minutes=0)))
    assert rows(store) == 2
