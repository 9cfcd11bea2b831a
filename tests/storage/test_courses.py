"""A course read from the store tells of each minute what the live figures tell."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.exclusion import Exclusion
from domain.measurement import Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.replay_breach import Breaches
from domain.replay_days import DaysClock
from domain.standing import State
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.courses import Courses
from storage.store import Store

START = datetime(2026, 11, 20, 4, 20, tzinfo=UTC)
FIRST = minute_of(START)
LENGTH = 3 * DAY
END = START + timedelta(minutes=LENGTH)


def measured(minute: int) -> tuple[int, int] | None:
    """A few failures always, an outage, a gap, and minutes without events."""
    if 900 <= minute < 1100:
        return None
    if 1500 <= minute < 1540:
        return 0, 100
    return (99 if minute % 7 == 0 else 100, 100) if minute % 11 else (0, 0)


@pytest.mark.parametrize(
    "method",
    [
        pytest.param(Occurrences(), id="events"),
        pytest.param(Timeslices(Fraction(995, 1000), 5, Missing.BAD), id="slices"),
        pytest.param(RatioTimeslices(1), id="ratios"),
    ],
)
@pytest.mark.parametrize(
    "window",
    [
        pytest.param(RollingWindow(days=2), id="rolling"),
        pytest.param(CalendarWindow(CalendarUnit.DAY, "Asia/Kolkata"), id="calendar"),
    ],
)
def test_as_the_live_figures(store: Store, method: Method, window: Window) -> None:
    terms = Terms(Fraction(98, 100), window, method, Indicator("requests"))
    work = Exclusion(
        "upgrade", (START + timedelta(hours=40),), timedelta(minutes=50), "upgrade", START, ("checkout",)
    )
    minutes = [(FIRST + minute, measured(minute)) for minute in range(LENGTH)]
    rows = [("checkout", Measurement(minute, *each)) for minute, each in minutes if each]
    with store.transaction() as tx:
        tx.exclusions.save([work])
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
    with store.transaction() as tx:
        tx.measurements.record(rows[: LENGTH // 2], at=START + timedelta(days=2))
        tx.measurements.record(rows[LENGTH // 2 :], at=END)
    with store.read() as tx:
        recorded = Courses(tx.connection, tx.workspace.id, tx.objectives).of("checkout", until=FIRST + LENGTH)
        assert recorded is not None
        for after in (1, 61, 907, 1103, 1531, 1545, 2403, 2420, 2444, 3000, LENGTH - 1):
            at = START + timedelta(minutes=after)
            [standing] = tx.standings.watched(at=at)
            judging = recorded.judging(FIRST + after)
            for length, counts in standing.figures.spans.items():
                found = judging.course.counts(FIRST + after - length, FIRST + after, at=FIRST + after)
                assert method.judged(found) == method.judged(counts)
                assert found.measured == counts.measured
            assert judging.breached(FIRST + after, standing.period) == (standing.state is State.BREACHED)
        days = DaysClock(recorded.judging, Breaches(), end=FIRST + LENGTH)
        for on in (22, 23):
            at = datetime(2026, 11, on, tzinfo=UTC)
            assert days.outlook(minute_of(at)) == tx.outlooks.of(["checkout"], at=at)["checkout"]


def test_nothing_measured(store: Store) -> None:
    terms = Terms(Fraction(98, 100), RollingWindow(days=2), Occurrences(), Indicator("requests"))
    with store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
    with store.read() as tx:
        courses = Courses(tx.connection, tx.workspace.id, tx.objectives)
        assert courses.of("checkout", until=FIRST) is None
        assert courses.newest_minute("checkout") is None
