"""Forecasts: one a day an objective, with what came of it once its window is over."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.forecast import Forecast, MethodName, Record
from domain.kept_forecast import KeptForecast, record_of
from storage.schema import ForecastRow, ObjectiveRow, table_of

FORECAST = table_of(ForecastRow)
OBJECTIVE = table_of(ObjectiveRow)
AT_ONCE = 500
"""How many names or rows one query is about."""


class Forecasts:
    """The forecasts of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._here = FORECAST.c.workspace_id == workspace_id

    def save(self, kept: Iterable[KeptForecast]) -> None:
        """Add them; a replayed one gives way to one that is told, and else the first one of an instant stays."""
        listed = list(kept)
        ids = self._ids({one.objective for one in listed})
        insert_new = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        rows = [
            {"workspace_id": self._workspace_id, "objective_id": ids[one.objective], **_row(one)}
            for one in listed
        ]
        if rows:
            new = insert_new(FORECAST)
            told = {name: new.excluded[name] for name in rows[0] if name not in ("objective_id", "at")}
            replaces = and_(FORECAST.c.replayed, new.excluded.replayed.is_(False))
            upserted = new.on_conflict_do_update(
                index_elements=[FORECAST.c.objective_id, FORECAST.c.at], set_=told, where=replaces
            )
            self._connection.execute(upserted, rows)

    def all(self, names: Collection[str]) -> list[KeptForecast]:
        """All of these objectives, oldest first."""
        return self._read(_query().where(self._here), names)

    def newest(self, names: Collection[str], *, at: datetime) -> dict[str, Forecast]:
        """Objective → its newest forecast by `at`, of these that have one; replayed ones were told to nobody."""
        latest = (
            select(FORECAST.c.objective_id, func.max(FORECAST.c.at).label("at"))
            .where(self._here, FORECAST.c.replayed.is_(False), FORECAST.c.at <= at)
            .group_by(FORECAST.c.objective_id)
            .subquery()
        )
        same = and_(FORECAST.c.objective_id == latest.c.objective_id, FORECAST.c.at == latest.c.at)
        found = self._read(_query().join(latest, same), names)
        return {one.objective: one.forecast for one in found}

    def scored(
        self, since: datetime, until: datetime, names: Collection[str] | None = None
    ) -> list[KeptForecast]:
        """Those that were told, whose windows were over from `since` on and before `until`, with their outcome."""
        query = _query().where(
            self._here,
            FORECAST.c.replayed.is_(False),
            FORECAST.c.breached.is_not(None),
            FORECAST.c.window_end >= since,
            FORECAST.c.window_end < until,
        )
        return self._read(query, names)

    def record(self, objective: str) -> Record:
        """How each method did for the objective so far, replayed ones included."""
        query = _query().where(self._here, FORECAST.c.breached.is_not(None))
        return record_of(self._read(query, [objective]))

    def unsettled(self, names: Collection[str], *, at: datetime) -> list[KeptForecast]:
        """Those whose windows are over by `at`, and of which it is not known what came of them."""
        over = _query().where(self._here, FORECAST.c.breached.is_(None), FORECAST.c.window_end <= at)
        return self._read(over, names)

    def settle(self, objective: str, window_end: datetime, *, breached: bool) -> None:
        """Note what came of all forecasts of the window that ended then."""
        key = self._ids([objective])[objective]
        of_window = and_(
            self._here,
            FORECAST.c.objective_id == key,
            FORECAST.c.window_end == window_end,
            FORECAST.c.breached.is_(None),
        )
        self._connection.execute(update(FORECAST).where(of_window).values(breached=breached))

    def made_at(self, at: datetime) -> set[str]:
        """The objectives with a forecast of that instant that was told."""
        query = (
            select(OBJECTIVE.c.name)
            .join(FORECAST, FORECAST.c.objective_id == OBJECTIVE.c.id)
            .where(self._here, FORECAST.c.at == at, FORECAST.c.replayed.is_(False))
        )
        return set(self._connection.scalars(query))

    def known(self) -> set[str]:
        """The objectives that have any forecast."""
        some = exists().where(FORECAST.c.objective_id == OBJECTIVE.c.id)
        query = select(OBJECTIVE.c.name).where(OBJECTIVE.c.workspace_id == self._workspace_id, some)
        return set(self._connection.scalars(query))

    def _read(self, query: Select[Any], names: Collection[str] | None = None) -> list[KeptForecast]:
        ordered = query.order_by(FORECAST.c.at, OBJECTIVE.c.name)
        if names is None:
            return [_kept(row) for row in self._connection.execute(ordered)]
        return [
            _kept(row)
            for some in _chunks(sorted(names))
            for row in self._connection.execute(ordered.where(OBJECTIVE.c.name.in_(some)))
        ]

    def _ids(self, names: Collection[str]) -> dict[str, int]:
        here: ColumnElement[bool] = OBJECTIVE.c.workspace_id == self._workspace_id
        found: dict[str, int] = {}
        for some in _chunks(sorted(names)):
            query = select(OBJECTIVE.c.name, OBJECTIVE.c.id).where(here, OBJECTIVE.c.name.in_(some))
            found.update((row.name, row.id) for row in self._connection.execute(query))
        return found


def _query() -> Select[Any]:
    return select(FORECAST, OBJECTIVE.c.name).join(OBJECTIVE, OBJECTIVE.c.id == FORECAST.c.objective_id)


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _row(kept: KeptForecast) -> dict[str, Any]:
    forecast = kept.forecast
    return {
        "at": forecast.at,
        "window_end": forecast.window_end,
        "probability": forecast.probability,
        "method": forecast.method.value,
        "linear_pace": forecast.linear_pace,
        "is_thin": forecast.is_thin,
        "by_method": {method.value: chance for method, chance in forecast.by_method.items()},
        "replayed": kept.replayed,
        "breached": kept.breached,
    }


def _kept(row: Any) -> KeptForecast:
    forecast = Forecast(
        at=row.at,
        window_end=row.window_end,
        probability=row.probability,
        method=MethodName(row.method),
        by_method={MethodName(name): chance for name, chance in row.by_method.items()},
        linear_pace=row.linear_pace,
        is_thin=row.is_thin,
    )
    return KeptForecast(row.name, forecast, row.breached, row.replayed)
