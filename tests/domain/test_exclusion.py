"""Exclusions: which minutes they take out, and whether they were announced in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar, office_calendar
from domain.exclusion import Exclusion
from domain.minutes import minute_of
from domain.objective import Objective
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period

BERLIN = office_calendar("Europe/Berlin")
START = datetime(2026, 11, 28, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKLY = tuple(START + timedelta(days=7 * number) for number in range(3))
WORK = Exclusion(
    "upgrade", WEEKLY, 4 * HOUR, "why", datetime(2026, 11, 24, 9, tzinfo=UTC), ("checkout-availability",)
)
SLA = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")


def noticed(days: int) -> Agreement:
    return replace(SLA, maintenance_notice=TimeLimit(days, LimitUnit.WORKING_DAYS))


def of(*starts: datetime, hours: float = 4) -> list[tuple[int, int]]:
    return [(minute_of(start), minute_of(start + hours * HOUR)) for start in starts]


@pytest.mark.parametrize(
    ("agreement", "calendar", "expected"),
    [
        pytest.param(None, BERLIN, of(*WEEKLY), id="no agreement"),
        pytest.param(SLA, BERLIN, of(*WEEKLY), id="no notice needed"),
        pytest.param(noticed(3), BERLIN, of(*WEEKLY), id="just in time for the first"),
        pytest.param(noticed(4), BERLIN, of(*WEEKLY[1:]), id="too late for the first"),
        pytest.param(noticed(3), Calendar("never", "UTC", ((),) * 7), [], id="no working day ever comes"),
    ],
)
def test_what_counts_as_excluded(
    agreement: Agreement | None, calendar: Calendar, expected: list[tuple[int, int]]
) -> None:
    assert list(WORK.spans(agreement, calendar)) == expected
    in_time = [one for one in WORK.occurrences() if WORK.in_time(one, agreement, calendar)]
    assert [(one.start_minute, one.end_minute) for one in in_time] == expected


@pytest.mark.parametrize(
    ("withdrawn_at", "expected"),
    [
        pytest.param(START - HOUR, [], id="before it began"),
        pytest.param(START, [], id="as it began"),
        pytest.param(START + HOUR, of(START, hours=1), id="while it was done"),
        pytest.param(START + 5 * HOUR, of(START), id="after the first time"),
    ],
)
def test_withdrawn(withdrawn_at: datetime, expected: list[tuple[int, int]]) -> None:
    withdrawn = replace(WORK, withdrawn_at=withdrawn_at)
    assert list(withdrawn.spans(None, BERLIN)) == expected
    assert [(one.start_minute, one.end_minute) for one in withdrawn.occurrences()] == expected


def test_a_minute_that_is_touched_is_excluded() -> None:
    odd = replace(WORK, starts=(START + timedelta(seconds=30),), length=timedelta(seconds=61))
    assert list(odd.spans(None, BERLIN)) == [(minute_of(START), minute_of(START) + 2)]


def test_what_it_concerns_and_when() -> None:
    services = replace(WORK, objectives=(), services=("checkout",))
    one = Objective("checkout-availability", "checkout", ())
    other = Objective("checkout-latency", "checkout", ())
    assert [WORK.concerns(each) for each in (one, other)] == [True, False]
    assert [services.concerns(each) for each in (one, other)] == [True, True]
    touching = Period(START + 4 * HOUR, WEEKLY[1])
    assert list(WORK.within(touching)) == []
    assert [each.start for each in WORK.within(Period(START + 3 * HOUR, WEEKLY[1] + HOUR))] == [*WEEKLY[:2]]
