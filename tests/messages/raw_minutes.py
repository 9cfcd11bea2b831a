"""Raw minutes, and the explanation that they must lead to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from domain.counting import Span
from domain.counts import RATIO_SCALE, Counts
from domain.exclusion import Exclusion
from domain.losses import losses_of
from domain.measurement import EMPTY_HOUR, Measurement
from domain.method import Method, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.planned import PlannedWork
from domain.scope import Scope
from domain.spans import Spans
from domain.spells import Spell, spells
from domain.standing import BURN_WINDOWS, Figures, stand
from domain.window import CalendarUnit, CalendarWindow, Period, RollingWindow, Window
from messages.explain import Explained
from tests.oracle import Ledger, recount

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOW = minute_of(AT)
LENGTH = 9 * HOUR

methods: st.SearchStrategy[Method] = st.one_of(
    st.just(Occurrences()),
    st.builds(Timeslices, st.sampled_from([Fraction(1, 2), Fraction(99, 100)]), st.sampled_from([1, 5, 60])),
    st.builds(RatioTimeslices, st.sampled_from([1, 4, 30])),
)
windows: st.SearchStrategy[Window] = st.sampled_from(
    [RollingWindow(minutes=LENGTH), CalendarWindow(CalendarUnit.DAY)]
)
targets = st.sampled_from([Fraction(1, 2), Fraction(99, 100), Fraction(999, 1000), Fraction(9999, 10000)])
counts = st.sampled_from([10, 1_000, 10**12]).flatmap(
    lambda most: st.integers(0, most).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
)
usual = st.one_of(st.none(), st.just((600, 600)), st.just((0, 0)), st.just((9_999, 10_000)))
"""What all other minutes have; None: they were not measured."""
bads = st.dictionaries(st.integers(1, LENGTH), counts, max_size=12)
outages = st.lists(st.tuples(st.integers(1, LENGTH), st.integers(1, 70)), max_size=4)
works = st.lists(st.tuples(st.integers(1, LENGTH), st.integers(1, 90)), max_size=3)


@dataclass(frozen=True)
class Case:
    """What was measured, how it is judged, and which minutes are excluded."""

    method: Method
    window: Window
    target: Fraction
    ledger: Ledger
    works: list[tuple[int, int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    background = draw(usual)
    minutes = range(NOW - LENGTH, NOW)
    ledger = {} if background is None else dict.fromkeys(minutes, background)
    for start, length in draw(outages):
        ledger |= dict.fromkeys(range(NOW - start, min(NOW, NOW - start + length)), (0, 600))
    ledger |= {NOW - ago: measured for ago, measured in draw(bads).items()}
    planned = [(NOW - ago, min(NOW, NOW - ago + length)) for ago, length in draw(works)]
    return Case(draw(methods), draw(windows), draw(targets), ledger, planned)


def explained(case: Case) -> Explained:
    terms = Terms(case.target, case.window, case.method, Indicator("sli"), min_coverage=Fraction(0))
    objective = Objective("checkout", "shop", (terms,))
    period, scope = case.window.period(at=AT), Scope(excluded=Spans(case.works))
    counting = left_over(case)
    burns = {
        name: counts_of(case.method, counting, NOW - length, NOW) for name, length in BURN_WINDOWS.items()
    }
    figures = Figures(
        counts_of(case.method, counting, period.start_minute, NOW), burns, min(case.ledger, default=None)
    )
    standing = stand(objective, terms, period, figures, at=AT, scope=scope)
    planned = [work(number, *span) for number, span in enumerate(case.works)]
    return Explained(standing, spells_of(case, counting, period.start_minute), planned, None, None)


def left_over(case: Case) -> Ledger:
    """What was measured of minutes that are not excluded."""
    return {
        minute: measured
        for minute, measured in case.ledger.items()
        if not any(start <= minute < end for start, end in case.works)
    }


def counts_of(method: Method, ledger: Ledger, start: int, end: int) -> Counts:
    events = recount(ledger, Occurrences(), start, end, at=NOW)
    if isinstance(method, Occurrences):
        return Counts(int(events.good), events.total, 0, 0, events.measured, 0)
    told = recount(ledger, method, start, end, at=NOW)
    good = int(told.good) if isinstance(method, Timeslices) else 0
    return Counts(
        int(events.good), events.total, good, told.total, told.measured, int(told.good * RATIO_SCALE)
    )


def spells_of(case: Case, ledger: Ledger, start: int) -> list[Spell]:
    losses = []
    for hour in range(start // HOUR, NOW // HOUR):
        minutes = [Measurement(m, *ledger[m]) for m in range(hour * HOUR, hour * HOUR + HOUR) if m in ledger]
        measured = EMPTY_HOUR.with_minutes(minutes)
        losses += losses_of(case.method, case.target, measured, Span(), hour=hour)
    return spells(loss for loss in losses if loss.start >= start)


def work(number: int, start: int, end: int) -> PlannedWork:
    occurrence = Period(instant_of(start), instant_of(end))
    exclusion = Exclusion(
        f"work-{number}",
        (occurrence.start,),
        occurrence.end - occurrence.start,
        "upgrade",
        AT - timedelta(days=9),
        ("checkout",),
    )
    return PlannedWork(exclusion, occurrence, ("checkout",))
