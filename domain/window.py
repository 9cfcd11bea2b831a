"""Windows, and the periods that they give for an instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.minutes import DAY, minute_of


@dataclass(frozen=True, slots=True)
class Period:
    """The half-open span [start, end), both aware and in UTC."""

    start: datetime
    end: datetime

    @property
    def start_minute(self) -> int:
        """The first minute of the period."""
        return minute_of(self.start)

    @property
    def end_minute(self) -> int:
        """The first minute after the period."""
        return minute_of(self.end)


@dataclass(frozen=True, slots=True)
class RollingWindow:
    """The last so many days (and minutes, for windows that are no whole days)."""

    days: int = 0
    minutes: int = 0

    @property
    def length(self) -> int:
        """Length in minutes."""
        return self.days * DAY + self.minutes

    def period(self, *, at: datetime) -> Period:
        """The span of the window's length that ends at `at`, at whole minutes."""
        end = at.astimezone(UTC).replace(second=0, microsecond=0)
        return Period(end - timedelta(minutes=self.length), end)


class CalendarUnit(StrEnum):
    """What a calendar window is as long as."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {CalendarUnit.MONTH: 1, CalendarUnit.QUARTER: 3, CalendarUnit.YEAR: 12}
# 1 January 2024 was a Monday: weeks start on Mondays where nothing else is said.
FIRST_START = datetime(2024, 1, 1)  # noqa: DTZ001 -- wall-clock time in the window's own zone


@dataclass(frozen=True, slots=True)
class CalendarWindow:
    """A day, week, month, quarter or year on the calendar of an IANA zone.

    `starts` is any start of such a period, as wall-clock time in `zone` (naive): periods before and after
    it start at the same time of day, weekday, day of the month or date. Its day is at most 28 where a
    month is counted.
    """

    unit: CalendarUnit
    zone: str = "UTC"
    starts: datetime = FIRST_START

    def period(self, *, at: datetime) -> Period:
        """The period that `at` lies in; its length is what the clocks of the zone make it."""
        starts = self._starts_around(at)
        start = next(starts)
        for end in starts:
            if at < end:
                return Period(start, end)
            start = end
        raise AssertionError("the periods around an instant contain it")

    def _starts_around(self, at: datetime) -> Iterator[datetime]:
        """Starts of consecutive periods, the first not after `at` and the last after it."""
        zone = ZoneInfo(self.zone)
        step = self._steps_until(at.astimezone(zone).date())
        for offset in range(-2, 3):
            local = datetime.combine(self._start_date(step + offset), self.starts.time(), zone)
            yield local.astimezone(UTC)

    def _steps_until(self, on: date) -> int:
        first = self.starts.date()
        if self.unit in MONTHS:
            months = (on.year - first.year) * 12 + on.month - first.month
            return months // MONTHS[self.unit]
        return (on - first).days // self._days

    def _start_date(self, step: int) -> date:
        first = self.starts.date()
        if self.unit in MONTHS:
            months = first.year * 12 + first.month - 1 + step * MONTHS[self.unit]
            return first.replace(year=months // 12, month=months % 12 + 1)
        return first + timedelta(days=step * self._days)

    @property
    def _days(self) -> int:
        return 7 if self.unit is CalendarUnit.WEEK else 1


Window = RollingWindow | CalendarWindow
