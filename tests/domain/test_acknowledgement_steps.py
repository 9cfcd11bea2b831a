"""When an answer is due, and who is asked while it is missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acknowledgement import Acknowledgement, Because
from domain.acknowledgement_steps import STEPS, Step, answer_due, step_times, steps_due
from domain.calendars import FREE, Calendar, office_calendar
from domain.time_limit import LimitUnit, TimeLimit

BERLIN = "Europe/Berlin"
OFFICE = office_calendar(BERLIN)
NIGHTS = Calendar("nights", BERLIN, (((22 * 60, 30 * 60),),) * 5 + (FREE,) * 2)
NEVER = Calendar("never", BERLIN, (FREE,) * 7)
# Hypothesis takes its bounds without a zone.
ANY_TIME = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
FIVE = TimeLimit(5, LimitUnit.WORKING_DAYS)


def berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def asked(at: datetime, calendar: Calendar, within: TimeLimit = FIVE) -> Acknowledgement:
    due = answer_due(within, calendar, at=at)
    return Acknowledgement("checkout", "payments", 1, "", Because.NEW, at, due, at)


@pytest.mark.parametrize(
    ("within", "at", "due"),
    [
        pytest.param(FIVE, berlin(11, 23, 9), berlin(11, 30, 17), id="five working days end with the fifth"),
        pytest.param(
            FIVE, berlin(11, 21, 9), berlin(11, 27, 17), id="the starting day is not counted, nor is Sunday"
        ),
        pytest.param(
            TimeLimit(0, LimitUnit.WORKING_DAYS), berlin(11, 23, 9), berlin(11, 23, 17), id="none is today"
        ),
        pytest.param(
            TimeLimit(0, LimitUnit.WORKING_DAYS), berlin(11, 21, 9), berlin(11, 23, 17), id="or the next one"
        ),
        pytest.param(
            TimeLimit(5), berlin(11, 23, 9, 12), berlin(11, 28, 9, 12), id="calendar days by the clock"
        ),
        pytest.param(
            TimeLimit(3, LimitUnit.DAYS),
            berlin(10, 24, 9),
            berlin(10, 27, 9),
            id="at the same time after the clocks change",
        ),
        pytest.param(
            TimeLimit(12, LimitUnit.HOURS), berlin(10, 24, 20), berlin(10, 25, 7), id="hours that pass"
        ),
    ],
)
def test_when_an_answer_is_due(within: TimeLimit, at: datetime, due: datetime) -> None:
    assert answer_due(within, OFFICE, at=at) == due


def test_a_calendar_without_a_working_day_makes_it_due_in_ten_years() -> None:
    at = berlin(11, 23, 9)
    assert answer_due(FIVE, NEVER, at=at) == at + timedelta(days=3660)
    assert steps_due(asked(at, NEVER), NEVER, at=at + timedelta(days=365)) == ()


def test_the_team_is_asked_again_then_its_manager_then_who_arbitrates() -> None:
    times = step_times(asked(berlin(11, 23, 9), OFFICE), OFFICE)
    assert times == (
        berlin(11, 27, 9),  # half of the way is Friday at one o'clock in the night
        berlin(11, 30, 17),
        berlin(12, 1, 9),
        berlin(12, 2, 9),
    )


def test_who_works_at_night_is_asked_at_night() -> None:
    times = step_times(asked(berlin(11, 23, 9), NIGHTS), NIGHTS)
    assert times == (berlin(11, 27, 22), berlin(12, 1, 6), berlin(12, 2, 22), berlin(12, 3, 22))


def test_what_is_due_on_a_free_day_is_asked_for_on_the_next_working_one() -> None:
    times = step_times(asked(berlin(11, 23, 9), OFFICE, TimeLimit(5)), OFFICE)
    assert times == (berlin(11, 26, 9), berlin(11, 30, 9), berlin(12, 1, 9), berlin(12, 2, 9))


def test_each_step_is_due_once() -> None:
    one = asked(berlin(11, 23, 9), OFFICE)
    assert steps_due(one, OFFICE, at=berlin(11, 27, 8, 59)) == ()
    assert steps_due(one, OFFICE, at=berlin(11, 27, 9)) == (Step.HALF,)
    assert steps_due(replace(one, reminded=1), OFFICE, at=berlin(11, 30, 16, 59)) == ()
    assert steps_due(replace(one, reminded=1), OFFICE, at=berlin(11, 30, 17)) == (Step.END,)
    assert steps_due(replace(one, reminded=3), OFFICE, at=berlin(12, 9, 9)) == (Step.ARBITERS,)
    assert steps_due(replace(one, reminded=4), OFFICE, at=berlin(12, 9, 9)) == ()


def test_after_a_long_sleep_nobody_is_told_of_half_time() -> None:
    one = asked(berlin(11, 23, 9), OFFICE)
    assert steps_due(one, OFFICE, at=berlin(12, 9, 9)) == (Step.END, Step.MANAGER, Step.ARBITERS)


@given(
    ANY_TIME,
    st.sampled_from(
        [
            FIVE,
            TimeLimit(1),
            TimeLimit(9),
            TimeLimit(0),
            TimeLimit(1, LimitUnit.WORKING_DAYS),
            TimeLimit(30, LimitUnit.HOURS),
        ]
    ),
    st.sampled_from([OFFICE, NIGHTS, office_calendar("Asia/Kathmandu")]),
)
def test_the_steps_follow_one_another_in_the_teams_hours(
    at: datetime, within: TimeLimit, calendar: Calendar
) -> None:
    one = asked(at, calendar, within)
    times = step_times(one, calendar)
    assert list(times) == sorted(times)
    assert len(times) == len(STEPS)
    assert times[1] >= one.due_at
    for time in times:
        assert calendar.open_from(time) == time or calendar.open_from(time - timedelta(minutes=1)) < time
