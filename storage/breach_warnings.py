"""Breach warnings with their episodes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from storage.people import People
from storage.schema import BreachWarningRow, EpisodeRow, ObjectiveRow, WatchRow, table_of

WARNING = table_of(BreachWarningRow)
EPISODE = table_of(EpisodeRow)
OBJECTIVE = table_of(ObjectiveRow)
WATCH = table_of(WatchRow)
NAMES_AT_ONCE = 500

WARNED = select(EPISODE.c.objective_id).where(
    EPISODE.c.workspace_id == bindparam("workspace"),
    EPISODE.c.opened_at <= bindparam("at"),
    or_(EPISODE.c.resolved_at.is_(None), EPISODE.c.resolved_at > bindparam("at")),
)


class BreachWarnings:
    """The warnings of one workspace, each read whole."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._people = People(connection, workspace_id)
        self._here = WARNING.c.workspace_id == workspace_id

    def lock(self) -> int:
        """Keep others from writing warnings until the transaction ends; the newest minute that was written down."""
        insert_new = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        row = insert_new(WATCH).values(workspace_id=self._workspace_id, minute=0)
        self._connection.execute(row.on_conflict_do_nothing())
        mine = WATCH.c.workspace_id == self._workspace_id
        query = select(WATCH.c.minute).where(mine).with_for_update()
        minute: int = self._connection.execute(query).scalar_one()
        return minute

    def note_minute(self, minute: int) -> None:
        """Remember the minute of a look that was written down; under the lock."""
        mine = WATCH.c.workspace_id == self._workspace_id
        self._connection.execute(update(WATCH).where(mine).values(minute=minute))

    def noted_minute(self) -> int:
        """The newest minute that was written down, 0 for none."""
        mine = WATCH.c.workspace_id == self._workspace_id
        return self._connection.scalar(select(WATCH.c.minute).where(mine)) or 0

    def open(self) -> list[BreachWarning]:
        """Those with an episode that is not over, by number."""
        return self._read(WARNING.c.resolved_at.is_(None))

    def since(self, instant: datetime, *, until: datetime | None = None) -> list[BreachWarning]:
        """Those that were opened, or over, from then on and before `until`; also those open all the time, by number."""
        recent = or_(WARNING.c.resolved_at.is_(None), WARNING.c.resolved_at >= instant)
        return self._read(recent if until is None else and_(recent, WARNING.c.opened_at < until))

    def by_number(self, number: int) -> BreachWarning | None:
        """W-`number`."""
        return next(iter(self._read(WARNING.c.number == number)), None)

    def of(self, names: Collection[str], *, since: datetime) -> list[BreachWarning]:
        """Those about some of these objectives that were not over before `since`, by number."""
        found = self.since(since)
        return [one for one in found if any(part.objective in names for part in one.episodes)]

    def episodes(self, kind: WarningKind, *, since: datetime) -> dict[str, Episode]:
        """Objective → its newest episode of that kind, of those that are open, pending, or were over since then."""
        query = (
            select(EPISODE, OBJECTIVE.c.name)
            .join(OBJECTIVE, OBJECTIVE.c.id == EPISODE.c.objective_id)
            .where(
                EPISODE.c.workspace_id == self._workspace_id,
                EPISODE.c.kind == kind.value,
                or_(EPISODE.c.resolved_at.is_(None), EPISODE.c.resolved_at >= since),
            )
            .order_by(EPISODE.c.began_at, EPISODE.c.id)
        )
        return {row.name: _episode(row) for row in self._connection.execute(query)}

    def episodes_between(
        self, start: datetime, end: datetime, kinds: Collection[WarningKind]
    ) -> list[Episode]:
        """All episodes of these kinds that were opened in the span, in order."""
        query = (
            select(EPISODE, OBJECTIVE.c.name)
            .join(OBJECTIVE, OBJECTIVE.c.id == EPISODE.c.objective_id)
            .where(
                EPISODE.c.workspace_id == self._workspace_id,
                EPISODE.c.kind.in_([kind.value for kind in kinds]),
                EPISODE.c.opened_at >= start,
                EPISODE.c.opened_at < end,
            )
            .order_by(EPISODE.c.opened_at, EPISODE.c.id)
        )
        return [_episode(row) for row in self._connection.execute(query)]

    def next_number(self) -> int:
        """The number of the next new warning; under the lock."""
        newest = self._connection.scalar(select(func.max(WARNING.c.number)).where(self._here))
        return (newest or 0) + 1

    def save(self, warning: BreachWarning) -> None:
        """Add it, or replace it, with all its episodes; under the lock."""
        row = self._row(warning)
        found = self._connection.scalar(
            select(WARNING.c.id).where(self._here, WARNING.c.number == warning.number)
        )
        if found is None:
            key = self._connection.scalar(insert(WARNING).values(**row).returning(WARNING.c.id))
        else:
            key = found
            self._connection.execute(update(WARNING).where(WARNING.c.id == key).values(**row))
        self._connection.execute(delete(EPISODE).where(EPISODE.c.warning_id == key))
        self._add(warning.episodes, key)

    def save_pending(self, kind: WarningKind, changed: dict[str, Episode | None]) -> None:
        """Objective → its pending episode, None where there is none any more; under the lock."""
        ids = self._ids(changed)
        pending = and_(EPISODE.c.warning_id.is_(None), EPISODE.c.kind == kind.value)
        self._connection.execute(delete(EPISODE).where(pending, EPISODE.c.objective_id.in_(ids.values())))
        self._add([one for one in changed.values() if one], None)

    def warned(self, *, at: datetime) -> set[int]:
        """The keys of the objectives that a warning was open about at `at`."""
        found = self._connection.scalars(WARNED, {"workspace": self._workspace_id, "at": at})
        return set(found)

    def _add(self, episodes: Sequence[Episode], warning: Any) -> None:
        ids = self._ids([one.objective for one in episodes])
        rows = [
            {
                "workspace_id": self._workspace_id,
                "warning_id": warning,
                "objective_id": ids[one.objective],
                **_episode_row(one),
            }
            for one in episodes
        ]
        if rows:
            self._connection.execute(insert(EPISODE), rows)

    def _ids(self, names: Iterable[str]) -> dict[str, int]:
        wanted, found = list(names), dict[str, int]()
        for start in range(0, len(wanted), NAMES_AT_ONCE):
            query = select(OBJECTIVE.c.name, OBJECTIVE.c.id).where(
                OBJECTIVE.c.workspace_id == self._workspace_id,
                OBJECTIVE.c.name.in_(wanted[start : start + NAMES_AT_ONCE]),
            )
            found.update((row.name, row.id) for row in self._connection.execute(query))
        return found

    def _read(self, *conditions: ColumnElement[bool]) -> list[BreachWarning]:
        rows = self._connection.execute(
            select(WARNING).where(self._here, *conditions).order_by(WARNING.c.number)
        ).all()
        parts: dict[int, list[Episode]] = {}
        query = (
            select(EPISODE, OBJECTIVE.c.name)
            .join(OBJECTIVE, OBJECTIVE.c.id == EPISODE.c.objective_id)
            .join(WARNING, WARNING.c.id == EPISODE.c.warning_id)
            .where(self._here, *conditions)
            .order_by(EPISODE.c.began_at, OBJECTIVE.c.name)
        )
        for row in self._connection.execute(query):
            parts.setdefault(row.warning_id, []).append(_episode(row))
        return [self._warning(row, tuple(parts.get(row.id, ()))) for row in rows]

    def _row(self, warning: BreachWarning) -> dict[str, Any]:
        reference = self._people.reference
        return {
            "workspace_id": self._workspace_id,
            "number": warning.number,
            "kind": warning.kind.value,
            "team": warning.team,
            "channel": warning.channel,
            "service": warning.service,
            "opened_at": warning.opened_at,
            "resolved_at": warning.resolved_at,
            "said_at": warning.said_at,
            "drawn_at": warning.drawn_at,
            "acknowledged_by": warning.acknowledged_by and reference(warning.acknowledged_by),
            "acknowledged_at": warning.acknowledged_at,
            "snoozed_by": warning.snoozed_by and reference(warning.snoozed_by),
            "snoozed_until": warning.snoozed_until,
            "urgent_at": warning.urgent_at,
            "reminded": warning.reminded,
        }

    def _warning(self, row: Any, episodes: tuple[Episode, ...]) -> BreachWarning:
        named = self._people.named
        return BreachWarning(
            number=row.number,
            kind=WarningKind(row.kind),
            team=row.team,
            channel=row.channel,
            service=row.service,
            opened_at=row.opened_at,
            episodes=episodes,
            said_at=row.said_at,
            drawn_at=row.drawn_at,
            acknowledged_by=row.acknowledged_by and named(row.acknowledged_by),
            acknowledged_at=row.acknowledged_at,
            snoozed_by=row.snoozed_by and named(row.snoozed_by),
            snoozed_until=row.snoozed_until,
            urgent_at=row.urgent_at,
            reminded=row.reminded,
        )


def _episode_row(episode: Episode) -> dict[str, Any]:
    return {
        "kind": episode.kind.value,
        "severity": episode.severity.value,
        "began_at": episode.began_at,
        "opened_at": episode.opened_at,
        "resolved_at": episode.resolved_at,
        "breached_at": episode.breached_at,
        "reopened": episode.reopened,
        "probability": episode.probability,
        "window_end": episode.window_end,
        "below_since": episode.below_since,
    }


def _episode(row: Any) -> Episode:
    return Episode(
        objective=row.name,
        kind=WarningKind(row.kind),
        severity=Severity(row.severity),
        began_at=row.began_at,
        opened_at=row.opened_at,
        resolved_at=row.resolved_at,
        breached_at=row.breached_at,
        reopened=row.reopened,
        probability=row.probability,
        window_end=row.window_end,
        below_since=row.below_since,
    )
