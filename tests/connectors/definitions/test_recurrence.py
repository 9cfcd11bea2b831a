"""Recurrence rules: whatever is let through ends, in order; and the search from far ahead changes nothing."""

from datetime import UTC, datetime
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.definitions.recurrence import MOST_OCCURRENCES, PARTS, occurrences, rule_problem

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = datetime(2026, 11, 28, 22)  # noqa: DTZ001 -- wall-clock time

NUMBERS = st.lists(st.integers(-400, 400), min_size=1, max_size=3).map(lambda many: ",".join(map(str, many)))
WEEKDAYS = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(["", "1", "-1", "+2", "5"]),
        st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
    ),
    min_size=1,
    max_size=3,
).map(",".join)
VALUES = {
    "FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    "INTERVAL": st.integers(0, 999).map(str),
    "COUNT": st.integers(0, 9999).map(str),
    "UNTIL": st.sampled_from(
        ["20261231", "20270228T220000Z", "20290101T000000", "00010101", "99991231T235959Z"]
    ),
    "BYDAY": WEEKDAYS,
    "BYHOUR": st.integers(0, 23).map(str),
    "BYMINUTE": st.integers(0, 59).map(str),
    "BYMONTH": st.integers(1, 12).map(str),
    "WKST": st.sampled_from(["MO", "SU"]),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    names = draw(
        st.lists(st.sampled_from([name for name in PARTS if name != "FREQ"]), max_size=3, unique=True)
    )
    return ";".join(f"{name}={draw(VALUES.get(name, NUMBERS))}" for name in ["FREQ", *names])


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(rules())
def test_what_is_let_through_comes_to_an_end_in_order(rule: str) -> None:
    if rule_problem(rule) is None:
        found = occurrences(rule, SATURDAY, BERLIN)
        assert len(found) <= MOST_OCCURRENCES + 1
        assert all(before < after for before, after in pairwise(found))
        assert not found or (found[0] >= SATURDAY and found[-1].year < 2200)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(rules())
def test_dateutil_says_the_same_from_near(rule: str) -> None:
    if rule_problem(rule) is None and "UNTIL" not in rule:
        found = occurrences(rule, SATURDAY, BERLIN)[:50]
        assert list(islice(rrulestr(rule, dtstart=SATURDAY), len(found))) == found


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="FREQBYDAYUNTILCOUNT=;,-+0123456789MOSU ", max_size=40))
def test_any_text_has_an_answer(rule: str) -> None:
    if rule_problem(rule) is None:
        occurrences(rule, SATURDAY, BERLIN)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYSETPOS=9;BYHOUR=1"])
def test_a_rule_that_never_comes_true_ends_too(rule: str) -> None:
    assert rule_problem(rule) is None
    assert occurrences(rule, SATURDAY, BERLIN) == []


def test_until_is_inclusive_by_its_own_clocks() -> None:
    assert len(occurrences("FREQ=DAILY;UNTIL=20261130", SATURDAY, BERLIN)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20261130", SATURDAY, UTC)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20261130T213000Z", SATURDAY, BERLIN)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20261130T213000Z", SATURDAY, UTC)) == 2
