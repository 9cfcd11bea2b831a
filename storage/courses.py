"""Courses: all that is kept of what was measured of one objective, read at once."""

from sqlalchemy import Connection, func, select

from domain.course import Course, course_of
from domain.measurement import MeasuredHour
from domain.minutes import HOUR
from domain.replay import Recorded
from domain.scope import Scope
from storage.hot import MINUTES, HotMinutes
from storage.measurements import HOURS
from storage.objectives import Kept, Objectives
from storage.packed import unpack_hour
from storage.standings import SEALED


class Courses:
    """The courses of the objectives of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def of(self, name: str, *, until: int) -> Recorded | None:
        """What is recorded of the objective before the minute `until`; None where nothing was ever measured.

        One course for each version of its terms; those that are counted in the same way share it.
        """
        kept = next(one for one in self._objectives.kept() if one.objective.name == name)
        hours = self._hours(kept, until)
        made: dict[tuple[str, Scope], Course] = {}
        courses: list[Course] = []
        for terms, scope in zip(kept.objective.versions, kept.scopes, strict=True):
            key = (terms.method.counting, scope)
            if key not in made:
                course = course_of(terms.method, scope, hours, until=until)
                if course is None:
                    return None
                made[key] = course
            courses.append(made[key])
        return Recorded(
            kept.objective, tuple(courses), kept.objective.watching, kept_since=kept.pruned_until or None
        )

    def newest_minute(self, name: str) -> int | None:
        """The last measured minute of the objective."""
        kept = next(one for one in self._objectives.kept() if one.objective.name == name)
        hot: int | None = self._connection.scalar(
            select(func.max(MINUTES.c.minute)).where(MINUTES.c.objective_id == kept.id)
        )
        if hot is not None:
            return hot
        newest = (
            select(HOURS.c.hour, HOURS.c.packed)
            .where(HOURS.c.objective_id == kept.id)
            .order_by(HOURS.c.hour.desc())
            .limit(1)
        )
        row = self._connection.execute(newest).first()
        return None if row is None else row.hour * HOUR + unpack_hour(row.packed).mask.bit_length() - 1

    def _hours(self, kept: Kept, until: int) -> dict[int, MeasuredHour]:
        query = select(HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id == kept.id, HOURS.c.hour * HOUR < until
        )
        sealed = {hour: unpack_hour(packed) for hour, packed in self._connection.execute(query)}
        return sealed | self._hot(kept, until)

    def _hot(self, kept: Kept, until: int) -> dict[int, MeasuredHour]:
        """The hours that are not sealed."""
        [(sealed_until,)] = SEALED.rows(self._connection, {"workspace": self._workspace_id})
        if until <= sealed_until:
            return {}
        hot = HotMinutes(self._connection, self._workspace_id, [kept.id], since=sealed_until, until=until)
        return hot.hours().get(kept.id, {})
