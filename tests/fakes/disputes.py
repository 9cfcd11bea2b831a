"""Disputes and rulings, as tests save them."""

from datetime import UTC, datetime

from domain.dispute import (
    Claim,
    Contested,
    Dispute,
    DisputeGround,
    DisputeStage,
    Effect,
    Outcome,
    Ruling,
)
from domain.measurement import Measurement
from domain.spans import Span
from storage.transaction import Transaction

RAISED = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)


def contested(*spans: Span, corrections: tuple[Measurement, ...] = ()) -> Contested:
    """Minutes that leave whole, or that count otherwise."""
    claim = Claim.EVENTS if corrections else Claim.LEAVE
    return Contested(claim, spans, None, corrections)


def dispute(objective: str, what: Contested, **changes: object) -> Dispute:
    """One that waits for the counterpart's answer."""
    made = {
        "number": 0,
        "objective": objective,
        "ground": DisputeGround.OUT_OF_SCOPE,
        "version": 1,
        "agreement": "checkout-sla",
        "owner": "payments",
        "raiser": "payments",
        "counterpart": "retail",
        "words": "Your load test ran against production.",
        "raised_by": "U0ANA",
        "raised_at": RAISED,
        "stage": DisputeStage.ANSWERING,
        "turn_since": RAISED,
        "due_at": None,
        "contested": what,
        **changes,
    }
    return Dispute(**made)  # type: ignore[arg-type]


def raise_dispute(tx: Transaction, objective: str, what: Contested, **changes: object) -> Dispute:
    """Saved, with its claim counted."""
    tx.objectives.lock()
    with tx.measurements.recounted():
        return tx.disputes.add(dispute(objective, what, **changes))


def ruling_on(one: Dispute, what: Contested, layer: str | None, **changes: object) -> Ruling:
    """An arbiter's ruling, not saved."""
    made = {
        "dispute": one.number,
        "instance": 1,
        "outcome": Outcome.UPHELD,
        "effect": Effect.EXCLUSION,
        "layer": layer,
        "contested": what,
        "reasons": "The log shows the test.",
        "by": "U0EVA",
        "at": RAISED,
        **changes,
    }
    return Ruling(**made)  # type: ignore[arg-type]


def rule(tx: Transaction, one: Dispute, what: Contested, layer: str | None, **changes: object) -> Ruling:
    """An arbiter's ruling, saved and counted."""
    ruling = ruling_on(one, what, layer, **changes)
    tx.objectives.lock()
    with tx.measurements.recounted():
        added = tx.rulings.add(one, ruling)
        tx.disputes.save(one.rule(at=ruling.at, appeal_by=ruling.at))
    return added
