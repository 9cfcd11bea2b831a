"""Time limits of agreements: so many working days, days or hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from domain.calendars import Calendar


class LimitUnit(StrEnum):
    """What a time limit is counted in, as definitions write it."""

    WORKING_DAYS = "wd"
    DAYS = "d"
    HOURS = "h"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """ "5wd", "5d" or "12h"."""

    count: int
    unit: LimitUnit = LimitUnit.DAYS

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def after(self, at: datetime, calendar: Calendar) -> datetime | None:
        """`at`, so much later, at the same time of day where days are counted; None where no working day comes."""
        zone = ZoneInfo(calendar.timezone)
        local = at.astimezone(zone)
        if self.unit is LimitUnit.HOURS:
            return at + timedelta(hours=self.count)
        if self.unit is LimitUnit.DAYS or not self.count:
            on: date | None = local.date() + timedelta(days=self.count)
        else:
            following = calendar.working_days_after(local.date())
            on = next(islice(following, self.count - 1, None), None)
        return None if on is None else datetime.combine(on, local.time(), zone).astimezone(UTC)


def working_days_ahead(announced: datetime, start: datetime, calendar: Calendar) -> int:
    """How many working days ahead of `start` something was announced: the largest notice that it satisfies."""
    days = 0
    zone = ZoneInfo(calendar.timezone)
    time = announced.astimezone(zone).time()
    for on in calendar.working_days_after(calendar.local_date(announced)):
        if datetime.combine(on, time, zone) > start:
            break
        days += 1
    return days
