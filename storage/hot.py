"""The newest minutes, which are not sealed yet, as sums and by the hour."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select

from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.minutes import HOUR
from storage.direct import Direct
from storage.schema import MeasuredMinuteRow, table_of

MINUTES = table_of(MeasuredMinuteRow)
MOST_SEEKS = 150
"""Up to so many minutes each is sought by itself: a scan would read those of all other objectives too."""
SPARSE = 8
"""Where fewer than one in so many of the keys between the lowest and the highest are wanted, each is sought."""
HotHours = dict[int, MeasuredHour]
Events = tuple[int, int, int]
"""Good events, all events and measured minutes of a span: what Occurrences needs of it."""
NO_EVENTS: Events = (0, 0, 0)

BY_MINUTE = select(MINUTES.c.objective_id, MINUTES.c.minute, MINUTES.c.good, MINUTES.c.total)
FIRSTS = select(MINUTES.c.objective_id, func.min(MINUTES.c.minute)).group_by(MINUTES.c.objective_id)
SUMS = select(
    MINUTES.c.objective_id, func.sum(MINUTES.c.good), func.sum(MINUTES.c.total), func.count()
).group_by(MINUTES.c.objective_id)


class HotMinutes:
    """The minutes of these objectives of a workspace from `since` to before `until`."""

    def __init__(
        self, connection: Connection, workspace_id: int, ids: Sequence[int], *, since: int, until: int
    ) -> None:
        self._connection = connection
        self._wanted = {"workspace": workspace_id, "lowest": min(ids), "highest": max(ids), "keys": ids}
        self._dense = max(ids) - min(ids) < SPARSE * len(ids)
        self._since = since
        self._until = until

    def sums(self, edges: Sequence[int]) -> dict[int, dict[int, Events]]:
        """Edge → objective → what was measured before the edge. `edges` are minutes after the first, rising."""
        found: dict[int, dict[int, Events]] = {}
        before: dict[int, Events] = {}
        for since, until in pairwise([self._since, *edges]):
            found[until] = summed = dict(before)
            for key, good, total, measured in self._read(SUMS, since, until):
                old = before.get(key, NO_EVENTS)
                # PostgreSQL's sums of large integers come as decimals.
                summed[key] = (old[0] + int(good), old[1] + int(total), old[2] + measured)
            before = summed
        return found

    def first_minutes(self) -> dict[int, int]:
        """Objective → its first minute."""
        return dict(self._read(FIRSTS, self._since, self._until))

    def hours(self) -> dict[int, HotHours]:
        """Objective → hour → its minutes."""
        found: dict[int, dict[int, list[Measurement]]] = {}
        for key, minute, good, total in self._read(BY_MINUTE, self._since, self._until):
            hours = found.setdefault(key, {})
            hours.setdefault(minute // HOUR, []).append(Measurement(minute, good, total))
        return {
            key: {hour: EMPTY_HOUR.with_minutes(minutes) for hour, minutes in hours.items()}
            for key, hours in found.items()
        }

    def _read(self, query: Select[Any], since: int, until: int) -> Sequence[Any]:
        if until <= since:
            return []
        few = until - since <= MOST_SEEKS
        minutes = {"minutes": range(since, until)} if few else {"since": since, "last": until - 1}
        names = ("lowest", "highest") if self._dense else ("keys",)
        wanted = {name: self._wanted[name] for name in ("workspace", *names)}
        statement = _among(query, few=few, dense=self._dense)
        return statement.rows(self._connection, {**minutes, **wanted})


@cache
def _among(query: Select[Any], *, few: bool, dense: bool) -> Direct:
    """The query about some minutes of some objectives. Made once: that takes longer than to answer it."""
    minute, key = MINUTES.c.minute, MINUTES.c.objective_id
    minutes: ColumnElement[bool] = (
        minute.in_(bindparam("minutes", expanding=True))
        if few
        else minute.between(bindparam("since"), bindparam("last"))
    )
    objectives: ColumnElement[bool] = (
        key.between(bindparam("lowest"), bindparam("highest"))
        if dense
        else key.in_(bindparam("keys", expanding=True))
    )
    return Direct(query.where(and_(minutes, objectives, MINUTES.c.workspace_id == bindparam("workspace"))))


def first_minute(hours: HotHours) -> int:
    """The first measured minute of these hours, each of which has one."""
    hour = min(hours)
    mask = hours[hour].mask
    return hour * HOUR + (mask & -mask).bit_length() - 1
