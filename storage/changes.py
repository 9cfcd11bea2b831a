"""What rulings, and the claims of open disputes, change of what is counted."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from domain.dispute import UNDECIDED
from domain.layer import Change, Layer
from domain.measurement import Measurement
from storage.schema import DisputeRow, ObjectiveRow, RulingRow, table_of

DISPUTE = table_of(DisputeRow)
RULING = table_of(RulingRow)
OBJECTIVE = table_of(ObjectiveRow)


def read_changes(connection: Connection, workspace_id: int) -> dict[str, list[Change]]:
    """Objective → the changes of the rulings that hold, in their order, then those that open disputes claim."""
    found: dict[str, list[Change]] = {}
    for row in connection.execute(_rulings(workspace_id)):
        found.setdefault(row.name, []).append(_change(Layer(row.layer), row))
    for row in connection.execute(_claims(workspace_id)):
        found.setdefault(row.name, []).append(_change(Layer.IF_UPHELD, row))
    return found


def read_contested(connection: Connection, workspace_id: int) -> dict[str, tuple[int, ...]]:
    """Objective → the numbers of the undecided disputes about it."""
    query = (
        select(OBJECTIVE.c.name, DISPUTE.c.number)
        .join(OBJECTIVE, OBJECTIVE.c.id == DISPUTE.c.objective_id)
        .where(
            DISPUTE.c.workspace_id == workspace_id,
            DISPUTE.c.ended_at.is_(None),
            DISPUTE.c.stage.in_(sorted(UNDECIDED)),
        )
        .order_by(DISPUTE.c.number)
    )
    found: dict[str, tuple[int, ...]] = {}
    for name, number in connection.execute(query):
        found[name] = (*found.get(name, ()), number)
    return found


def _rulings(workspace_id: int) -> Any:
    return (
        select(OBJECTIVE.c.name, RULING.c.layer, RULING.c.spans, RULING.c.corrections)
        .join(OBJECTIVE, OBJECTIVE.c.id == RULING.c.objective_id)
        .where(
            RULING.c.workspace_id == workspace_id,
            RULING.c.undone_at.is_(None),
            RULING.c.layer.is_not(None),
        )
        .order_by(RULING.c.id)
    )


def _claims(workspace_id: int) -> Any:
    return (
        select(OBJECTIVE.c.name, DISPUTE.c.spans, DISPUTE.c.corrections, DISPUTE.c.claim)
        .join(OBJECTIVE, OBJECTIVE.c.id == DISPUTE.c.objective_id)
        .where(
            DISPUTE.c.workspace_id == workspace_id,
            DISPUTE.c.ended_at.is_(None),
            DISPUTE.c.stage.in_(sorted(UNDECIDED)),
        )
        .order_by(DISPUTE.c.id)
    )


def _change(layer: Layer, row: Any) -> Change:
    corrections = minutes_from_json(row.corrections)
    # Where single minutes count otherwise, the spans only say where they lie.
    return Change(layer, () if corrections else spans_from_json(row.spans), corrections)


def spans_from_json(value: Iterable[Any]) -> tuple[tuple[int, int], ...]:
    """Minutes from and to, as they were stored."""
    return tuple((int(start), int(end)) for start, end in value)


def minutes_from_json(value: Iterable[Any]) -> tuple[Measurement, ...]:
    """Corrections, as they were stored."""
    return tuple(Measurement(int(minute), int(good), int(total)) for minute, good, total in value)
