"""Spans against sets of minutes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.minutes import HOUR
from domain.spans import Span, Spans

spans = st.lists(
    st.tuples(st.integers(0, 300), st.integers(-5, 90)).map(lambda one: (one[0], one[0] + one[1])), max_size=8
)
minutes = st.integers(-10, 400)
lengths = st.sampled_from([1, 2, 5, 15, 30, 60])


def minutes_of(spans: list[Span]) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


@given(spans)
def test_they_are_apart_and_in_order(given_spans: list[Span]) -> None:
    kept = list(Spans(given_spans))
    assert minutes_of(kept) == minutes_of(given_spans)
    assert all(end < start for (_, end), (start, _) in pairwise(kept))
    assert Spans(kept) == Spans(given_spans)
    assert hash(Spans(kept)) == hash(Spans(given_spans))


@given(spans, minutes)
def test_minutes_before(given_spans: list[Span], minute: int) -> None:
    naive = sum(one < minute for one in minutes_of(given_spans))
    assert Spans(given_spans).minutes_before(minute) == naive


@given(spans, st.integers(0, 400), lengths)
def test_slices_before(given_spans: list[Span], minute: int, length: int) -> None:
    touched = {one // length for one in minutes_of(given_spans)}
    naive = sum(number * length < minute for number in touched)
    assert Spans(given_spans).slices_before(minute, length) == naive


@given(spans, minutes, minutes)
def test_within(given_spans: list[Span], start: int, end: int) -> None:
    naive = {one for one in minutes_of(given_spans) if start <= one < end}
    assert minutes_of(list(Spans(given_spans).within(start, end))) == naive


@given(spans, st.integers(0, 5))
def test_mask(given_spans: list[Span], hour: int) -> None:
    naive = sum(1 << one % HOUR for one in minutes_of(given_spans) if one // HOUR == hour)
    assert Spans(given_spans).mask(hour) == naive


@given(spans, spans)
def test_without(given_spans: list[Span], others: list[Span]) -> None:
    left = Spans(given_spans).without(Spans(others))
    assert minutes_of(list(left)) == minutes_of(given_spans) - minutes_of(others)
