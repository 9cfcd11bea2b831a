"""A wall clock that is only looked at: what a zone's clocks show, quarter of an hour by quarter of an hour.

Independent of how the domain gets from a local time to an instant: nothing here goes that way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
"""All offsets and changes of the zones in use are multiples of it, and so are the times looked for."""
MARGIN = timedelta(days=2)


@dataclass(frozen=True)
class Seen:
    """`instants`: of each date and time of day, when the clocks showed it first, or would have, had they not been
    set ahead; none for a date that they never showed. `changes`: the dates on which they were set.
    """

    instants: dict[tuple[date, time], datetime] = field(default_factory=dict)
    changes: list[date] = field(default_factory=list)


@cache
def watched(zone: str, year: int) -> Seen:
    """The clocks of a zone through a year."""
    seen = Seen()
    skipped: list[tuple[datetime, datetime]] = []
    before = None
    for at, wall in _walk(zone, year):
        if before is not None and wall - before != QUARTER:
            seen.changes.append(wall.date())
            unseen = range(1, (wall - before) // QUARTER)
            skipped += [(before + number * QUARTER, at + (number - 1) * QUARTER) for number in unseen]
        seen.instants.setdefault((wall.date(), wall.time()), at)
        before = wall
    dates = {on for on, _ in seen.instants}
    seen.instants.update(
        {(wall.date(), wall.time()): at for wall, at in skipped if wall.date() in dates},
    )
    return seen


def _walk(zone: str, year: int) -> Iterator[tuple[datetime, datetime]]:
    at, end = datetime(year, 1, 1, tzinfo=UTC) - MARGIN, datetime(year + 1, 1, 1, tzinfo=UTC) + MARGIN
    where = ZoneInfo(zone)
    while at < end:
        yield at, at.astimezone(where).replace(tzinfo=None)
        at += QUARTER
