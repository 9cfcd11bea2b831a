"""Every layer of storage against a naive minute-by-minute sum, after every kind of change."""

from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count as counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.counts import RATIO_SCALE, Counts
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.recovery import excess
from domain.standing import BURN_WINDOWS, Standing, State
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store
from tests.oracle import Recount, recount

START = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
NAMES = counter()

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
        st.sampled_from(["record", "record_hours", "seal"]),
        st.integers(0, 2),
        st.one_of(minutes, runs),
        st.integers(0, 620),
    ),
    min_size=1,
    max_size=6,
)
objectives = st.lists(st.tuples(methods, windows, st.one_of(st.none(), methods)), min_size=1, max_size=3)
"""Method, window, and the method of later terms, if there are such."""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(objectives, changes, st.lists(st.integers(0, 700), min_size=1, max_size=4))
def test_figures_equal_a_naive_recount(
    engine: Engine,
    objectives: list[tuple[Method, Window, Method | None]],
    changes: list[Change],
    asked: list[int],
) -> None:
    store, workspace = Store(engine), f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    first = [Terms(Fraction(99, 100), window, method, Indicator("sli")) for method, window, _ in objectives]
    with store.transaction(workspace) as tx:
        tx.objectives.save(Objective(f"o{i}", "shop", (terms,)) for i, terms in enumerate(first))
    ledgers: list[dict[int, tuple[int, int]]] = [{} for _ in objectives]
    for kind, number, change, passed in changes:
        i = number % len(objectives)
        _apply(store, workspace, kind, f"o{i}", change, START + timedelta(minutes=passed))
        if kind != "seal":
            ledgers[i] |= {minute_of(START) + minute: measured for minute, measured in change.items()}
    for i, (terms, (_, _, later)) in enumerate(zip(first, objectives, strict=True)):
        if later is not None:
            second = replace(terms, method=later, version=2, since=START)
            with store.transaction(workspace) as tx:
                tx.measurements.count_anew(tx.objectives.save([Objective(f"o{i}", "shop", (terms, second))]))
    for passed in asked:
        at = START + timedelta(minutes=passed)
        with store.read(workspace) as tx:
            for standing, ledger in zip(tx.standings.all(at=at), ledgers, strict=True):
                _compare(standing, ledger, at)


def _compare(standing: Standing, ledger: dict[int, tuple[int, int]], at: datetime) -> None:
    now, method, period = minute_of(at), standing.terms.method, standing.terms.window.period(at=at)
    expected = recount(ledger, method, period.start_minute, period.end_minute, at=now)
    assert _told(method, standing.figures.counts) == expected
    for name, length in BURN_WINDOWS.items():
        assert _told(method, standing.figures.burns[name]) == recount(
            ledger, method, now - length, now, at=now
        )

    if isinstance(standing.terms.window, RollingWindow) and standing.state is not State.NO_DATA:
        assert standing.until == _end(standing, ledger, period.start_minute, now)


def _end(standing: Standing, ledger: dict[int, tuple[int, int]], start: int, now: int) -> datetime | None:
    """When so much has left the window as must leave it for the state to end."""
    needed, method = excess(standing), standing.terms.method
    if needed is None:
        return None

    def lost_before(minute: int) -> int:
        told = recount(ledger, method, start, minute, at=now)
        scale = RATIO_SCALE if isinstance(method, RatioTimeslices) else 1
        return int((told.total - told.good) * scale)

    minutes = range(start, now + 1)
    leaving = bisect_left(minutes, needed, key=lost_before)
    return instant_of(minutes[leaving] + now - start) if leaving < len(minutes) else None


def _apply(
    store: Store, workspace: str, kind: str, name: str, change: dict[int, tuple[int, int]], at: datetime
) -> None:
    measurements = [Measurement(minute_of(START) + minute, *measured) for minute, measured in change.items()]
    with store.transaction(workspace) as tx:
        if kind == "seal":
            tx.measurements.seal(at=at)
        elif kind == "record":
            tx.measurements.record([(name, measurement) for measurement in measurements], at=at)
        else:
            hours: dict[int, MeasuredHour] = {}
            for measurement in measurements:
                hour = measurement.minute // HOUR
                hours[hour] = hours.get(hour, EMPTY_HOUR).with_minutes([measurement])
            tx.measurements.record_hours({name: hours}, at=at)


def _told(method: Method, counts: Counts) -> Recount:
    good, total = method.judged(counts)
    if isinstance(method, RatioTimeslices):
        return Recount(Fraction(good, RATIO_SCALE), total // RATIO_SCALE, counts.measured)
    return Recount(Fraction(good), total, counts.measured)
