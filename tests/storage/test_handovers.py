"""Hand-overs come back as they were saved, every field of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.handover import Handover, HandoverStage
from storage.store import Store
from tests.fakes.organisation import objective, organise, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FULL = Handover(
    objective="checkout",
    version=3,
    giver="payments",
    taker="shop",
    proposed_by="U0EVA",
    proposed_at=NOON,
    giver_by="U0ANA",
    giver_at=NOON + timedelta(hours=1),
    taker_by="U0BEN",
    taker_at=NOON + timedelta(hours=2),
    stage=HandoverStage.DONE,
    ended_by="U0KIM",
    ended_at=NOON + timedelta(hours=3),
    words="they build it now",
)
OPEN = Handover("checkout", 1, "shop", "search", "U0BEN", NOON)


def test_every_field_comes_back(store: Store) -> None:
    organise(store, [team("payments"), team("shop")], [objective("checkout", "payments")])
    with store.transaction() as tx:
        saved = tx.handovers.add(FULL)
        assert saved == replace(FULL, id=saved.id)
        second = tx.handovers.add(OPEN)
    with store.read() as tx:
        assert tx.handovers.of("checkout") == [saved, second]
        assert tx.handovers.open() == [second]
        assert tx.handovers.of("other") == []


def test_what_changed_is_saved(store: Store) -> None:
    organise(store, [team("payments"), team("shop")], [objective("checkout", "payments")])
    with store.transaction() as tx:
        first, second = tx.handovers.add(OPEN), tx.handovers.add(OPEN)
        changed = replace(FULL, id=second.id)
        tx.handovers.save(changed)
    with store.read() as tx:
        assert tx.handovers.of("checkout") == [first, changed]
