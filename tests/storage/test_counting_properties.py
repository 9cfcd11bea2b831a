"""Every layer of storage against a naive minute-by-minute sum, after every kind of change."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count as counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.counts import RATIO_SCALE, Counts
from domain.measurement import EMPTY_HOUR, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.standing import BURN_WINDOWS
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
changes = st.lists(
    st.tuples(
        st.sampled_from(["record", "record_hours", "seal"]), st.one_of(minutes, runs), st.integers(0, 620)
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, windows, changes, st.lists(st.integers(0, 700), min_size=1, max_size=4))
def test_figures_equal_a_naive_recount(
    engine: Engine, method: Method, window: Window, changes: list, asked: list[int]
) -> None:
    store = Store(engine)
    workspace = f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    terms = Terms(Fraction(99, 100), window, method, Indicator("sli"))
    with store.transaction(workspace) as tx:
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
    ledger: dict[int, tuple[int, int]] = {}
    for kind, change, passed in changes:
        _apply(store, workspace, kind, change, START + timedelta(minutes=passed))
        if kind != "seal":
            ledger |= {minute_of(START) + minute: measured for minute, measured in change.items()}
    for passed in asked:
        at = START + timedelta(minutes=passed)
        with store.read(workspace) as tx:
            (standing,) = tx.standings.of(["checkout"], at=at)
        now = minute_of(at)
        period = window.period(at=at)
        expected = recount(ledger, method, period.start_minute, period.end_minute, at=now)
        assert _told(method, standing.figures.counts) == expected
        for name, length in BURN_WINDOWS.items():
            assert _told(method, standing.figures.burns[name]) == recount(
                ledger, method, now - length, now, at=now
            )


def _apply(store: Store, workspace: str, kind: str, change: dict[int, tuple[int, int]], at: datetime) -> None:
    measurements = [Measurement(minute_of(START) + minute, *measured) for minute, measured in change.items()]
    with store.transaction(workspace) as tx:
        if kind == "seal":
            tx.measurements.seal(at=at)
        elif kind == "record":
            tx.measurements.record([("checkout", measurement) for measurement in measurements], at=at)
        else:
            hours = {}
            for measurement in measurements:
                hour = measurement.minute // HOUR
                hours[hour] = hours.get(hour, EMPTY_HOUR).with_minutes([measurement])
            tx.measurements.record_hours({"checkout": hours}, at=at)


def _told(method: Method, counts: Counts) -> Recount:
    good, total = method.judged(counts)
    if isinstance(method, RatioTimeslices):
        return Recount(Fraction(good, RATIO_SCALE), total // RATIO_SCALE, counts.measured)
    return Recount(Fraction(good), total, counts.measured)
