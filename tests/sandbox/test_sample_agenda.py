"""What lies around the making of the sandbox, whenever that is: work that was done, work ahead, reviews."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest

from sandbox.sample.agenda import BERLIN, Work, planned_work, reviews
from sandbox.sample.generator import Sample
from sandbox.sample.script import minutes_since_epoch

AGREED = 5  # working days
DAY = timedelta(days=1)
FREE = holidays.country_holidays("DE", subdiv="BE", years=range(2026, 2029))

ORIGINS = [
    pytest.param(start + timedelta(hours=hours), id=f"{start + timedelta(hours=hours):%a %d %b %Y %Hh}")
    for start in (datetime(2026, 12, 21, tzinfo=UTC), datetime(2027, 3, 22, 0, 40, tzinfo=UTC))
    for hours in range(0, 15 * 24, 13)
]


def working_days(since: date, until: date) -> int:
    """Those after `since`, up to `until`."""
    days = (since + DAY * ahead for ahead in range(1, (until - since).days + 1))
    return sum(day.weekday() < 5 and day not in FREE for day in days)


def notice(work: Work) -> int:
    return working_days(*(at.astimezone(BERLIN).date() for at in (work.announced_at, work.start)))


@pytest.mark.parametrize("origin", ORIGINS)
def test_one_was_done_lately_and_announced_in_time(origin: datetime) -> None:
    done = planned_work(origin)[0]
    assert timedelta(0) < origin - done.end < 8 * DAY
    assert notice(done) > AGREED


@pytest.mark.parametrize("origin", ORIGINS)
def test_one_lies_ahead_and_was_announced_in_time(origin: datetime) -> None:
    ahead = planned_work(origin)[1]
    assert 2 * DAY < ahead.start - origin < 11 * DAY
    assert origin - ahead.announced_at > 7 * DAY
    assert notice(ahead) > AGREED


@pytest.mark.parametrize("origin", ORIGINS)
def test_one_lies_ahead_and_was_announced_too_late(origin: datetime) -> None:
    late = planned_work(origin)[2]
    assert DAY < late.start - origin < 4 * DAY
    assert late.announced_at < origin
    assert notice(late) < AGREED


@pytest.mark.parametrize("origin", ORIGINS)
def test_reviews_come_on_working_days_within_two_weeks(origin: datetime) -> None:
    today = origin.astimezone(BERLIN).date()
    assert all(7 <= (day - today).days <= 14 and day.weekday() < 5 for day in reviews(origin).values())


def test_most_requests_fail_while_work_is_done() -> None:
    origin = datetime(2026, 11, 24, 8, tzinfo=UTC)
    done, sample = planned_work(origin)[0], Sample(origin)
    first = minutes_since_epoch(done.start)
    for name in done.objectives:
        during = [sample.minute(name, first + minute) for minute in range(done.minutes)]
        assert sum(one.good for one in during) < 0.2 * sum(one.total for one in during)
        assert sample.minute(name, first - 1).good > 0.9 * sample.minute(name, first - 1).total
