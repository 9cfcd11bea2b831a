"""Measurements: the newest minutes one by one, the rest sealed by the hour; counted in the same transaction."""

import logging
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from domain.measurement import EMPTY_HOUR, FULL_HOUR, MINUTES_AHEAD, MeasuredHour, Measurement
from domain.method import Missing
from domain.minutes import HOUR, instant_of, minute_of
from domain.refusal import Refusal, did_you_mean
from domain.retention import refuse_late
from domain.scope import Scope, changed_hours
from storage.bulk import upsert
from storage.counted import CountedHours, Series
from storage.layering import Layering, is_layered
from storage.objectives import Kept, Objectives
from storage.packed import pack_hour, unpack_hour
from storage.schema import MeasuredHourRow, MeasuredMinuteRow, ObjectiveRow, WorkspaceRow, table_of
from storage.series import layers_of_series, series_of

MINUTES = table_of(MeasuredMinuteRow)
HOURS = table_of(MeasuredHourRow)
OBJECTIVE = table_of(ObjectiveRow)
WORKSPACE = table_of(WorkspaceRow)
SEAL_AFTER = timedelta(minutes=15)
"""How long after an hour's end its minutes are sealed: stragglers are cheaper before."""

FEW_HOURS = 1_000
"""Fewer are read one by one, more with all others of their objective."""
FINAL = {
    False: "what was counted before stays as it was",
    True: "by its new terms it is counted from then on",
}

log = logging.getLogger(__name__)

Hours = Mapping[int, MeasuredHour]
"""Hours since 1970-01-01T00Z → what is measured of them."""
MinuteRow = tuple[int, int, int, int, int]


