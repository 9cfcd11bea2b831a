"""Time limits, in working days and others."""

from datetime import UTC, date, datetime

import pytest

from domain.calendars import Calendar, office_calendar
from domain.time_limit import LimitUnit, TimeLimit, working_days_ahead

BERLIN = office_calendar("Europe/Berlin")
HOLIDAYS = Calendar("berlin", "Europe/Berlin", holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))
NEVER = Calendar("never", "UTC", ((),) * 7)
MONDAY_TEN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def days(count: int) -> TimeLimit:
    return TimeLimit(count, LimitUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("limit", "calendar", "at", "then"),
    [
        pytest.param(days(5), BERLIN, "2026-11-23T09:00", "2026-11-30T09:00", id="a week, over a weekend"),
        pytest.param(days(1), BERLIN, "2026-11-28T22:30", "2026-11-30T22:30", id="from a Saturday"),
        pytest.param(days(0), BERLIN, "2026-11-28T22:30", "2026-11-28T22:30", id="none"),
        pytest.param(days(2), HOLIDAYS, "2026-12-23T09:00", "2026-12-29T09:00", id="over holidays"),
        pytest.param(
            days(3), BERLIN, "2026-10-22T08:00", "2026-10-27T09:00", id="the same time by the clocks"
        ),
        pytest.param(days(1), NEVER, "2026-11-23T09:00", None, id="no working day ever comes"),
        pytest.param(TimeLimit(5), BERLIN, "2026-11-23T09:00", "2026-11-28T09:00", id="calendar days"),
        pytest.param(
            TimeLimit(36, LimitUnit.HOURS), BERLIN, "2026-10-24T09:00", "2026-10-25T21:00", id="hours"
        ),
    ],
)
def test_after(limit: TimeLimit, calendar: Calendar, at: str, then: str | None) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(then).replace(tzinfo=UTC) if then else None
    assert limit.after(start, calendar) == expected


@pytest.mark.parametrize(
    ("start", "ahead"),
    [
        pytest.param(datetime(2026, 12, 6, 1, tzinfo=UTC), 9, id="a Sunday two weeks later"),
        pytest.param(datetime(2026, 11, 24, 8, tzinfo=UTC), 0, id="23 hours later"),
        pytest.param(datetime(2026, 11, 24, 9, tzinfo=UTC), 1, id="a day later"),
        pytest.param(datetime(2026, 11, 20, tzinfo=UTC), 0, id="before"),
    ],
)
def test_working_days_ahead(start: datetime, ahead: int) -> None:
    assert working_days_ahead(MONDAY_TEN, start, BERLIN) == ahead
    satisfied = days(ahead).after(MONDAY_TEN, BERLIN)
    assert satisfied is not None
    assert satisfied <= max(start, MONDAY_TEN)


def test_words() -> None:
    assert [str(TimeLimit(5, unit)) for unit in LimitUnit] == ["5wd", "5d", "5h"]
