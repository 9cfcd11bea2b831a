"""Windows give the right period for an instant, on every calendar and through every clock change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.window import CalendarUnit, CalendarWindow, Period, RollingWindow

DAY, WEEK, MONTH, QUARTER, YEAR = CalendarUnit


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = [
    pytest.param(
        RollingWindow(days=30), "2026-11-23T09:00:59", "2026-10-24T09:00", "2026-11-23T09:00", id="30 days"
    ),
    pytest.param(
        CalendarWindow(MONTH),
        "2026-11-01T00:00",
        "2026-11-01T00:00",
        "2026-12-01T00:00",
        id="a start belongs to it",
    ),
    pytest.param(
        CalendarWindow(MONTH),
        "2026-10-31T23:59:59",
        "2026-10-01T00:00",
        "2026-11-01T00:00",
        id="an end does not",
    ),
    pytest.param(
        CalendarWindow(MONTH, "Europe/Berlin"),
        "2026-10-31T23:30",
        "2026-10-31T23:00",
        "2026-11-30T23:00",
        id="a month of Berlin begins at its own midnight",
    ),
    pytest.param(
        CalendarWindow(DAY, "Europe/Berlin"),
        "2026-10-25T12:00",
        "2026-10-24T22:00",
        "2026-10-25T23:00",
        id="the night clocks go back has a day of 25 hours",
    ),
    pytest.param(
        CalendarWindow(DAY, "Europe/Berlin"),
        "2026-03-29T12:00",
        "2026-03-28T23:00",
        "2026-03-29T22:00",
        id="the night clocks go forward has a day of 23 hours",
    ),
    pytest.param(
        CalendarWindow(DAY, "Africa/Cairo"),
        "2026-04-24T12:00",
        "2026-04-23T22:00",
        "2026-04-24T21:00",
        id="in Cairo the skipped hour is midnight itself",
    ),
    pytest.param(
        CalendarWindow(DAY, "Pacific/Apia"),
        "2011-12-30T10:00",
        "2011-12-30T10:00",
        "2011-12-31T10:00",
        id="Apia had no 30 December 2011",
    ),
    pytest.param(
        CalendarWindow(DAY, "Australia/Lord_Howe"),
        "2026-10-04T06:00",
        "2026-10-03T13:30",
        "2026-10-04T13:00",
        id="Lord Howe moves its clocks by half an hour",
    ),
    pytest.param(
        CalendarWindow(WEEK, "Asia/Kathmandu"),
        "2026-11-25T00:00",
        "2026-11-22T18:15",
        "2026-11-29T18:15",
        id="a week starts on Monday where nothing is said",
    ),
    pytest.param(
        CalendarWindow(WEEK, "UTC", datetime(2026, 1, 1, 9)),  # noqa: DTZ001
        "2026-11-26T08:59",
        "2026-11-19T09:00",
        "2026-11-26T09:00",
        id="a week starts on the weekday and time of its start",
    ),
    pytest.param(
        CalendarWindow(MONTH, "UTC", datetime(2026, 3, 15, 6, 30)),  # noqa: DTZ001
        "2026-02-15T06:29",
        "2026-01-15T06:30",
        "2026-02-15T06:30",
        id="a month starts on the day and time of its start, also before it",
    ),
    pytest.param(
        CalendarWindow(QUARTER), "2026-11-23T09:00", "2026-10-01T00:00", "2027-01-01T00:00", id="a quarter"
    ),
    pytest.param(
        CalendarWindow(QUARTER, "UTC", datetime(2026, 2, 1)),  # noqa: DTZ001
        "2026-01-31T09:00",
        "2025-11-01T00:00",
        "2026-02-01T00:00",
        id="a quarter of a fiscal year",
    ),
    pytest.param(
        CalendarWindow(YEAR, "UTC", datetime(2020, 7, 1)),  # noqa: DTZ001
        "2026-06-30T23:59",
        "2025-07-01T00:00",
        "2026-07-01T00:00",
        id="a fiscal year",
    ),
]


@pytest.mark.parametrize(("window", "at", "start", "end"), CASES)
def test_the_period_of_an_instant(
    window: RollingWindow | CalendarWindow, at: str, start: str, end: str
) -> None:
    assert window.period(at=utc(at)) == Period(utc(start), utc(end))


zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Africa/Cairo"]
)
instants = st.datetimes(datetime(2011, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(CalendarUnit), zones, instants)
def test_periods_contain_their_instant_and_follow_each_other(
    unit: CalendarUnit, zone: str, at: datetime
) -> None:
    window = CalendarWindow(unit, zone)
    period = window.period(at=at)
    assert period.start <= at < period.end
    assert window.period(at=period.start) == period
    assert window.period(at=period.end).start == period.end
    assert window.period(at=period.start - timedelta(seconds=1)).end == period.start


@given(zones, instants)
def test_a_calendar_day_is_the_local_date(zone: str, at: datetime) -> None:
    period = CalendarWindow(DAY, zone).period(at=at)
    dates: set[date] = {
        (period.start + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)).date()
        for minutes in range(0, int((period.end - period.start).total_seconds() // 60), 30)
    }
    assert dates == {at.astimezone(ZoneInfo(zone)).date()}
