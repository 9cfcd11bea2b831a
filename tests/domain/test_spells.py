"""Spells: which minutes belong together, and what they cost, against obvious and slow definitions."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.counting import Span, count
from domain.losses import losses_of, too_much
from domain.measurement import EMPTY_HOUR, FULL_HOUR, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR
from domain.spells import GAP, Loss, Spell, largest, spells

scores = st.dictionaries(st.integers(0, 60), st.integers(-6, 9), max_size=50)
methods: st.SearchStrategy[Method] = st.one_of(
    st.just(Occurrences()),
    st.builds(
        Timeslices,
        st.sampled_from([Fraction(1, 2), Fraction(9, 10), Fraction(1)]),
        st.sampled_from([1, 5, 20, 60]),
        st.sampled_from(list(Missing)),
    ),
    st.builds(RatioTimeslices, st.sampled_from([1, 4, 30]), st.sampled_from(list(Missing))),
)
minutes = st.dictionaries(
    st.integers(0, 59),
    st.integers(0, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))),
)
masks = st.one_of(st.just(FULL_HOUR), st.integers(0, FULL_HOUR))


def made(found: dict[int, int]) -> list[Loss]:
    """A minute each, that loses 10 more than its score."""
    return [Loss(minute, minute + 1, score + 10, score) for minute, score in sorted(found.items())]


def naive(losses: Sequence[Loss]) -> list[Spell]:
    """The best stretch without a long gap, the shortest and earliest of equals; then the same on either side of it."""
    best: tuple[int, int, int, int] | None = None
    for first in range(len(losses)):
        for past in range(first + 1, len(losses) + 1):
            part = losses[first:past]
            score = sum(loss.excess for loss in part)
            known = (score, first - past, -first, past)
            if score > 0 and unbroken(part) and (best is None or known > best):
                best = known
    if best is None:
        return []
    first, past = -best[2], best[3]
    middle = Spell(losses[first].start, losses[past - 1].end, sum(loss.lost for loss in losses[first:past]))
    return [*naive(losses[:first]), middle, *naive(losses[past:])]


def unbroken(part: Sequence[Loss]) -> bool:
    bad = [loss for loss in part if loss.excess > 0]
    return all(later.start - earlier.end <= GAP for earlier, later in pairwise(bad))


@given(scores)
def test_spells_are_the_best_stretches(found: dict[int, int]) -> None:
    assert spells(made(found)) == naive(made(found))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param({}, [], id="nothing measured"),
        pytest.param({3: 0, 4: -5}, [], id="nothing bad"),
        pytest.param({3: 9, 9: 9}, [(3, 10)], id="five minutes between them: one spell"),
        pytest.param({3: 9, 10: 9}, [(3, 4), (10, 11)], id="six minutes: two"),
        pytest.param(
            {0: 1, 1: -5, 2: -5, 3: 500, 4: 500, 5: -5, 6: 1},
            [(0, 1), (3, 5), (6, 7)],
            id="the usual failures around an outage are no part of it",
        ),
        pytest.param({0: 1, 1: 500, 2: -5, 3: 500}, [(0, 4)], id="a good minute in the middle is"),
    ],
)
def test_which_minutes_belong_together(found: dict[int, int], expected: list[tuple[int, int]]) -> None:
    assert [(spell.start, spell.end) for spell in spells(made(found))] == expected


def test_the_largest_come_first_and_of_equals_the_later() -> None:
    found = [Spell(0, 9, 5), Spell(10, 11, 70), Spell(20, 29, 5), Spell(30, 31, 1)]
    assert [spell.start for spell in largest(found, 3)] == [10, 20, 0]


@given(methods, minutes, masks, st.integers(0, 60), st.integers(-5, 60))
def test_what_each_minute_lost_adds_up_to_what_was_counted(
    method: Method, ledger: dict[int, tuple[int, int]], counting: int, until: int, begun: int
) -> None:
    measured = EMPTY_HOUR.with_minutes(Measurement(minute, *counts) for minute, counts in ledger.items())
    span = Span(until=until, finished=until, overdue=until - 10, begun=begun, counting=counting)
    counts = count(method, measured, span)
    good, total = method.judged(counts)
    losses = losses_of(method, Fraction(9, 10), measured, span, hour=1000)
    assert sum(loss.lost for loss in losses) == total - good
    assert all(1000 * HOUR <= loss.start < loss.end <= 1001 * HOUR for loss in losses)
    scale = 1 if isinstance(method, Timeslices) else 10
    bearable = 0 if isinstance(method, Timeslices) else total
    assert sum(loss.excess for loss in losses) == (total - good) * scale - bearable


def test_an_hour_that_lost_too_much() -> None:
    hour = EMPTY_HOUR.with_minutes([Measurement(minute, 99, 100) for minute in range(HOUR)])
    events, slices = Occurrences(), Timeslices(Fraction(1), 60)
    assert not too_much(events, Fraction(99, 100), count(events, hour))
    assert too_much(events, Fraction(991, 1000), count(events, hour))
    assert too_much(slices, Fraction(1, 2), count(slices, hour))
