"""Retention: what is old enough goes, a batch at a time, so that it never holds anything up."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from domain.minutes import HOUR
from domain.notice import NoticeState
from domain.retention import Keeping, Pruned, kept_from
from storage.heard import KEPT, Heard
from storage.objectives import Objectives
from storage.schema import (
    ForecastRow,
    HeardRow,
    MeasuredHourRow,
    NoticeRow,
    ObjectiveRow,
    ProcessRow,
    table_of,
)

OBJECTIVE = table_of(ObjectiveRow)
HOURS = table_of(MeasuredHourRow)
NOTICE = table_of(NoticeRow)
HEARD = table_of(HeardRow)
PROCESS = table_of(ProcessRow)
FORECAST = table_of(ForecastRow)
AT_ONCE = 5_000
"""Rows that one batch removes at most: some hundredths of a second."""
PROCESSES_FOR = timedelta(days=30)
FOR_EVER = 10**5
"""Days."""
OVER = (NoticeState.SENT, NoticeState.FAILED, NoticeState.AMBIGUOUS, NoticeState.STALE)


class _Due(NamedTuple):
    """An objective's hours from `first` to before `until`: their minutes are old enough."""

    objective_id: int
    first: int
    until: int


class Retention:
    """What one workspace keeps longer than it must. Counted hours stay, so figures of whole hours do not change."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def due(self, keeping: Keeping, *, at: datetime) -> Pruned:
        """How much of everything may go."""
        hours, size = 0, 0
        for due in self._due(keeping, at):
            counted, length = self._connection.execute(_measured_by(due)).one()
            hours, size = hours + counted, size + int(length)
        notices, heard, processes, forecasts = (
            self._connection.scalar(select(func.count()).select_from(table).where(*old)) or 0
            for table, old in self._old(keeping, at)
        )
        return Pruned(hours, size, notices, heard, processes, forecasts)

    def anything(self, keeping: Keeping, *, at: datetime) -> bool:
        """Whether anything may go."""
        if next(self._due(keeping, at), None):
            return True
        old = (select(exists().where(*conditions)) for _, conditions in self._old(keeping, at))
        return any(self._connection.scalar(query) for query in old)

    def prune(self, keeping: Keeping, *, at: datetime, most: int = AT_ONCE) -> Pruned:
        """Remove one batch of what is due; nothing where nothing is."""
        return self._prune_minutes(keeping, at, most) or self._prune_rows(keeping, at, most)

    def _prune_minutes(self, keeping: Keeping, at: datetime, most: int) -> Pruned:
        """The oldest hours of some objectives. Which are gone is remembered: they are never counted anew."""
        self._objectives.lock()
        batch = list(_at_most(most, self._due(keeping, at)))
        pruned = Pruned()
        for due in batch:
            hours, size = self._connection.execute(_measured_by(due)).one()
            self._connection.execute(delete(HOURS).where(*_hours_of(due)))
            pruned = pruned.plus(Pruned(hours, int(size)))
        self._objectives.set_pruned({due.objective_id: due.until * HOUR for due in batch})
        return pruned

    def _due(self, keeping: Keeping, at: datetime) -> Iterator[_Due]:
        """Of each objective that has some what may go; never its newest hour, which says until when it was measured."""
        if not keeping.minutes:
            return
        ends = self._ends()
        for kept in self._objectives.kept():
            if kept.id in ends:
                first, newest = ends[kept.id]
                until = min(kept_from(kept.objective, keeping.minutes, at=at) // HOUR, newest)
                if first < until:
                    yield _Due(kept.id, first, until)

    def _ends(self) -> dict[int, tuple[int, int]]:
        """Objective → its first and its newest packed hour: two seeks each."""
        first, newest = (
            select(end(HOURS.c.hour)).where(HOURS.c.objective_id == OBJECTIVE.c.id).scalar_subquery()
            for end in (func.min, func.max)
        )
        query = select(OBJECTIVE.c.id, first, newest).where(OBJECTIVE.c.workspace_id == self._workspace_id)
        return {key: (low, high) for key, low, high in self._connection.execute(query) if low is not None}

    def _prune_rows(self, keeping: Keeping, at: datetime, most: int) -> Pruned:
        (notices, old_notices), _, (processes, old_processes), (forecasts, old_forecasts) = self._old(
            keeping, at
        )
        return Pruned(
            notices=self._prune_some(notices, old_notices, most),
            heard=Heard(self._connection, self._workspace_id).forget(before=at - KEPT, most=most),
            processes=self._prune_some(processes, old_processes, most),
            forecasts=self._prune_some(forecasts, old_forecasts, most),
        )

    def _prune_some(self, table: Table, old: list[ColumnElement[bool]], most: int) -> int:
        """Notices lose what they looked like and stay, so that nothing is said twice; other rows go."""
        keys = list(table.primary_key.columns)
        some: Select[Any] = select(*keys).where(*old).limit(most)
        chosen = tuple_(*keys).in_(some)
        change = (
            update(table).where(chosen).values(blocks=[]) if table is NOTICE else delete(table).where(chosen)
        )
        return self._connection.execute(change).rowcount

    def _old(self, keeping: Keeping, at: datetime) -> list[tuple[Table, list[ColumnElement[bool]]]]:
        """The tables whose rows grow old one by one, and which of them are old enough."""
        posted = or_(NOTICE.c.state != NoticeState.SENT, NOTICE.c.posted_version >= NOTICE.c.version)
        mine = select(OBJECTIVE.c.id).where(*self._here(OBJECTIVE))
        bare = cast(NOTICE.c.blocks, Text) == "[]"
        since = timedelta(days=keeping.notices or FOR_EVER)
        over = at - timedelta(days=keeping.forecasts or FOR_EVER)
        return [
            (
                NOTICE,
                [
                    *self._here(NOTICE),
                    NOTICE.c.state.in_(OVER),
                    posted,
                    NOTICE.c.created_at < at - since,
                    ~bare,
                ],
            ),
            (HEARD, [*self._here(HEARD), HEARD.c.at < at - KEPT]),
            (PROCESS, [*self._here(PROCESS), PROCESS.c.seen_at < at - PROCESSES_FOR]),
            # The first two say what follows from the third in the words of the primary key: two seeks an objective.
            (
                FORECAST,
                [FORECAST.c.objective_id.in_(mine), FORECAST.c.at < over, FORECAST.c.window_end < over],
            ),
        ]

    def _here(self, table: Table) -> list[ColumnElement[bool]]:
        return [table.c.workspace_id == self._workspace_id]


def _at_most(most: int, due: Iterable[_Due]) -> Iterator[_Due]:
    """As many of these hours as one batch removes."""
    for one in due:
        until = min(one.until, one.first + most)
        yield one._replace(until=until)
        most -= until - one.first
        if most <= 0:
            return


def _hours_of(due: _Due) -> list[ColumnElement[bool]]:
    return [HOURS.c.objective_id == due.objective_id, HOURS.c.hour >= due.first, HOURS.c.hour < due.until]


def _measured_by(due: _Due) -> Select[Any]:
    size = func.coalesce(func.sum(func.length(HOURS.c.packed)), 0)
    return select(func.count(), size).where(*_hours_of(due))
