"""When a rolling window's state ends by itself, against trying every minute."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count as counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.measurement import EMPTY_HOUR, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.standing import Reason, Standing
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store
from tests.oracle import recount

START = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
LENGTH = 300
NAMES = counter()

methods = st.sampled_from([Occurrences(), Timeslices(Fraction(1), 5), RatioTimeslices(15)])
bads = st.dictionaries(st.integers(0, LENGTH), st.integers(1, 10), max_size=8)


def stood(
    store: Store,
    method: Method,
    window: Window,
    ledger: dict[int, tuple[int, int]],
    at: datetime,
    min_coverage: Fraction = Fraction(0),
    target: Fraction = Fraction(99, 100),
) -> Standing:
    workspace = f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    terms = Terms(target, window, method, Indicator("sli"), min_coverage=min_coverage)
    hours: dict[int, list[Measurement]] = {}
    for minute, counts in ledger.items():
        hours.setdefault(minute // HOUR, []).append(Measurement(minute, *counts))
    with store.transaction(workspace) as tx:
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
        packed = {hour: EMPTY_HOUR.with_minutes(minutes) for hour, minutes in hours.items()}
        tx.measurements.record_hours({"checkout": packed}, at=at)
    with store.read(workspace) as tx:
        return tx.standings.all(at=at)[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, bads, st.integers(LENGTH, LENGTH + 40))
def test_a_state_ends_when_enough_has_left(
    sqlite_store: Store, method: Method, bad: dict[int, int], passed: int
) -> None:
    at = START + timedelta(minutes=passed)
    start = minute_of(START)
    ledger = {start + minute: (10 - bad.get(minute, 0), 10) for minute in range(passed)}
    standing = stood(sqlite_store, method, RollingWindow(minutes=LENGTH), ledger, at)
    if standing.reason not in (Reason.OVERSPENT, Reason.LOW_BUDGET):
        assert standing.until is None
        return
    now = minute_of(at)
    window = recount(ledger, method, now - LENGTH, now, at=now)
    share = Fraction(1) if standing.reason is Reason.OVERSPENT else Fraction(3, 4)
    bearable = share * Fraction(1, 100) * window.total
    still = (
        (later, recount(ledger, method, later - LENGTH, now, at=now))
        for later in range(now, now + LENGTH + 1)
    )
    ends = next(later for later, left in still if left.total - left.good <= bearable)
    assert standing.until == instant_of(ends)


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [pytest.param(2, START + timedelta(hours=9, minutes=59), id="a loss in minutes that are not sealed yet")],
)
def test_losses_of_the_running_hour(sqlite_store: Store, minutes_ago: int, expected: datetime) -> None:
    at = START + timedelta(hours=5)
    now = minute_of(at)
    ledger = dict.fromkeys(range(now - LENGTH, now), (10, 10)) | {now - minutes_ago: (0, 10)}
    ledger |= {now - minutes_ago - 1: (0, 10), now - minutes_ago - 2: (0, 10), now - minutes_ago - 3: (0, 10)}
    standing = stood(sqlite_store, Occurrences(), RollingWindow(minutes=LENGTH), ledger, at)
    assert standing.reason is Reason.OVERSPENT
    assert standing.until is not None
    assert standing.until <= expected


def test_a_calendar_period_does_not_lose_what_was_bad(sqlite_store: Store) -> None:
    at = START + timedelta(hours=5)
    now = minute_of(at)
    ledger = dict.fromkeys(range(now - 60, now), (0, 10))
    standing = stood(sqlite_store, Timeslices(Fraction(1), 1), CalendarWindow(CalendarUnit.DAY), ledger, at)
    assert standing.until == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_end_of_a_breach_that_little_was_measured_of_is_not_known(sqlite_store: Store) -> None:
    at = START + timedelta(hours=5)
    now = minute_of(at)
    ledger = {now - LENGTH: (1, 1)} | dict.fromkeys(range(now - 20, now), (0, 1))
    standing = stood(sqlite_store, Timeslices(Fraction(1), 1), RollingWindow(minutes=LENGTH), ledger, at)
    low = stood_with(sqlite_store, Fraction(1, 2), ledger, at)
    assert (standing.reason, low.reason) == (Reason.OVERSPENT, Reason.OVERSPENT)
    assert standing.until is not None
    assert low.until is None


def stood_with(
    store: Store, min_coverage: Fraction, ledger: dict[int, tuple[int, int]], at: datetime
) -> Standing:
    found = stood(store, Timeslices(Fraction(1), 1), RollingWindow(minutes=LENGTH), ledger, at, min_coverage)
    assert found.coverage is not None
    assert found.coverage < min_coverage
    return found


def test_ratios_that_add_up_to_the_target_meet_it(sqlite_store: Store) -> None:
    at = START + timedelta(hours=5)
    now = minute_of(at)
    ledger = {minute: (1 + minute % 2, 3) for minute in range(now - LENGTH, now)}
    window = RollingWindow(minutes=LENGTH)
    found = stood(sqlite_store, RatioTimeslices(1), window, ledger, at, target=Fraction(1, 2))
    assert (found.attainment, found.reason) == (Fraction(1, 2), Reason.LOW_BUDGET)


def test_slices_before_the_first_measured_minute_were_never_lost(sqlite_store: Store) -> None:
    terms = Terms(
        Fraction(99, 100), RollingWindow(minutes=73), RatioTimeslices(1, Missing.BAD), Indicator("sli")
    )
    with sqlite_store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
        tx.measurements.record([("checkout", Measurement(minute_of(START), 0, 0))], at=START)
    with sqlite_store.read() as tx:
        (standing,) = tx.standings.all(at=START + timedelta(minutes=12))
    assert standing.until == START + timedelta(minutes=75)
