"""What may be a measurement, and what is said where it may not."""

from datetime import UTC, datetime

import pytest

from domain.measurement import MinuteParser, checked_counts
from domain.minutes import minute_of
from domain.refusal import Refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("good", "total", "said"),
    [
        pytest.param("2", "1", "more than total", id="good over total"),
        pytest.param("-1", "1", "negative", id="negative"),
        pytest.param("1.0", "1", "not a whole number", id="a fraction"),
        pytest.param("1e3", "1000", "not a whole number", id="an exponent"),
        pytest.param("+1", "1", "not a whole number", id="a sign"),
        pytest.param("", "1", "not a whole number", id="nothing"),
        pytest.param("١", "1", "not a whole number", id="digits of another script"),
        pytest.param("0", "1000000000001", "most", id="over 10^12"),
        pytest.param("0", "9" * 5000, "digits", id="thousands of digits"),
    ],
)
def test_counts_that_are_refused(good: str, total: str, said: str) -> None:
    with pytest.raises(Refusal, match=said.replace("^", r"\^")):
        checked_counts(good, total)


def test_the_largest_minute() -> None:
    assert checked_counts("0", "1000000000000") == (0, 10**12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("2026-11-23T12:00:00", "no zone", id="naive"),
        pytest.param("2026-11-23T12:00:01Z", "whole minute", id="seconds"),
        pytest.param("2026-11-23T12:00:00+00:00:30", "whole minute", id="seconds in the zone"),
        pytest.param("2026-11-23T12:06Z", "future", id="more than five minutes ahead"),
        pytest.param("0026-11-23T12:00Z", "check the year", id="a mistyped year"),
        pytest.param("noon", "no time", id="garbled"),
        pytest.param("", "no time", id="nothing"),
    ],
)
def test_starts_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        MinuteParser(NOON).parse(text)


@pytest.mark.parametrize("text", ["2026-11-23T12:05Z", "2026-11-23T13:05:00+01:00", "2026-11-23 12:05+00:00"])
def test_five_minutes_ahead_is_accepted(text: str) -> None:
    assert MinuteParser(NOON).parse(text) == minute_of(NOON) + 5
