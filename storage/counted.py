"""Counted hours: what was measured before each hour, so that any window is two seeks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, and_, cast, func, select, update

from domain.counting import WHOLE_HOUR, Span, count, count_unmeasured
from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.measurement import MeasuredHour
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR
from domain.scope import ALWAYS, Scope
from storage.bulk import upsert
from storage.schema import CountedHourRow, TermsRow, table_of

TABLE = table_of(CountedHourRow)
TERMS = table_of(TermsRow)
COUNTS = ("good", "total", "slices_good", "slices_total", "measured", "ratio_sum")
COLUMNS = [TABLE.c[name] for name in COUNTS]
LOST = {
    Occurrences.name: TABLE.c.total - TABLE.c.good,
    Timeslices.name: TABLE.c.slices_total - TABLE.c.slices_good,
    RatioTimeslices.name: cast(TABLE.c.slices_total, BigInteger) * RATIO_SCALE - TABLE.c.ratio_sum,
}
"""What was bad before an hour, as the method judges."""
AT_ONCE = 500
"""How many series one query asks about."""


class Prefix(NamedTuple):
    """What was counted before `hour`, by the last row at or before the hour that was asked for."""

    hour: int
    counts: Counts

    def extended(self, method: Method, scope: Scope, hour: int) -> Counts:
        """The counts before a later `hour` up to which nothing was measured."""
        if hour == self.hour:
            return self.counts
        return self.counts.plus(unmeasured(method, scope, self.hour, hour))


def unmeasured(method: Method, scope: Scope, start: int, end: int) -> Counts:
    """The counts of the hours from `start` to before `end`, in which nothing was measured."""
    if method.missing is Missing.IGNORED or end <= start:
        return NOTHING
    return count_unmeasured(method, scope.slices(start * HOUR, end * HOUR, method.slice_minutes))


@dataclass(frozen=True, slots=True)
class Series:
    """The counted hours of one objective under one way of counting. `terms_id` is their key."""

    terms_id: int
    method: Method
    first_minute: int
    scope: Scope = ALWAYS

    def counts_of(self, hour: int, measured: MeasuredHour) -> Counts:
        """The counts of a measured hour."""
        begun, measured = self.first_minute - hour * HOUR, self.scope.applied(hour, measured)
        if begun <= 0 and self.scope.whole:
            return count(self.method, measured, WHOLE_HOUR)
        return count(self.method, measured, Span(begun=max(0, begun), counting=self.scope.mask(hour)))

    def unmeasured(self, start: int, end: int) -> Counts:
        """The counts of hours in which nothing was measured."""
        return unmeasured(self.method, self.scope, start, end)


class CountedHours:
    """The counted hours of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def latest_before(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Prefix]:
        """For each series and hour the last row at or before it; nothing for series that begin later."""
        found: dict[tuple[int, int], Prefix] = {}
        by_hour: dict[int, list[int]] = {}
        for terms_id, hour in wanted:
            by_hour.setdefault(hour, []).append(terms_id)
        for hour, terms_ids in by_hour.items():
            for some in _chunks(terms_ids):
                for row in self._connection.execute(_latest_query(some, hour)).all():
                    found[row[0], hour] = Prefix(row[1], Counts._make(row[2:]))
        return found

    def first_losing(self, terms_id: int, method: Method, lost: int, *, until: int) -> int | None:
        """The first hour up to `until` with a row that says that at least so much was lost before it."""
        query = select(func.min(TABLE.c.hour)).where(
            TABLE.c.terms_id == terms_id, TABLE.c.hour <= until, LOST[method.name] >= lost
        )
        hour: int | None = self._connection.execute(query).scalar()
        return hour

    def between(self, terms_ids: Collection[int], first: int, last: int) -> dict[int, dict[int, Counts]]:
        """Series → hour → counts before it, of the rows from hour `first` to `last`, both included."""
        found: dict[int, dict[int, Counts]] = {}
        for some in _chunks(list(terms_ids)):
            query = (
                select(TABLE.c.terms_id, TABLE.c.hour, *COLUMNS)
                .where(TABLE.c.terms_id.in_(some), TABLE.c.hour.between(first, last))
                .order_by(TABLE.c.terms_id, TABLE.c.hour)
            )
            for row in self._connection.execute(query).all():
                found.setdefault(row[0], {})[row[1]] = Counts._make(row[2:])
        return found

    def gaps(self, terms_id: int, hours: Sequence[int]) -> list[int]:
        """Those of these hours, rising, in which certainly nothing was measured since the series began."""
        if not hours:
            return []
        begin = self.begins([terms_id]).get(terms_id)
        rows = self.between([terms_id], hours[0], hours[-1] + 1).get(terms_id, {})
        return [
            hour
            for hour in hours
            if begin is not None and begin <= hour and not (hour in rows and hour + 1 in rows)
        ]

    def begins(self, terms_ids: Collection[int]) -> dict[int, int]:
        """The first hour of each series that has one."""
        first = select(func.min(TABLE.c.hour)).where(TABLE.c.terms_id == TERMS.c.id).scalar_subquery()
        found: dict[int, int] = {}
        for some in _chunks(list(terms_ids)):
            query = select(TERMS.c.id, first).where(TERMS.c.id.in_(some))
            found |= {key: hour for key, hour in self._connection.execute(query) if hour is not None}
        return found

    def derive(self, changes: Iterable[tuple[Series, Mapping[int, MeasuredHour]]]) -> None:
        """Count anew from the first touched hour on, of each series; hours come as they are now measured."""
        listed = [(series, dict(sorted(hours.items()))) for series, hours in changes if hours]
        if not listed:
            return
        first = min(next(iter(hours)) for _, hours in listed)
        last = max(next(reversed(hours)) for _, hours in listed) + 1
        ids = [series.terms_id for series, _ in listed]
        stored = self.between(ids, first, last)
        before = self.latest_before([(key, first - 1) for key in ids])
        rows: list[tuple[int, ...]] = []
        shifts: list[dict[str, Any]] = []
        for series, hours in listed:
            base = before.get((series.terms_id, first - 1))
            walk = _Walk(series, hours, base, stored.get(series.terms_id, {}))
            rows += [(series.terms_id, hour, self._workspace_id, *counts) for hour, counts in walk.run()]
            shifts += walk.shifts()
        self._shift(shifts)
        upsert(self._connection, TABLE, rows)

    def _shift(self, shifts: list[dict[str, Any]]) -> None:
        """Add what changed to all rows after the touched ones."""
        for shift in shifts:
            added = {name: TABLE.c[name] + shift[name] for name in COUNTS if shift[name]}
            later = and_(TABLE.c.terms_id == shift["terms_id"], TABLE.c.hour > shift["hour"])
            self._connection.execute(update(TABLE).where(later).values(added))


