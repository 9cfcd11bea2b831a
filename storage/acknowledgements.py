"""Acknowledgements: what teams were asked to acknowledge, and what they answered. Kept for ever."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, literal_column, select, update

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from storage.people import People
from storage.schema import AcknowledgementRow, ObjectiveRow, table_of

TABLE = table_of(AcknowledgementRow)
OBJECTIVE = table_of(ObjectiveRow)
# Written out: of values that are passed in a database cannot know that they are those of the index.
WAITING = TABLE.c.stage.in_((literal_column("'open'"), literal_column("'declined'")))

MISSING = select(TABLE.c.objective_id).where(
    TABLE.c.workspace_id == bindparam("workspace"), WAITING, TABLE.c.missing_from <= bindparam("at")
)


class Acknowledgements:
    """Those of one workspace. Whoever writes them holds the lock of the definitions (`tx.objectives.lock()`)."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._people = People(connection, workspace_id)
        self._here = TABLE.c.workspace_id == workspace_id

    def newest(self) -> dict[str, Acknowledgement]:
        """Objective → the newest one about it."""
        last = select(func.max(TABLE.c.id)).where(self._here).group_by(TABLE.c.objective_id)
        return {one.objective: one for one in self._read(TABLE.c.id.in_(last))}

    def newest_of(self, objective: str) -> Acknowledgement | None:
        """The newest one about an objective."""
        return next(reversed(self.of(objective)), None)

    def of(self, objective: str) -> list[Acknowledgement]:
        """All about an objective, oldest first."""
        return self._read(OBJECTIVE.c.name == objective)

    def of_each(self, objectives: Collection[str]) -> dict[str, list[Acknowledgement]]:
        """Objective → all about it, oldest first, of those that were ever asked about."""
        found: dict[str, list[Acknowledgement]] = {}
        for one in self._read(OBJECTIVE.c.name.in_(list(objectives))):
            found.setdefault(one.objective, []).append(one)
        return found

    def last_held(self) -> dict[str, Acknowledgement]:
        """Objective → the newest yes to it, whether or not it still holds."""
        found = self._read(TABLE.c.expires_at.is_not(None))
        return {one.objective: one for one in found}

    def waiting(self) -> list[Acknowledgement]:
        """Those open or declined, oldest first."""
        return self._read(WAITING)

    def in_batch(self, batch: int) -> list[Acknowledgement]:
        """Those that one message asks for, by objective."""
        return sorted(self._read(TABLE.c.batch == batch), key=lambda one: (one.objective, one.id))

    def missing(self, *, at: datetime) -> set[int]:
        """The keys of the objectives whose owner has not answered, or declined, at `at`."""
        return set(self._connection.scalars(MISSING, {"workspace": self._workspace_id, "at": at}))

    def add(self, asked: Sequence[Acknowledgement], *, batch: int = 0) -> list[Acknowledgement]:
        """Save new ones that one message asks for, as part of `batch` or as one of their own; as saved."""
        keys = self._ids([one.objective for one in asked])
        saved: list[int] = []
        for one in asked:
            row = {**self._row(one), "objective_id": keys[one.objective], "batch": batch}
            key = self._connection.scalar(insert(TABLE).values(row).returning(TABLE.c.id))
            if key is None:
                raise AssertionError("an insert gives its key")
            saved.append(key)
        if saved and not batch:
            mine = TABLE.c.id.in_(saved)
            self._connection.execute(update(TABLE).where(mine).values(batch=saved[0]))
        return self._read(TABLE.c.id.in_(saved))

    def save(self, changed: Iterable[Acknowledgement]) -> None:
        """Replace them, by their ids."""
        for one in changed:
            row = self._row(one)
            self._connection.execute(update(TABLE).where(self._here, TABLE.c.id == one.id).values(row))

    def _ids(self, names: Collection[str]) -> dict[str, int]:
        query = select(OBJECTIVE.c.name, OBJECTIVE.c.id).where(
            OBJECTIVE.c.workspace_id == self._workspace_id, OBJECTIVE.c.name.in_(list(names))
        )
        return {row.name: row.id for row in self._connection.execute(query)}

    def _read(self, *conditions: ColumnElement[bool]) -> list[Acknowledgement]:
        query = (
            select(TABLE, OBJECTIVE.c.name.label("objective"))
            .join(OBJECTIVE, OBJECTIVE.c.id == TABLE.c.objective_id)
            .where(self._here, *conditions)
            .order_by(TABLE.c.id)
        )
        return [self._from_row(row) for row in self._connection.execute(query)]

    def _row(self, one: Acknowledgement) -> dict[str, Any]:
        reference = self._people.reference
        return {
            "workspace_id": self._workspace_id,
            "team": one.team,
            "version": one.version,
            "hours": one.hours,
            "because": one.because.value,
            "asked_at": one.asked_at,
            "due_at": one.due_at,
            "missing_from": one.missing_from,
            "stage": one.stage.value,
            "reminded": one.reminded,
            "answered_by": one.answered_by and reference(one.answered_by),
            "answered_at": one.answered_at,
            "ground": one.ground and one.ground.value,
            "words": one.words,
            "expires_at": one.expires_at,
            "ended_by": one.ended_by and reference(one.ended_by),
            "ended_at": one.ended_at,
        }

    def _from_row(self, row: Any) -> Acknowledgement:
        named = self._people.named
        return Acknowledgement(
            objective=row.objective,
            team=row.team,
            version=row.version,
            hours=row.hours,
            because=Because(row.because),
            asked_at=row.asked_at,
            due_at=row.due_at,
            missing_from=row.missing_from,
            stage=Stage(row.stage),
            reminded=row.reminded,
            answered_by=row.answered_by and named(row.answered_by),
            answered_at=row.answered_at,
            ground=Ground(row.ground) if row.ground else None,
            words=row.words,
            expires_at=row.expires_at,
            ended_by=row.ended_by and named(row.ended_by),
            ended_at=row.ended_at,
            id=row.id,
            batch=row.batch,
        )
