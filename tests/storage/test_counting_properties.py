"""Every layer of storage against a naive minute-by-minute sum, after every kind of change."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import count as counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.counts import RATIO_SCALE, Counts
from domain.exclusion import Exclusion
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.recovery import excess
from domain.standing import BURN_WINDOWS, Standing, State
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store
from storage.transaction import Transaction
from tests.oracle import Recount, recount

START = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
NAMES = counter()
HOURS = Calendar("hours", "Asia/Kathmandu", (((4 * 60 + 10, 7 * 60),),) * 7)
"""Open while the test's minutes begin: at 03:45 in Kathmandu."""

methods = st.one_of(
    st.just(Occurrences()),
    st.builds(
        Timeslices,
        st.sampled_from([Fraction(1, 2), Fraction(9, 10), Fraction(1)]),
        st.sampled_from([1, 5, 15, 60]),
        st.sampled_from(list(Missing)),
    ),
    st.builds(RatioTimeslices, st.sampled_from([1, 4, 30]), st.sampled_from(list(Missing))),
)
windows = st.one_of(
    st.builds(RollingWindow, minutes=st.integers(60, 400)),
    st.builds(CalendarWindow, st.just(CalendarUnit.DAY), st.sampled_from(["UTC", "Asia/Kathmandu"])),
)
counts = st.integers(0, 70_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
minutes = st.dictionaries(
    st.one_of(st.integers(0, 500), st.integers(0, 90), st.integers(300, 320)), counts, min_size=0, max_size=40
)
runs = st.tuples(st.integers(0, 500), st.integers(1, 150), counts).map(
    lambda run: dict.fromkeys(range(run[0], min(run[0] + run[1], 500)), run[2])
)
Change = tuple[str, int, dict[int, tuple[int, int]], int]
"""Kind, objective, minutes after START with what was measured, and when, in minutes after START."""
changes = st.lists(
    st.tuples(
        st.sampled_from(["record", "record_hours", "seal", "exclude", "include", "hours", "round the clock"]),
        st.integers(0, 2),
        st.one_of(minutes, runs),
        st.integers(0, 620),
    ),
    min_size=1,
    max_size=6,
)
objectives = st.lists(st.tuples(methods, windows, st.one_of(st.none(), methods)), min_size=1, max_size=3)
"""Method, window, and the method of later terms, if there are such."""


DENSE = {minute: (minute % 9, minute % 9 + minute % 2) for minute in range(500)}
"""Every minute measured: then all that is excluded makes a difference."""


@pytest.mark.slow
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(objectives, changes, st.lists(st.integers(0, 700), min_size=1, max_size=4), st.booleans())
def test_figures_equal_a_naive_recount(
    engine: Engine,
    objectives: list[tuple[Method, Window, Method | None]],
    changes: list[Change],
    asked: list[int],
    dense: bool,
) -> None:
    store, workspace = Store(engine), f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    first = [
        Terms(Fraction(99, 100), window, method, Indicator("sli"), agreement=f"a{i}")
        for i, (method, window, _) in enumerate(objectives)
    ]
    with store.transaction(workspace) as tx:
        tx.objectives.save(Objective(f"o{i}", "shop", (terms,)) for i, terms in enumerate(first))
        tx.calendars.save([HOURS])
    ledgers: list[dict[int, tuple[int, int]]] = [{} for _ in objectives]
    scopes = [Counted() for _ in objectives]
    if dense:
        changes = [("record", i, DENSE, sealed) for i, sealed in enumerate([400, 620, 520])] + changes
    for kind, number, change, passed in changes:
        i = number % len(objectives)
        apply_change(store, workspace, kind, f"o{i}", change, START + timedelta(minutes=passed))
        scopes[i].apply(kind, change)
        if kind.startswith("record"):
            ledgers[i] |= {minute_of(START) + minute: measured for minute, measured in change.items()}
    for i, (terms, (_, _, later)) in enumerate(zip(first, objectives, strict=True)):
        if later is not None:
            second = replace(terms, method=later, version=2, since=START)
            with store.transaction(workspace) as tx, tx.measurements.recounted():
                tx.objectives.save([Objective(f"o{i}", "shop", (terms, second))])
    for passed in asked:
        at = START + timedelta(minutes=passed)
        with store.read(workspace) as tx:
            for standing, ledger, scope in zip(tx.standings.all(at=at), ledgers, scopes, strict=True):
                _compare(standing, ledger, scope, at)


@dataclass
class Counted:
    """Which minutes count, as a naive reader of the changes knows it."""

    excluded: set[int] = field(default_factory=set)
    service_hours: bool = False

    def apply(self, kind: str, change: dict[int, tuple[int, int]]) -> None:
        if kind == "exclude":
            self.excluded |= {minute_of(START) + minute for minute in span_of(change)}
        elif kind == "include":
            self.excluded = set()
        elif kind in ("hours", "round the clock"):
            self.service_hours = kind == "hours"

    def __call__(self, minute: int) -> bool:
        return minute not in self.excluded and (not self.service_hours or _opened(minute))


@cache
def _opened(minute: int) -> bool:
    local = instant_of(minute).astimezone(ZoneInfo(HOURS.timezone))
    return (local.hour, local.minute) >= (4, 10) and local.hour < 7


def _compare(standing: Standing, ledger: dict[int, tuple[int, int]], scope: Counted, at: datetime) -> None:
    now, method, period = minute_of(at), standing.terms.method, standing.terms.window.period(at=at)
    expected = recount(ledger, method, period.start_minute, period.end_minute, at=now, counting=scope)
    assert told(method, standing.figures.counts) == expected
    for name, length in BURN_WINDOWS.items():
        assert told(method, standing.figures.burns[name]) == recount(
            ledger, method, now - length, now, at=now, counting=scope
        )
    known = [minute for minute in ledger if minute < now]
    countable = [
        minute for minute in range(max([period.start_minute, *sorted(known)[:1]]), now) if scope(minute)
    ]
    measured = sum(minute in ledger for minute in countable)
    assert standing.coverage == (Fraction(measured, len(countable)) if known and countable else None)
    if isinstance(standing.terms.window, RollingWindow) and standing.state is not State.NO_DATA:
        assert standing.until == _end(standing, ledger, scope, now)


def _end(standing: Standing, ledger: dict[int, tuple[int, int]], scope: Counted, now: int) -> datetime | None:
    """When so much has left the window as must leave it for the state to end."""
    needed, method, start = excess(standing), standing.terms.method, standing.period.start_minute
    if needed is None:
        return None

    def lost_before(minute: int) -> int:
        seen = recount(ledger, method, start, minute, at=now, counting=scope)
        scale = RATIO_SCALE if isinstance(method, RatioTimeslices) else 1
        return int((seen.total - seen.good) * scale)

    minutes = range(start, now + 1)
    leaving = bisect_left(minutes, needed, key=lost_before)
    return instant_of(minutes[leaving] + now - start) if leaving < len(minutes) else None


def apply_change(
    store: Store, workspace: str, kind: str, name: str, change: dict[int, tuple[int, int]], at: datetime
) -> None:
    measurements = [Measurement(minute_of(START) + minute, *measured) for minute, measured in change.items()]
    with store.transaction(workspace) as tx:
        if kind == "seal":
            tx.measurements.seal(at=at)
        elif not kind.startswith("record"):
            with tx.measurements.recounted():
                _rescope(tx, kind, name, change)
        elif kind == "record":
            tx.measurements.record([(name, measurement) for measurement in measurements], at=at)
        else:
            hours: dict[int, MeasuredHour] = {}
            for measurement in measurements:
                hour = measurement.minute // HOUR
                hours[hour] = hours.get(hour, EMPTY_HOUR).with_minutes([measurement])
            tx.measurements.record_hours({name: hours}, at=at)


def _rescope(tx: Transaction, kind: str, name: str, change: dict[int, tuple[int, int]]) -> None:
    if kind == "exclude" and change:
        span = span_of(change)
        start = START + timedelta(minutes=span[0])
        work = Exclusion(f"e{next(NAMES)}", (start,), timedelta(minutes=len(span)), "work", START, (name,))
        tx.exclusions.save([work])
    elif kind == "include":
        tx.exclusions.remove(one.name for one in tx.exclusions.all() if one.objectives == (name,))
    elif kind in ("hours", "round the clock"):
        agreement = Agreement(f"a{name[1:]}", AgreementKind.SLA, "payments", "retail")
        tx.agreements.save([replace(agreement, service_hours="hours" if kind == "hours" else None)])


def span_of(change: dict[int, tuple[int, int]]) -> range:
    return range(min(change), max(change) + 1) if change else range(0)


def told(method: Method, counts: Counts) -> Recount:
    good, total = method.judged(counts)
    if isinstance(method, RatioTimeslices):
        return Recount(Fraction(good, RATIO_SCALE), total // RATIO_SCALE, counts.measured)
    return Recount(Fraction(good), total, counts.measured)
