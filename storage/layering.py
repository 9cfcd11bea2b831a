"""By how much other layers of figures differ from the counted one, summed hour by hour: a window is two seeks."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select

from domain.counting import Span, count
from domain.counts import NOTHING, Counts
from domain.layer import Layer, Layers
from domain.measurement import EMPTY_HOUR, MeasuredHour
from domain.minutes import HOUR
from domain.scope import Scope, changed_hours
from storage.counted import COUNTS, TERMS, Series
from storage.direct import Direct
from storage.objectives import Kept
from storage.packed import unpack_hour
from storage.schema import LayeredHourRow, MeasuredHourRow, table_of
from storage.series import layers_of_series, series_of

TABLE = table_of(LayeredHourRow)
HOURS = table_of(MeasuredHourRow)
COLUMNS = [TABLE.c[name] for name in COUNTS]
LAST = (
    select(func.max(TABLE.c.hour))
    .where(
        TABLE.c.terms_id == TERMS.c.id,
        TABLE.c.layer == bindparam("layer"),
        TABLE.c.hour <= bindparam("before"),
    )
    .correlate(TERMS)
    .scalar_subquery()
)
SAME = and_(TABLE.c.terms_id == TERMS.c.id, TABLE.c.layer == bindparam("layer"), TABLE.c.hour == LAST)
BEFORE = Direct(
    select(TABLE.c.terms_id, *COLUMNS)
    .select_from(TERMS)
    .join(TABLE, SAME)
    .where(TERMS.c.id.in_(bindparam("keys", expanding=True)))
)
"""Made once: that takes longer than to answer it."""


class Layering:
    """The differences of the layers of one workspace. Derived: made anew wherever what they are made of changes."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def before(self, layer: Layer, terms_ids: Collection[int], hour: int) -> dict[int, Counts]:
        """Series → by how much the layer differs in the hours before `hour`, where it does."""
        rows = BEFORE.rows(self._connection, {"keys": list(terms_ids), "layer": layer.value, "before": hour})
        return {row[0]: Counts._make(row[1:]) for row in rows}

    def follow(
        self, kept: Kept, hours: Collection[int], sealed_until: int, *, first: int | None = None
    ) -> None:
        """After these hours were counted; `first` is the first measured minute, where that is another one now."""
        begin = kept.first_minute if first is None else first
        if begin is None or not hours:
            return
        for series in series_of(kept, begin):
            if first is not None or _touches(layers_of_series(kept, series), hours):
                self.derive(kept, series, sealed_until)

    def derive(self, kept_objective: Kept, series: Series, sealed_until: int) -> None:
        """Make the differences of one series anew; those of hours whose minutes are no longer kept stay."""
        pruned_until, layers = kept_objective.pruned_until, layers_of_series(kept_objective, series)
        others = layers.others()
        kept = self._kept(series.terms_id, pruned_until // HOUR)
        self._connection.execute(delete(TABLE).where(TABLE.c.terms_id == series.terms_id))
        first = max(series.first_minute, pruned_until)
        touched = {
            layer: list(changed_hours(layers.agreement, scope, first, sealed_until))
            for layer, scope in others.items()
        }
        measured = self._measured(kept_objective.id, {hour for hours in touched.values() for hour in hours})
        rows = []
        for layer, scope in others.items():
            older = kept.get(layer.value, [])
            summed = older[-1][1] if older else NOTHING
            rows += [self._row(series, layer, hour, counts) for hour, counts in older]
            for hour in touched[layer]:
                summed = summed.plus(_difference(series, scope, hour, measured.get(hour, EMPTY_HOUR)))
                rows.append(self._row(series, layer, hour + 1, summed))
        if rows:
            self._connection.execute(insert(TABLE), rows)

    def _kept(self, terms_id: int, until: int) -> dict[str, list[tuple[int, Counts]]]:
        """Layer → the rows up to the hour `until`, rising."""
        query = (
            select(TABLE.c.layer, TABLE.c.hour, *COLUMNS)
            .where(TABLE.c.terms_id == terms_id, TABLE.c.hour <= until)
            .order_by(TABLE.c.hour)
        )
        found: dict[str, list[tuple[int, Counts]]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row[0], []).append((row[1], Counts._make(row[2:])))
        return found

    def _measured(self, objective_id: int, hours: Iterable[int]) -> Mapping[int, MeasuredHour]:
        wanted = sorted(hours)
        if not wanted:
            return {}
        query = select(HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id == objective_id, HOURS.c.hour.between(wanted[0], wanted[-1])
        )
        among = set(wanted)
        return {
            hour: unpack_hour(packed) for hour, packed in self._connection.execute(query) if hour in among
        }

    def _row(self, series: Series, layer: Layer, hour: int, counts: Counts) -> dict[str, Any]:
        return {
            "terms_id": series.terms_id,
            "layer": layer.value,
            "hour": hour,
            "workspace_id": self._workspace_id,
            **dict(zip(COUNTS, counts, strict=True)),
        }


def _difference(series: Series, scope: Scope, hour: int, measured: MeasuredHour) -> Counts:
    """By how much the hour would differ, were `scope` to count."""
    begun = max(0, series.first_minute - hour * HOUR)
    other = count(series.method, scope.applied(hour, measured), Span(begun=begun, counting=scope.mask(hour)))
    return other.minus(series.counts_of(hour, measured))


def is_layered(kept: Kept) -> bool:
    """Whether any layer of its figures may differ from the agreement's."""
    return any(layers.others() for layers in kept.layers)


def _touches(layers: Layers, hours: Collection[int]) -> bool:
    """Whether a layer differs in one of these hours."""
    start, end = min(hours) * HOUR, (max(hours) + 1) * HOUR
    return any(
        hour in hours
        for scope in layers.others().values()
        for hour in changed_hours(layers.agreement, scope, start, end)
    )
