"""What digests, statuses and `mine` read of questions: the mark of a standing, and what a situation is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.handover import Handover
from storage.acknowledgements import MISSING
from storage.store import Store
from storage.transaction import Transaction
from tests.fakes.organisation import objective, organise, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ("cart", "checkout", "wallet")


@pytest.fixture
def shop(store: Store) -> Store:
    organise(store, [team("shop"), team("payments")], [objective(name, "shop") for name in NAMES])
    return store


def asked(name: str, **more: object) -> Acknowledgement:
    made = Acknowledgement(name, "shop", 1, "", Because.NEW, NOON - DAY, NOON + DAY, NOON - DAY)
    return replace(made, **more)  # type: ignore[arg-type]


def unacknowledged(tx: Transaction, at: datetime = NOON) -> list[str]:
    return [one.name for one in tx.standings.all(at=at) if one.unacknowledged]


def test_the_mark_stands_while_an_answer_is_missing(shop: Store) -> None:
    with shop.transaction() as tx:
        assert unacknowledged(tx) == []
        [open_one] = tx.acknowledgements.add([asked("cart")])
        tx.acknowledgements.add([asked("checkout").decline(Ground.UNCLEAR, by="U1", at=NOON)])
        tx.acknowledgements.add([asked("wallet", missing_from=NOON + DAY)])
    with shop.transaction() as tx:
        assert unacknowledged(tx) == ["cart", "checkout"]
        assert unacknowledged(tx, NOON + DAY) == ["cart", "checkout", "wallet"]
        assert unacknowledged(tx, NOON - 2 * DAY) == []
        assert [one.unacknowledged for one in tx.standings.of(["cart"], at=NOON)] == [True]
        assert not any(one.unacknowledged for one in tx.standings.watched(at=NOON))
        tx.acknowledgements.save([replace(open_one, stage=Stage.ACKNOWLEDGED, answered_at=NOON)])
        assert unacknowledged(tx) == ["checkout"]


def test_a_situation_knows_what_was_asked_by_then_about_its_objectives(shop: Store) -> None:
    given = Handover("cart", 1, "shop", "payments", "U1", NOON)
    with shop.transaction() as tx:
        [kept] = tx.acknowledgements.add([asked("cart")])
        tx.acknowledgements.add([asked("checkout", asked_at=NOON + DAY, missing_from=NOON + DAY)])
        saved = tx.handovers.add(given)
        [wallet] = tx.objectives.called(["wallet"], at=NOON)
        tx.acknowledgements.add([asked("wallet")])
        with tx.measurements.recounted():
            tx.objectives.save([replace(wallet.objective, retired_at=NOON - DAY)])
    with shop.read() as tx:
        told = tx.situations.of(NOON).asked
        assert (list(told.waiting), list(told.handovers)) == ([kept], [saved])
        assert list(tx.situations.of(NOON - timedelta(hours=1)).asked.handovers) == []


def test_what_waits_is_found_by_its_index(sqlite_store: Store) -> None:
    with sqlite_store.read() as tx:
        query = str(MISSING.compile(tx.connection, compile_kwargs={"render_postcompile": True}))
        plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (1, "2026")).all()
    assert "ix_acknowledgement_waiting" in str(plan)
