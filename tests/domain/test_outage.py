"""Which minutes outages make bad."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measurement import FULL_HOUR, Measurement
from domain.minutes import HOUR, instant_of, minute_of
from domain.outage import BAD_HOUR, GOOD_HOUR, Outage, bad_minutes, measured_hours
from domain.refusal import Refusal

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST = minute_of(TEN)
SPAN = range(FIRST, FIRST + 180)


def after(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        pytest.param(30, 60, [0], id="its end is exclusive"),
        pytest.param(30, 60.000001, [0, 1], id="a microsecond touches a minute"),
        pytest.param(59.999999, 60, [0], id="the last microsecond"),
        pytest.param(0, 120, [0, 1], id="whole minutes"),
        pytest.param(70, 80, [1], id="inside one minute"),
        pytest.param(70, 70, [], id="of no length"),
        pytest.param(-600, 60, [0], id="cut at the span's start"),
        pytest.param(179 * 60, 900 * 60, [179], id="cut at the span's end"),
        pytest.param(-600, 0, [], id="before the span"),
        pytest.param(180 * 60, 181 * 60, [], id="after the span"),
    ],
)
def test_touched_minutes(start: float, end: float, touched: list[int]) -> None:
    found = bad_minutes([Outage(after(start), after(end))], SPAN)
    assert [minute - FIRST for minutes in found for minute in minutes] == touched


def test_before_1970() -> None:
    outage = Outage(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC), datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    assert outage.minutes() == range(-1, 1)


def test_overlapping_and_adjacent_outages_are_one() -> None:
    outages = [
        Outage(after(start), after(end)) for start, end in [(300, 600), (0, 301), (60, 120), (600, 660)]
    ]
    assert bad_minutes(outages, SPAN) == [range(FIRST, FIRST + 11)]


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Refusal, match=r"ends .* before it starts"):
        Outage(after(1), after(0))


def test_hours_without_a_change_are_shared() -> None:
    hours = dict(measured_hours([Outage(after(3600), after(7200))], SPAN))
    assert list(hours.values()) == [GOOD_HOUR, BAD_HOUR, GOOD_HOUR]
    assert hours[FIRST // HOUR] is GOOD_HOUR
    assert hours[FIRST // HOUR + 1] is BAD_HOUR


def test_an_empty_span_has_no_hours() -> None:
    assert list(measured_hours([], range(FIRST, FIRST))) == []


def test_the_span_may_start_and_end_inside_an_hour() -> None:
    ((_, hour),) = measured_hours([Outage(after(0), after(3600))], range(FIRST + 10, FIRST + 12))
    assert hour.measurements(FIRST) == [Measurement(FIRST + 10, 0, 1), Measurement(FIRST + 11, 0, 1)]
    ((_, last), (_, first)) = measured_hours([], range(FIRST - 1, FIRST + 1))
    assert (last.mask, first.mask) == (1 << 59, 1)
    assert first.mask != FULL_HOUR


seconds = st.integers(-3_000, 14_000)
outages = st.lists(
    st.tuples(seconds, st.one_of(st.integers(0, 90), st.integers(0, 9_000))).map(
        lambda pair: Outage(after(pair[0]), after(pair[0] + pair[1]))
    ),
    max_size=12,
)
spans = st.tuples(st.integers(-30, 200), st.integers(1, 200)).map(
    lambda pair: range(FIRST + pair[0], FIRST + sum(pair))
)


@given(outages, spans)
def test_equal_to_asking_every_minute(outages: list[Outage], span: range) -> None:
    expected = [Measurement(minute, 0 if _down(outages, minute) else 1, 1) for minute in span]
    hours = list(measured_hours(outages, span))
    assert [one for hour, measured in hours for one in measured.measurements(hour * HOUR)] == expected


def _down(outages: list[Outage], minute: int) -> bool:
    start, end = instant_of(minute), instant_of(minute + 1)
    return any(one.start < end and start < one.end and one.start < one.end for one in outages)
