"""A standing with a thousand rulings behind it, beside one without; and all four of its figures."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import process_time

from domain.dispute import Dispute, Effect
from domain.minutes import minute_of
from domain.spans import Span
from storage.store import Store
from storage.transaction import Transaction
from tests.bench.measuring import least_seconds
from tests.bench.seeding import AT, name_of, seeded_store
from tests.fakes.disputes import contested, dispute, ruling_on

RULINGS = 1_000
OBJECTIVES = 50


def run(folder: Path) -> Iterator[str]:
    """Half of the rulings are of the agreement's figure, half of the owner's."""
    name = name_of(0)
    with (
        seeded_store(folder / "ruled.db", OBJECTIVES, 30) as ruled,
        seeded_store(folder / "plain.db", OBJECTIVES, 30) as plain,
    ):
        start = process_time()
        _rule(ruled, name)
        seconds = process_time() - start
        yield f"{RULINGS:,} rulings on one objective: saved and counted in {seconds:.2f} s, all together"
        with_them, without = least_seconds([lambda: _of(ruled, name), lambda: _of(plain, name)], rounds=30)
        yield _compared("standing", with_them, without, "1.1")
        four, one = least_seconds([lambda: _layers(ruled, name), lambda: _layers(plain, name)], rounds=30)
        yield _compared("all four figures", four, one, "2")


def _rule(store: Store, name: str) -> None:
    with store.transaction() as tx:
        tx.objectives.lock()
        with tx.measurements.recounted():
            for number in range(RULINGS):
                _one(tx, name, number)


def _one(tx: Transaction, name: str, number: int) -> None:
    start = minute_of(AT - timedelta(minutes=42 * (number + 5)))
    span: Span = (start, start + 12)
    what = contested(span)
    one: Dispute = tx.disputes.add(dispute(name, what))
    layer = "agreement" if number % 2 else "owner"
    effect = Effect.EXCLUSION if number % 2 else Effect.FAULT
    tx.rulings.add(one, ruling_on(one, what, layer, effect=effect))
    tx.disputes.save(one.settle(at=AT))


def _of(store: Store, name: str) -> None:
    with store.read() as tx:
        tx.standings.of([name], at=AT)


def _layers(store: Store, name: str) -> None:
    with store.read() as tx:
        tx.layered.of([name], at=AT)


def _compared(what: str, with_them: float, without: float, wanted: str) -> str:
    return (
        f"{what} after {RULINGS:,} rulings: {with_them * 1e3:.2f} ms; without any {without * 1e3:.2f} ms: "
        f"{with_them / without:.2f} times the time (wanted: {wanted})"
    )
