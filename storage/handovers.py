"""Handovers of objectives between teams. Kept for ever."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from domain.handover import Handover, HandoverStage
from storage.people import People
from storage.schema import HandoverRow, ObjectiveRow, table_of

TABLE = table_of(HandoverRow)
OBJECTIVE = table_of(ObjectiveRow)


class Handovers:
    """Those of one workspace. Whoever writes them holds the lock of the definitions (`tx.objectives.lock()`)."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._people = People(connection, workspace_id)
        self._here = TABLE.c.workspace_id == workspace_id

    def open(self) -> list[Handover]:
        """Those that wait for somebody, oldest first."""
        return self._read(TABLE.c.stage == HandoverStage.OPEN.value)

    def of(self, objective: str) -> list[Handover]:
        """All of an objective, oldest first."""
        return self._read(OBJECTIVE.c.name == objective)

    def add(self, proposed: Handover) -> Handover:
        """Save a new one; as saved."""
        objective = (
            select(OBJECTIVE.c.id)
            .where(OBJECTIVE.c.workspace_id == self._workspace_id, OBJECTIVE.c.name == proposed.objective)
            .scalar_subquery()
        )
        row = {**self._row(proposed), "objective_id": objective}
        key = self._connection.scalar(insert(TABLE).values(row).returning(TABLE.c.id))
        return self._read(TABLE.c.id == key)[0]

    def save(self, changed: Handover) -> None:
        """Replace it, by its id."""
        row = self._row(changed)
        self._connection.execute(update(TABLE).where(self._here, TABLE.c.id == changed.id).values(row))

    def _read(self, *conditions: ColumnElement[bool]) -> list[Handover]:
        query = (
            select(TABLE, OBJECTIVE.c.name.label("objective"))
            .join(OBJECTIVE, OBJECTIVE.c.id == TABLE.c.objective_id)
            .where(self._here, *conditions)
            .order_by(TABLE.c.id)
        )
        return [self._from_row(row) for row in self._connection.execute(query)]

    def _row(self, one: Handover) -> dict[str, Any]:
        reference = self._people.reference
        return {
            "workspace_id": self._workspace_id,
            "version": one.version,
            "giver": one.giver,
            "taker": one.taker,
            "proposed_by": reference(one.proposed_by),
            "proposed_at": one.proposed_at,
            "giver_by": one.giver_by and reference(one.giver_by),
            "giver_at": one.giver_at,
            "taker_by": one.taker_by and reference(one.taker_by),
            "taker_at": one.taker_at,
            "stage": one.stage.value,
            "ended_by": one.ended_by and reference(one.ended_by),
            "ended_at": one.ended_at,
            "words": one.words,
        }

    def _from_row(self, row: Any) -> Handover:
        named = self._people.named
        return Handover(
            objective=row.objective,
            version=row.version,
            giver=row.giver,
            taker=row.taker,
            proposed_by=named(row.proposed_by),
            proposed_at=row.proposed_at,
            giver_by=row.giver_by and named(row.giver_by),
            giver_at=row.giver_at,
            taker_by=row.taker_by and named(row.taker_by),
            taker_at=row.taker_at,
            stage=HandoverStage(row.stage),
            ended_by=row.ended_by and named(row.ended_by),
            ended_at=row.ended_at,
            words=row.words,
            id=row.id,
        )
