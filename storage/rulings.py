"""Rulings: the outcomes of disputes. Kept for ever; one that a later one took the place of is undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from domain.dispute import Claim, Dispute, Effect, Outcome, Ruling
from storage.disputes import contested_from_row, contested_to_row
from storage.people import People
from storage.schema import DisputeRow, ObjectiveRow, RulingRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(RulingRow)
DISPUTE = table_of(DisputeRow)
OBJECTIVE = table_of(ObjectiveRow)


class Rulings:
    """Those of one workspace. They decide what counts: written within `tx.measurements.recounted()`."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version
        self._people = People(connection, workspace_id)
        self._here = TABLE.c.workspace_id == workspace_id

    def of(self, one: Dispute) -> list[Ruling]:
        """All of a dispute, oldest first; the last one holds."""
        return self._read(TABLE.c.dispute_id == one.id)

    def on(self, objective: str) -> list[Ruling]:
        """All of an objective that hold, oldest first."""
        return self._read(OBJECTIVE.c.name == objective, TABLE.c.undone_at.is_(None))

    def holding(self) -> list[tuple[str, Ruling]]:
        """Objective and ruling, of all that hold and change a figure, oldest first."""
        query = self._query(TABLE.c.undone_at.is_(None), TABLE.c.layer.is_not(None))
        return [(row.objective, self._from_row(row)) for row in self._connection.execute(query)]

    def add(self, one: Dispute, ruling: Ruling) -> Ruling:
        """Save it; one of the same dispute that held until now is undone."""
        self._undo(one, at=ruling.at)
        row = {
            "workspace_id": self._workspace_id,
            "dispute_id": one.id,
            "objective_id": select(DISPUTE.c.objective_id).where(DISPUTE.c.id == one.id).scalar_subquery(),
            "instance": ruling.instance,
            "outcome": ruling.outcome.value,
            "effect": ruling.effect.value,
            "layer": ruling.layer,
            **contested_to_row(ruling.contested),
            "reasons": ruling.reasons,
            "by": self._people.reference(ruling.by),
            "at": ruling.at,
            "undone_at": None,
        }
        key = self._connection.scalar(insert(TABLE).values(row).returning(TABLE.c.id))
        self._version.raise_it()
        return self._read(TABLE.c.id == key)[0]

    def _undo(self, one: Dispute, *, at: datetime) -> None:
        holding = (self._here, TABLE.c.dispute_id == one.id, TABLE.c.undone_at.is_(None))
        self._connection.execute(update(TABLE).where(*holding).values(undone_at=at))

    def _read(self, *conditions: ColumnElement[bool]) -> list[Ruling]:
        return [self._from_row(row) for row in self._connection.execute(self._query(*conditions))]

    def _query(self, *conditions: ColumnElement[bool]) -> Any:
        return (
            select(TABLE, DISPUTE.c.number, DISPUTE.c.claim, OBJECTIVE.c.name.label("objective"))
            .join(DISPUTE, DISPUTE.c.id == TABLE.c.dispute_id)
            .join(OBJECTIVE, OBJECTIVE.c.id == TABLE.c.objective_id)
            .where(self._here, *conditions)
            .order_by(TABLE.c.id)
        )

    def _from_row(self, row: Any) -> Ruling:
        return Ruling(
            dispute=row.number,
            instance=row.instance,
            outcome=Outcome(row.outcome),
            effect=Effect(row.effect),
            layer=row.layer,
            contested=contested_from_row(row, Claim(row.claim)),
            reasons=row.reasons,
            by=self._people.named(row.by),
            at=row.at,
            undone_at=row.undone_at,
            id=row.id,
        )
