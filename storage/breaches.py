"""Breaches: from when to when objectives were missed, as seen minute by minute."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select, update

from storage.schema import BreachRow, ObjectiveRow, table_of

BREACH = table_of(BreachRow)
OBJECTIVE = table_of(ObjectiveRow)


class Breaches:
    """The breaches of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def lasting(self) -> dict[str, datetime]:
        """Objective → since when it is breached, of those that are."""
        query = (
            select(OBJECTIVE.c.name, BREACH.c.started_at)
            .join(OBJECTIVE, OBJECTIVE.c.id == BREACH.c.objective_id)
            .where(BREACH.c.workspace_id == self._workspace_id, BREACH.c.ended_at.is_(None))
        )
        return {row.name: row.started_at for row in self._connection.execute(query)}

    def begin(self, names: Iterable[str], *, at: datetime) -> None:
        """Note that these are breached from `at` on."""
        rows = [
            {"workspace_id": self._workspace_id, "objective_id": key, "started_at": at, "ended_at": None}
            for key in self._ids(names)
        ]
        if rows:
            self._connection.execute(insert(BREACH), rows)

    def end(self, names: Iterable[str], *, at: datetime) -> None:
        """Note that these are not breached any more."""
        ids = self._ids(names)
        lasting = update(BREACH).where(BREACH.c.objective_id.in_(ids), BREACH.c.ended_at.is_(None))
        self._connection.execute(lasting.values(ended_at=at))

    def any_within(self, name: str, start: datetime, end: datetime) -> bool:
        """Whether the objective was breached at some time after `start`, up to `end`."""
        query = (
            select(func.count())
            .select_from(BREACH)
            .join(OBJECTIVE, OBJECTIVE.c.id == BREACH.c.objective_id)
            .where(
                BREACH.c.workspace_id == self._workspace_id,
                OBJECTIVE.c.name == name,
                BREACH.c.started_at <= end,
                or_(BREACH.c.ended_at.is_(None), BREACH.c.ended_at > start),
            )
        )
        return bool(self._connection.scalar(query))

    def ended_since(self, instant: datetime) -> set[str]:
        """The objectives with a breach that ended then or later."""
        query = (
            select(OBJECTIVE.c.name)
            .join(BREACH, OBJECTIVE.c.id == BREACH.c.objective_id)
            .where(BREACH.c.workspace_id == self._workspace_id, BREACH.c.ended_at >= instant)
        )
        return set(self._connection.scalars(query))

    def began_between(self, start: datetime, end: datetime) -> list[tuple[str, datetime]]:
        """Objective and instant of the breaches that began in the span, in order."""
        query = (
            select(OBJECTIVE.c.name, BREACH.c.started_at)
            .join(OBJECTIVE, OBJECTIVE.c.id == BREACH.c.objective_id)
            .where(
                BREACH.c.workspace_id == self._workspace_id,
                BREACH.c.started_at >= start,
                BREACH.c.started_at < end,
            )
            .order_by(BREACH.c.started_at, OBJECTIVE.c.name)
        )
        return [(row.name, row.started_at) for row in self._connection.execute(query)]

    def _ids(self, names: Iterable[str]) -> list[int]:
        wanted = list(names)
        query = select(OBJECTIVE.c.id).where(
            OBJECTIVE.c.workspace_id == self._workspace_id, OBJECTIVE.c.name.in_(wanted)
        )
        return list(self._connection.scalars(query)) if wanted else []