class _Walk:
    """Rewrites the prefixes of one series over the span of its touched hours."""

    def __init__(
        self,
        series: Series,
        hours: Mapping[int, MeasuredHour],
        base: Prefix | None,
        stored: Mapping[int, Counts],
    ) -> None:
        self._series = series
        self._hours = hours
        self._stored = dict(stored)
        self._first = min(hours)
        self._last = max(hours) + 1
        known = [hour for hour in stored if hour <= self._first]
        self._base = Prefix(known[-1], stored[known[-1]]) if known else base
        self._end = NOTHING

    def run(self) -> list[tuple[int, Counts]]:
        """Hour → counts before it, for every row of the span."""
        span = [hour for hour in self._stored if self._first <= hour <= self._last]
        places = sorted({*span, *self._hours, *(hour + 1 for hour in self._hours)})
        counts = self._extended(self._base, self._first)
        rows = [(self._first, counts)]
        for hour, following in pairwise(places):
            counts = counts.plus(self._between(hour, following))
            rows.append((following, counts))
        self._end = counts
        return rows

    def shifts(self) -> list[dict[str, Any]]:
        """What all rows after the span must grow by, if anything."""
        known = [hour for hour in self._stored if hour <= self._last]
        old = Prefix(known[-1], self._stored[known[-1]]) if known else self._base
        delta = self._end.minus(self._extended(old, self._last))
        if not any(delta):
            return []
        terms = {"terms_id": self._series.terms_id, "hour": self._last}
        return [{**terms, **dict(zip(COUNTS, delta, strict=True))}]

    def _between(self, hour: int, following: int) -> Counts:
        """What the hours from one row to the next add."""
        if hour in self._hours:
            measured = self._series.counts_of(hour, self._hours[hour])
            return measured.plus(self._series.unmeasured(hour + 1, following))
        if hour in self._stored and following in self._stored:
            return self._stored[following].minus(self._stored[hour])
        return self._series.unmeasured(hour, following)

    def _extended(self, prefix: Prefix | None, hour: int) -> Counts:
        """The counts before `hour`, from those of the last row before it."""
        return NOTHING if prefix is None else prefix.extended(self._series.method, self._series.scope, hour)


def _latest_query(terms_ids: Sequence[int], hour: int) -> Any:
    latest = (
        select(func.max(TABLE.c.hour))
        .where(TABLE.c.terms_id == TERMS.c.id, TABLE.c.hour <= hour)
        .correlate(TERMS)
        .scalar_subquery()
    )
    return (
        select(TABLE.c.terms_id, TABLE.c.hour, *COLUMNS)
        .select_from(TERMS)
        .join(TABLE, and_(TABLE.c.terms_id == TERMS.c.id, TABLE.c.hour == latest))
        .where(TERMS.c.id.in_(terms_ids))
    )


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[i : i + AT_ONCE] for i in range(0, len(values), AT_ONCE))
