"""An hour's counts, against a naive recount."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.counting import Span, count, count_unmeasured
from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.measurement import EMPTY_HOUR, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from tests.oracle import recount

methods: st.SearchStrategy[Method] = st.one_of(
    st.just(Occurrences()),
    st.builds(
        Timeslices, st.just(Fraction(9, 10)), st.sampled_from([1, 5, 20, 60]), st.just(Missing.IGNORED)
    ),
    st.builds(RatioTimeslices, st.sampled_from([1, 3, 60]), st.just(Missing.IGNORED)),
)
minutes = st.dictionaries(
    st.integers(0, 59),
    st.integers(0, 9).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))),
)


@given(methods, minutes, st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_an_hour(
    method: Method, ledger: dict[int, tuple[int, int]], until: int, finished: int
) -> None:
    hour = EMPTY_HOUR.with_minutes(Measurement(minute, *counts) for minute, counts in ledger.items())
    until = min(until, finished)
    counts = count(method, hour, Span(until=until, finished=finished))
    expected = recount(ledger, method, 0, until, at=finished)
    good, total = method.judged(counts)
    scale = RATIO_SCALE if isinstance(method, RatioTimeslices) else 1
    assert (Fraction(good, scale), total // scale, counts.measured) == (
        expected.good,
        expected.total,
        expected.measured,
    )


def test_slices_without_a_measurement() -> None:
    bad = Timeslices(Fraction(1), 15, Missing.BAD)
    good = RatioTimeslices(15, Missing.GOOD)
    assert count_unmeasured(Occurrences(), 3) == NOTHING
    assert count_unmeasured(bad, 3) == Counts(0, 0, 0, 3, 0, 0)
    assert count_unmeasured(good, 2) == Counts(0, 0, 2, 2, 0, 2 * RATIO_SCALE)
    assert count_unmeasured(good, 0) == NOTHING
