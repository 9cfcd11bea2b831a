"""When ends and reviews are told: once thirty days ahead, in the last week, and when an agreement ran out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import Agreement, AgreementKind
from domain.renewal import AHEAD, SOON, Days, Due, DueKind, due, in_place_of

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
SLA = Agreement("fax-sla", AgreementKind.SLA, "payments", "retail")
YEARS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def told(
    agreement: Agreement, *others: Agreement, before: date | None = TODAY - DAY, uncounted: int = 0
) -> list[Due]:
    return due(agreement, [agreement, *others], Days(TODAY, before), uncounted=uncounted)


@pytest.mark.parametrize(
    ("days", "before", "is_told"),
    [
        pytest.param(31, None, False, id="31 days ahead"),
        pytest.param(30, 31, True, id="30 days ahead, the first time"),
        pytest.param(29, 30, False, id="told yesterday"),
        pytest.param(28, 31, True, id="nothing was told on the weekend"),
        pytest.param(24, 31, True, id="a weekly one"),
        pytest.param(24, None, True, id="the first digest of all"),
        pytest.param(8, 9, False, id="eight days ahead"),
        pytest.param(7, 8, True, id="a week ahead"),
        pytest.param(1, 2, True, id="tomorrow"),
        pytest.param(0, 1, True, id="on the day"),
    ],
)
@pytest.mark.parametrize("kind", list(DueKind))
def test_ahead(kind: DueKind, days: int, before: int | None, is_told: bool) -> None:
    on = TODAY + days * DAY
    agreement = replace(SLA, review=on) if kind is DueKind.REVIEW else replace(SLA, effective_until=on)
    found = told(agreement, before=None if before is None else on - before * DAY)
    assert found == ([Due(kind, agreement, on)] if is_told else [])


@given(day=YEARS, gaps=st.lists(st.integers(1, 10), min_size=1))
def test_whatever_the_days_of_digests_it_is_told_once_before_the_last_week(
    day: date, gaps: list[int]
) -> None:
    on, before, times, chances = day - timedelta(days=45), None, 0, 0
    for gap in gaps * 10:
        if day - SOON > on >= day - AHEAD:
            times += Days(on, before).tells_ahead(day)
            chances += 1
        elif on > day:
            assert not Days(on, before).tells_ahead(day)
        elif on >= day - SOON:
            assert Days(on, before).tells_ahead(day)
        before, on = on, on + timedelta(days=gap)
    assert times == min(chances, 1)


@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        pytest.param(1, True, id="due yesterday"),
        pytest.param(7, True, id="due a week ago"),
        pytest.param(8, False, id="due earlier: the doctor says so"),
    ],
)
def test_a_review_that_is_overdue(days: int, is_told: bool) -> None:
    review = replace(SLA, review=TODAY - days * DAY)
    assert bool(told(review)) is is_told
    assert told(replace(review, effective_until=TODAY - DAY), replace(SLA, name="other")) == []


def test_nothing_is_reviewed_after_its_end() -> None:
    ending = replace(SLA, review=TODAY + 5 * DAY, effective_until=TODAY + 4 * DAY)
    assert [one.kind for one in told(ending)] == [DueKind.END]
    assert [one.kind for one in told(replace(ending, effective_until=ending.review))] == [
        DueKind.END,
        DueKind.REVIEW,
    ]


@pytest.mark.parametrize(
    ("days", "uncounted", "followed", "is_told"),
    [
        pytest.param(1, 3, False, True, id="yesterday"),
        pytest.param(30, 3, False, True, id="30 days ago"),
        pytest.param(31, 3, False, False, id="31 days ago"),
        pytest.param(1, 0, False, True, id="no objective was promised in it"),
        pytest.param(1, 0, True, False, id="another is in its place"),
        pytest.param(1, 2, True, True, id="another is, and objectives still name the old one"),
    ],
)
def test_ran_out(days: int, uncounted: int, followed: bool, is_told: bool) -> None:
    ended = replace(SLA, effective_until=TODAY - days * DAY)
    others = [replace(SLA, name="fax-2027", effective_from=TODAY)] if followed else []
    found = told(ended, *others, uncounted=uncounted)
    replaced_by = "fax-2027" if followed else None
    last = TODAY - days * DAY
    assert found == ([Due(DueKind.END, ended, last, replaced_by, uncounted)] if is_told else [])


@pytest.mark.parametrize(
    ("other", "follows"),
    [
        pytest.param(replace(SLA, name="new", effective_from=TODAY + DAY), True, id="from the next day"),
        pytest.param(replace(SLA, name="new", effective_from=TODAY + 2 * DAY), False, id="a day later"),
        pytest.param(replace(SLA, name="new"), True, id="holds anyway"),
        pytest.param(replace(SLA, name="new", effective_until=TODAY), False, id="ends on the same day"),
        pytest.param(replace(SLA, name="new", kind=AgreementKind.OLA), False, id="of another kind"),
        pytest.param(replace(SLA, name="new", customer="shop"), False, id="with another customer"),
        pytest.param(replace(SLA, name="new", provider="shop"), False, id="by another provider"),
        pytest.param(replace(SLA, effective_from=TODAY + DAY), False, id="itself"),
    ],
)
def test_what_comes_after_its_last_day(other: Agreement, follows: bool) -> None:
    ends = replace(SLA, effective_until=TODAY)
    assert bool(in_place_of(ends, [other], on=TODAY)) is follows


def test_a_later_one_is_in_its_place_once_it_holds() -> None:
    ended = replace(SLA, effective_until=TODAY - 9 * DAY)
    later = replace(SLA, name="later", effective_from=TODAY)
    assert in_place_of(ended, [later], on=TODAY - DAY) is None
    assert in_place_of(ended, [later], on=TODAY) == "later"