class Measurements:
    """What was measured in one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives
        self._counted = CountedHours(connection, workspace_id)
        self._layering = Layering(connection, workspace_id)

    def record(self, measurements: Iterable[tuple[str, Measurement]], *, at: datetime) -> int:
        """Store single minutes, replacing those stored before. Raises `Refusal` for an unknown objective.

        And `MinutesGone`, as `record_hours` does, for an hour whose minutes are no longer kept.
        """
        sealed_until = self._sealed_until() or self.seal(at=at)
        ids = self._objectives.ids()
        hot: list[MinuteRow] = []
        late: dict[int, dict[int, list[Measurement]]] = {}
        for name, measurement in measurements:
            key, (minute, good, total) = ids.get(name) or _unknown(name, ids), measurement
            if minute >= sealed_until:
                hot.append((minute, key, self._workspace_id, good, total))
            else:
                late.setdefault(key, {}).setdefault(minute // HOUR, []).append(measurement)
        upsert(self._connection, MINUTES, hot)
        self._put({key: _as_hours(hours) for key, hours in late.items()})
        return len(hot) + sum(len(minutes) for hours in late.values() for minutes in hours.values())

    def record_hours(self, batch: Mapping[str, Hours], *, at: datetime) -> None:
        """Store whole hours' worth of minutes, replacing minutes stored before."""
        sealed_until = self.seal(at=at)
        ids = self._objectives.ids()
        sealed: dict[int, dict[int, MeasuredHour]] = {}
        hot: list[MinuteRow] = []
        for name, hours in batch.items():
            key = ids.get(name) or _unknown(name, ids)
            sealed[key] = {hour: measured for hour, measured in hours.items() if hour * HOUR < sealed_until}
            for hour, measured in hours.items():
                if hour * HOUR >= sealed_until:
                    minutes = measured.measurements(hour * HOUR)
                    hot += [(minute, key, self._workspace_id, good, total) for minute, good, total in minutes]
        upsert(self._connection, MINUTES, hot)
        self._put(sealed)

    def seal(self, *, at: datetime) -> int:
        """Pack the hours that ended over a quarter of an hour ago; gives the minute from which none is packed."""
        until = minute_of(at - SEAL_AFTER) // HOUR * HOUR
        sealed_until = self._sealed_until()
        if until <= sealed_until:
            return sealed_until
        query = (
            select(MINUTES)
            .where(MINUTES.c.workspace_id == self._workspace_id, MINUTES.c.minute < until)
            .order_by(MINUTES.c.minute)
        )
        found: dict[int, dict[int, list[Measurement]]] = {}
        for row in self._connection.execute(query):
            minute = Measurement(row.minute, row.good, row.total)
            found.setdefault(row.objective_id, {}).setdefault(row.minute // HOUR, []).append(minute)
        self._put({key: _as_hours(hours) for key, hours in found.items()})
        self._connection.execute(
            delete(MINUTES).where(MINUTES.c.workspace_id == self._workspace_id, MINUTES.c.minute < until)
        )
        self._connection.execute(
            update(WORKSPACE).where(WORKSPACE.c.id == self._workspace_id).values(sealed_until=until)
        )
        for kept in filter(is_layered, self._objectives.kept()):
            # Also where nothing was measured: slices may be missing.
            self._layering.follow(kept, range(sealed_until // HOUR, until // HOUR), until)
        return until

    def sealed_hours(
        self, objective_ids: Collection[int], hours: Collection[int]
    ) -> dict[int, dict[int, bytes]]:
        """Objective → hour → its packed minutes, of those of these hours that are sealed."""
        query = select(HOURS.c.objective_id, HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id.in_(objective_ids), HOURS.c.hour.in_(hours)
        )
        found: dict[int, dict[int, bytes]] = {}
        for key, hour, packed in self._connection.execute(query):
            found.setdefault(key, {})[hour] = packed
        return found

    def newest_minute(self, *, at: datetime) -> int | None:
        """The newest measured minute of any objective, at most five minutes ahead of `at`."""
        hot = select(func.max(MINUTES.c.minute)).where(
            MINUTES.c.workspace_id == self._workspace_id, MINUTES.c.minute <= minute_of(at + MINUTES_AHEAD)
        )
        minute: int | None = self._connection.scalar(hot)
        if minute is not None:
            return minute
        last = select(func.max(HOURS.c.hour)).where(HOURS.c.objective_id == OBJECTIVE.c.id).scalar_subquery()
        newest = select(func.max(last)).where(OBJECTIVE.c.workspace_id == self._workspace_id)
        hour: int | None = self._connection.scalar(select(newest.scalar_subquery()))
        if hour is None:
            return None
        packed = select(HOURS.c.packed).where(
            HOURS.c.workspace_id == self._workspace_id, HOURS.c.hour == hour
        )
        masks = [unpack_hour(one).mask for one in self._connection.scalars(packed)]
        return hour * HOUR + max(mask.bit_length() for mask in masks) - 1

    @contextmanager
    def recounted(self) -> Iterator[None]:
        """Counts anew the hours touched by what changes inside: terms, service hours, planned work."""
        self._sealed_until()
        before = {
            terms_id: layers
            for kept in self._objectives.kept()
            for terms_id, layers in zip(kept.counted_as, kept.layers, strict=True)
        }
        yield
        sealed_until = self._objectives.lock()
        for kept in self._objectives.kept():
            if kept.first_minute is not None:
                for series in series_of(kept, kept.first_minute):
                    old, new = before.get(series.terms_id), layers_of_series(kept, series)
                    if old is None or old.agreement != new.agreement:
                        self._count_anew(kept, series, old.agreement if old else None)
                    if new != old and (old or new.others()):
                        self._layering.derive(kept, series, sealed_until)

    def _count_anew(self, kept: Kept, series: Series, before: Scope | None) -> None:
        """Count the hours in which other minutes count than `before`; None are all.

        Those whose minutes are no longer kept stay as they were counted.
        """
        if before is None:
            hours, final = self._all_hours(kept.id), series.first_minute < kept.pruned_until
        else:
            changed = list(changed_hours(before, series.scope, series.first_minute, self._sealed_until()))
            hours = self._hours_among(kept, changed, series)
            final = any(hour * HOUR < kept.pruned_until for hour in changed[:1])
        if final:
            since = f"{instant_of(kept.pruned_until):%Y-%m-%dT%H:%MZ}"
            log.warning(
                "%s: minutes are kept since %s only; %s", kept.objective.name, since, FINAL[before is None]
            )
        self._counted.derive([(series, hours)])

    def _hours_among(self, kept: Kept, wanted: Sequence[int], series: Series) -> dict[int, MeasuredHour]:
        """Those of these hours that add something to the counts, measured or missing, as far as that is known."""
        place = bisect_left(wanted, kept.pruned_until // HOUR)
        final, wanted = wanted[:place], wanted[place:]
        if len(wanted) < FEW_HOURS:
            packed = self.sealed_hours([kept.id], wanted).get(kept.id, {})
            stored = {hour: unpack_hour(one) for hour, one in packed.items()}
        else:
            stored = self._all_hours(kept.id)
        if series.method.missing is Missing.IGNORED:
            return {hour: stored[hour] for hour in wanted if hour in stored}
        gaps = self._counted.gaps(series.terms_id, final)
        return dict.fromkeys(gaps, EMPTY_HOUR) | {hour: stored.get(hour, EMPTY_HOUR) for hour in wanted}

    def _all_hours(self, objective_id: int) -> dict[int, MeasuredHour]:
        query = select(HOURS.c.hour, HOURS.c.packed).where(HOURS.c.objective_id == objective_id)
        return {hour: unpack_hour(packed) for hour, packed in self._connection.execute(query)}

    def _put(self, changes: Mapping[int, Hours]) -> None:
        """Merge hours into the sealed ones, and count them."""
        changes = {key: hours for key, hours in changes.items() if hours}
        if not changes:
            return
        kept = {one.id: one for one in self._objectives.locked(changes)}
        for key, hours in changes.items():
            refuse_late(kept[key].objective.name, min(hours), kept[key].pruned_until)
        stored = self._stored_in_span(changes)
        firsts: dict[int, int] = {}
        rows: list[tuple[int, int, int, bytes]] = []
        counting: list[tuple[Series, Hours]] = []
        for key, hours in changes.items():
            merged = {hour: _merged(stored.get((key, hour)), new) for hour, new in hours.items()}
            rows += [
                (key, hour, self._workspace_id, pack_hour(measured)) for hour, measured in merged.items()
            ]
            first = _first_minute(merged)
            old = kept[key].first_minute
            if old is None or first < old:
                firsts[key] = first
                merged |= self._hour_of(key, old, merged)
            counting += [(series, merged) for series in series_of(kept[key], firsts.get(key, old or first))]
        upsert(self._connection, HOURS, rows)
        self._objectives.set_first_minutes(firsts)
        self._counted.derive(counting)
        for key, hours in changes.items():
            if is_layered(kept[key]):
                self._layering.follow(kept[key], hours, self._sealed_until(), first=firsts.get(key))

    def _stored_in_span(self, changes: Mapping[int, Hours]) -> dict[tuple[int, int], bytes]:
        first = min(min(hours) for hours in changes.values())
        last = max(max(hours) for hours in changes.values())
        query = select(HOURS.c.objective_id, HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id.in_(changes.keys()), HOURS.c.hour.between(first, last)
        )
        return {
            (key, hour): packed
            for key, hour, packed in self._connection.execute(query)
            if hour in changes[key]
        }

    def _hour_of(self, key: int, minute: int | None, known: Hours) -> Hours:
        """The sealed hour of the minute that was the first until now: slices before it are now missing ones."""
        if minute is None or minute // HOUR in known:
            return {}
        packed = self.sealed_hours([key], [minute // HOUR])[key][minute // HOUR]
        return {minute // HOUR: unpack_hour(packed)}

    def _sealed_until(self) -> int:
        """The minute before which hours are sealed; no one else takes anything in until the transaction ends.

        Whoever takes in may come to change the workspace's row, so that a lock that several may hold would
        leave them waiting for each other.
        """
        return self._objectives.lock()


def _unknown(name: str, known: Collection[str]) -> int:
    raise Refusal(f"There is no objective called `{name[:80]}`.{did_you_mean(name, known)}")


def _as_hours(minutes: Mapping[int, list[Measurement]]) -> dict[int, MeasuredHour]:
    return {hour: EMPTY_HOUR.with_minutes(measurements) for hour, measurements in minutes.items()}


def _merged(packed: bytes | None, new: MeasuredHour) -> MeasuredHour:
    if packed is None or new.mask == FULL_HOUR:
        return new
    return unpack_hour(packed).with_minutes(new.measurements(0))


def _first_minute(hours: Hours) -> int:
    hour = min(hours)
    lowest = hours[hour].mask & -hours[hour].mask
    return hour * HOUR + lowest.bit_length() - 1
