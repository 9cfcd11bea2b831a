"""When an answer is due, and who is asked while it is missing: each step once, in the team's hours."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice

from domain.acknowledgement import Acknowledgement
from domain.calendars import Calendar
from domain.time_limit import LimitUnit, TimeLimit


class Step(StrEnum):
    """Who is asked: the team again at half time and at the end, then its manager, then who arbitrates."""

    HALF = "half"
    END = "end"
    MANAGER = "manager"
    ARBITERS = "slm"


STEPS = tuple(Step)
FAR = timedelta(days=3660)
"""How late an answer is due where a calendar has no working day at all."""


def answer_due(within: TimeLimit, calendar: Calendar, *, at: datetime) -> datetime:
    """Working days end with the team's hours of the last one; days and hours are those of the clock."""
    if within.unit is not LimitUnit.WORKING_DAYS:
        return within.after(at, calendar) or at + FAR
    on = _last_day(within.count, calendar, calendar.local_date(at))
    return at + FAR if on is None else max(calendar.end_of_work(on), at)


def _last_day(count: int, calendar: Calendar, today: date) -> date | None:
    if not count and calendar.works(today):
        return today
    return next(islice(calendar.working_days_after(today), max(count - 1, 0), None), None)


def step_times(one: Acknowledgement, calendar: Calendar) -> tuple[datetime, ...]:
    """When each of `STEPS` is taken, in order."""
    half = calendar.open_from(one.asked_at + (one.due_at - one.asked_at) / 2)
    end = max(half, _in_hours(one.due_at, calendar))
    manager = _next_working_morning(end, calendar)
    return half, end, manager, _next_working_morning(manager, calendar)


def steps_due(one: Acknowledgement, calendar: Calendar, *, at: datetime) -> tuple[Step, ...]:
    """The steps that are to be taken by `at` and were not; at half time nobody is asked once the end has come."""
    times = step_times(one, calendar)
    due = [step for step, time in zip(STEPS, times, strict=True) if time <= at][one.reminded :]
    return tuple(step for step in due if step is not Step.HALF or Step.END not in due)


def steps_passed(one: Acknowledgement, calendar: Calendar, *, at: datetime) -> int:
    """How many of `STEPS` have come by `at`."""
    return sum(time <= at for time in step_times(one, calendar))


def _in_hours(at: datetime, calendar: Calendar) -> datetime:
    """The end of a day's work is still in the hours."""
    on = calendar.local_date(at)
    # Hours over midnight end on the next date.
    days = [day for day in (on, on - timedelta(days=1)) if calendar.works(day)]
    return at if at in map(calendar.end_of_work, days) else calendar.open_from(at)


def _next_working_morning(at: datetime, calendar: Calendar) -> datetime:
    on = next(iter(calendar.working_days_after(calendar.local_date(at))), None)
    return at + FAR if on is None else calendar.start_of_work(on)
