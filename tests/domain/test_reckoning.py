"""Where the minutes of a period went, counted one by one."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar
from domain.counts import NOTHING
from domain.method import Occurrences
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.reckoning import minutes_of, reckon
from domain.scope import Scope
from domain.spans import Spans
from domain.standing import BURN_WINDOWS, Figures, Standing, stand
from domain.window import CalendarUnit, CalendarWindow, Period

MONDAY = minute_of(datetime(2026, 11, 23, tzinfo=UTC))
WEEK = CalendarWindow(CalendarUnit.WEEK)
OFFICE = Calendar("office", "Europe/Berlin")

spans = st.lists(st.tuples(st.integers(-100, 4 * DAY), st.integers(1, DAY)), max_size=3)
firsts = st.one_of(st.none(), st.integers(-DAY, 4 * DAY))


def stood(first: int | None, passed: int, hours: Calendar | None, work: list[tuple[int, int]]) -> Standing:
    terms = Terms(Fraction(99, 100), WEEK, Occurrences(), Indicator("sli"))
    at = instant_of(MONDAY + passed)
    excluded = Spans((MONDAY + start, MONDAY + start + length) for start, length in work)
    counts = NOTHING._replace(measured=5)
    figures = Figures(counts, dict.fromkeys(BURN_WINDOWS, NOTHING), None if first is None else MONDAY + first)
    objective = Objective("checkout", "shop", (terms,))
    return stand(objective, terms, WEEK.period(at=at), figures, at=at, scope=Scope(hours, excluded))


def is_open(minute: int) -> bool:
    local = instant_of(minute) + timedelta(hours=1)
    return local.weekday() < 5 and 9 <= local.hour < 17


@given(firsts, st.integers(1, 4 * DAY), st.booleans(), spans)
def test_every_minute_is_somewhere(
    first: int | None, passed: int, office: bool, work: list[tuple[int, int]]
) -> None:
    reckoning = reckon(stood(first, passed, OFFICE if office else None, work))
    begun = range(MONDAY + (passed if first is None else min(max(first, 0), passed)), MONDAY + passed)
    opened = [minute for minute in begun if not office or is_open(minute)]
    excluded = [minute for minute in opened if is_excluded(minute, work)]
    assert reckoning.elapsed == passed
    assert reckoning.not_begun == passed - len(begun)
    assert reckoning.outside_hours == len(begun) - len(opened)
    assert reckoning.excluded == len(excluded)
    assert reckoning.countable == len(opened) - len(excluded)
    assert reckoning.measured == 5


@given(firsts, st.integers(1, 4 * DAY), spans)
def test_the_minutes_of_a_work_are_those_of_the_service_hours(
    first: int | None, passed: int, work: list[tuple[int, int]]
) -> None:
    standing = stood(first, passed, OFFICE, work)
    begun = range(MONDAY + (passed if first is None else min(max(first, 0), passed)), MONDAY + passed)
    for start, length in work:
        occurrence = Period(instant_of(MONDAY + start), instant_of(MONDAY + start + length))
        expected = [minute for minute in begun if is_open(minute) and is_excluded(minute, [(start, length)])]
        assert minutes_of(occurrence, standing) == len(expected)


def test_a_minute_that_is_touched_is_excluded_whole() -> None:
    standing = stood(0, DAY, None, [])
    start = instant_of(MONDAY + HOUR)
    touched = Period(start + timedelta(seconds=30), start + timedelta(minutes=1, seconds=1))
    assert minutes_of(touched, standing) == 2


def is_excluded(minute: int, work: list[tuple[int, int]]) -> bool:
    return any(MONDAY + start <= minute < MONDAY + start + length for start, length in work)
