"""Calendars: the days and hours of a team's work or of a service, with their holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.minutes import DAY, instant_of, minute_of
from domain.spans import Span, Spans

Hours = tuple[Span, ...]
"""Of a day, in minutes from its midnight by the wall clock; over midnight where the end is more than a day's."""

FREE: Hours = ()
OFFICE_HOURS: Hours = ((9 * 60, 17 * 60),)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and hours by the clocks of `timezone`; `hours` are those of each weekday, Monday first.

    `holidays` are all free days: those of `country` (and `subdivision`), which only say where they come
    from, and those named one by one.
    """

    name: str
    timezone: str = "UTC"
    hours: tuple[Hours, ...] = (OFFICE_HOURS,) * 5 + (FREE,) * 2
    holidays: frozenset[date] = frozenset()
    country: str | None = None
    subdivision: str | None = None

    def works(self, on: date) -> bool:
        """Whether `on` is a working day."""
        return bool(self.hours[on.weekday()]) and on not in self.holidays

    def local_date(self, at: datetime) -> date:
        """The date of `at` on the calendar's clocks."""
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def end_of_work(self, on: date) -> datetime:
        """When the work of the working day `on` ends (UTC)."""
        return self._instant(on, self.hours[on.weekday()][-1][1])

    def start_of_work(self, on: date) -> datetime:
        """When the work of the working day `on` begins (UTC)."""
        return self._instant(on, self.hours[on.weekday()][0][0])

    def open_from(self, at: datetime) -> datetime:
        """`at`, where the calendar is open then; else the next instant at which it opens, `at` where it never does."""
        minute = minute_of(at)
        for year in range(at.year, at.year + 3):
            after = next((span for span in self.open_in(year) if minute < span[1]), None)
            if after:
                return at if after[0] <= minute else instant_of(after[0])
        return at

    def working_days_after(self, on: date) -> Iterator[date]:
        """The working days that follow `on`; none where the calendar has none."""
        day = on
        while any(self.hours) and day < date.max - timedelta(days=1):
            day += timedelta(days=1)
            if self.works(day):
                yield day

    def open_in(self, year: int) -> Spans:
        """The open minutes of a year (UTC)."""
        return _open_in(self, year)

    def _instant(self, on: date, minutes: int) -> datetime:
        """So many minutes by the wall clock after the midnight of `on`."""
        days, rest = divmod(minutes, DAY)
        wall = datetime.combine(on + timedelta(days=days), time(rest // 60, rest % 60))
        return wall.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)

    def span_of(self, on: date, hours: Span) -> Span:
        """Hours of the date `on` as minutes."""
        return minute_of(self._instant(on, hours[0])), minute_of(self._instant(on, hours[1]))


def office_calendar(timezone: str) -> Calendar:
    """Monday to Friday, 09:00–17:00: of whoever names no calendar."""
    return Calendar("", timezone)


def year_span(year: int) -> Span:
    """The minutes of a year (UTC)."""
    return minute_of(datetime(year, 1, 1, tzinfo=UTC)), minute_of(datetime(year + 1, 1, 1, tzinfo=UTC))


@lru_cache(maxsize=256)
def _open_in(calendar: Calendar, year: int) -> Spans:
    start, end = year_span(year)
    first = date(year, 1, 1) - timedelta(days=3)
    spans = [
        calendar.span_of(on, hours)
        for on in (first + timedelta(days=offset) for offset in range(372))
        if on not in calendar.holidays
        for hours in calendar.hours[on.weekday()]
    ]
    return Spans((max(start, since), min(end, until)) for since, until in spans)
