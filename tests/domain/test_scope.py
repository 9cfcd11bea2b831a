"""Which minutes count, against a naive reader of calendars and exclusions."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.scope import ALWAYS, Scope, changed_hours
from domain.spans import Span, Spans

NEW_YEAR = minute_of(datetime(2027, 1, 1, tzinfo=UTC))
BERLIN = Calendar(
    "berlin",
    "Europe/Berlin",
    (((480, 1080),),) * 4 + (((480, 720), (780, 1500)), (), ((0, 1440),)),
    frozenset({date(2026, 12, 31), date(2027, 1, 1)}),
)
"""Mondays to Thursdays 8 to 18, Fridays 8 to 12 and 13 to 1 the next morning, Sundays all day."""


def opened(minute: int) -> bool:
    """Whether BERLIN is open, as its words say it."""
    local = instant_of(minute).astimezone(ZoneInfo("Europe/Berlin"))
    passed = local.hour * HOUR + local.minute
    if local.weekday() == 5:
        return passed < HOUR and (local.date().month, local.date().day) != (1, 2)
    if local.date() in BERLIN.holidays:
        return False
    if local.weekday() == 4:
        return 480 <= passed < 720 or passed >= 780
    return local.weekday() == 6 or 480 <= passed < 1080


around_new_year = st.integers(NEW_YEAR - 9 * DAY, NEW_YEAR + 9 * DAY)
excluded = st.lists(
    st.tuples(around_new_year, st.integers(1, 3 * DAY)).map(lambda one: (one[0], one[0] + one[1])), max_size=5
)


@given(excluded, around_new_year, st.integers(-10, 3 * DAY), st.booleans(), st.sampled_from([1, 15, 60]))
def test_minutes_slices_and_masks(
    spans: list[Span], start: int, length: int, round_the_clock: bool, slice_minutes: int
) -> None:
    scope = Scope(None if round_the_clock else BERLIN, Spans(spans))
    out = {minute for since, until in spans for minute in range(since, until)}
    hours = {minute for minute in range(start, start + length) if round_the_clock or opened(minute)}
    assert scope.minutes(start, start + length) == len(hours - out)
    assert scope.excluded_minutes(start, start + length) == len(hours & out)
    runs = [minute for since, until in scope.runs(start, start + length) for minute in range(since, until)]
    assert runs == sorted(hours - out)
    aligned = range(-(-start // slice_minutes), -(-(start + length) // slice_minutes))
    slices = [
        number
        for number in aligned
        if any(
            minute not in out and (round_the_clock or opened(minute))
            for minute in range(number * slice_minutes, (number + 1) * slice_minutes)
        )
    ]
    assert scope.slices(start, start + length, slice_minutes) == len(slices)
    hour = start // HOUR
    naive = sum(
        1 << place
        for place in range(HOUR)
        if hour * HOUR + place not in out and (round_the_clock or opened(hour * HOUR + place))
    )
    assert scope.mask(hour) == naive


@given(excluded, excluded, st.booleans())
def test_changed_hours(before: list[Span], after: list[Span], reopened: bool) -> None:
    old, new = Scope(None, Spans(before)), Scope(BERLIN if reopened else None, Spans(after))
    start, end = NEW_YEAR - 3 * DAY, NEW_YEAR + 3 * DAY
    naive = [hour for hour in range(start // HOUR, end // HOUR) if old.mask(hour) != new.mask(hour)]
    assert list(changed_hours(old, new, start, end)) == naive


@pytest.mark.parametrize(
    ("on", "minutes"),
    [
        pytest.param(date(2026, 3, 29), 23 * HOUR, id="the clocks skip an hour"),
        pytest.param(date(2026, 10, 25), 25 * HOUR, id="the clocks repeat an hour"),
        pytest.param(date(2026, 11, 23), 24 * HOUR, id="an ordinary day"),
    ],
)
def test_a_whole_day_is_as_long_as_its_clocks_make_it(on: date, minutes: int) -> None:
    calendar = Calendar("always", "Europe/Berlin", (((0, DAY),),) * 7)
    since, until = calendar.span_of(on, (0, DAY))
    assert until - since == minutes
    assert Scope(calendar).minutes(since, until) == minutes
    assert Scope(calendar).minutes(since - DAY, until + DAY) == minutes + 2 * DAY


def test_round_the_clock() -> None:
    assert ALWAYS.whole
    assert ALWAYS.minutes(10, 20) == 10
    assert ALWAYS.minutes(20, 10) == 0
    assert ALWAYS.slices(1, 16, 5) == 3
