"""How objectives stood in spans of the past, and when they lost their budget: against a naive recount."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count as counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.counts import RATIO_SCALE, Counts
from domain.exclusion import Exclusion
from domain.measurement import Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.spells import Loss, Spell, spells
from domain.standing import State
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store
from tests.oracle import Ledger, Recount, recount

START = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
FIRST = minute_of(START)
TARGET = Fraction(9, 10)
NAMES = counter()
ONE_DAY = RollingWindow(days=1)

methods: st.SearchStrategy[Method] = st.one_of(
    st.just(Occurrences()),
    st.builds(
        Timeslices,
        st.sampled_from([Fraction(1, 2), Fraction(1)]),
        st.sampled_from([1, 5, 60]),
        st.sampled_from(list(Missing)),
    ),
    st.builds(RatioTimeslices, st.sampled_from([1, 4, 30]), st.sampled_from(list(Missing))),
)
windows: st.SearchStrategy[Window] = st.one_of(
    st.builds(RollingWindow, minutes=st.integers(60, 500)),
    st.builds(CalendarWindow, st.just(CalendarUnit.DAY), st.sampled_from(["UTC", "Asia/Kathmandu"])),
)
counts = st.integers(0, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
runs = st.tuples(st.integers(0, 500), st.integers(1, 200), counts).map(
    lambda run: dict.fromkeys(range(run[0], min(run[0] + run[1], 500)), run[2])
)
single = st.dictionaries(st.integers(0, 500), counts, max_size=20)
ledgers = st.lists(st.one_of(runs, single), max_size=4).map(
    lambda parts: {FIRST + minute: each for part in parts for minute, each in part.items()}
)
works = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 200)), max_size=2)
edges = st.lists(st.integers(0, 620), min_size=2, max_size=8, unique=True).map(sorted)


def stored(
    engine: Engine, versions: tuple[Terms, ...], ledger: Ledger, work: list[tuple[int, int]], at: datetime
) -> tuple[Store, str]:
    """A workspace with one objective, half of whose minutes came hours before the others."""
    store, workspace = Store(engine), f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    with store.transaction(workspace) as tx:
        tx.exclusions.save([exclusion(number, *span) for number, span in enumerate(work)])
        tx.objectives.save([Objective("checkout", "shop", versions)])
    early = [("checkout", Measurement(minute, *each)) for minute, each in ledger.items() if minute % 2]
    late = [("checkout", Measurement(minute, *each)) for minute, each in ledger.items() if not minute % 2]
    with store.transaction(workspace) as tx:
        tx.measurements.record(early, at=START)
        tx.measurements.record(late, at=at)
    return store, workspace


def exclusion(number: int, ago: int, length: int) -> Exclusion:
    start = START + timedelta(minutes=ago)
    return Exclusion(
        f"work-{number}", (start,), timedelta(minutes=length), "upgrade", START, objectives=("checkout",)
    )


def counting_without(work: list[tuple[int, int]]) -> Callable[[int], bool]:
    return lambda minute: not any(FIRST + ago <= minute < FIRST + ago + length for ago, length in work)


def made(method: Method, window: Window = ONE_DAY) -> Terms:
    return Terms(TARGET, window, method, Indicator("sli"), min_coverage=Fraction(0))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(Timeslices(Fraction(1), 5), Occurrences(), {FIRST + 1: (0, 1)}, [], [0, 1, 5], 1)
@example(Occurrences(), RatioTimeslices(1, Missing.BAD), {}, [], [0, 11], 0)
@given(methods, methods, ledgers, works, edges, st.integers(0, 620))
def test_every_span_equals_a_naive_recount(
    engine: Engine,
    first: Method,
    later: Method,
    ledger: Ledger,
    work: list[tuple[int, int]],
    edges: list[int],
    changed: int,
) -> None:
    at = START + timedelta(minutes=edges[-1])
    since = START + timedelta(minutes=changed)
    versions = (made(first), replace(made(later), version=2, since=since))
    store, workspace = stored(engine, versions, ledger, work, at)
    minutes = [FIRST + edge for edge in edges]
    with store.read(workspace) as tx:
        found = tx.histories.of(["checkout"], minutes, at=at)["checkout"]
    assert len(found) == len(minutes) - 1
    for standing, (start, end) in zip(found, pairwise(minutes), strict=True):
        in_force = later if since < instant_of(end) or since <= at == instant_of(end) else first
        assert standing.terms.method == in_force
        expected = recount(ledger, in_force, start, end, at=minute_of(at), counting=counting_without(work))
        assert told(in_force, standing.figures.counts) == expected
        assert (standing.period.start_minute, standing.period.end_minute) == (start, end)


def told(method: Method, counts: Counts) -> Recount:
    good, total = method.judged(counts)
    scale = RATIO_SCALE if isinstance(method, RatioTimeslices) else 1
    return Recount(Fraction(good, scale), total // scale, counts.measured)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, windows, ledgers, works, st.integers(1, 620))
def test_episodes_are_the_spells_of_all_minutes(
    engine: Engine, method: Method, window: Window, ledger: Ledger, work: list[tuple[int, int]], passed: int
) -> None:
    at = START + timedelta(minutes=passed)
    ledger = {minute: each for minute, each in ledger.items() if minute < minute_of(at)}
    store, workspace = stored(engine, (made(method, window),), ledger, work, at)
    with store.read(workspace) as tx:
        (standing,) = tx.standings.all(at=at)
        found = tx.spells.of(standing)
    period = window.period(at=at)
    assert found == naive_spells(method, ledger, work, period.start_minute, minute_of(at))
    lost = sum(spell.lost for spell in found)
    good, total = method.judged(standing.figures.counts)
    assert lost <= total - good
    if isinstance(method, Timeslices):
        assert lost == total - good


def naive_spells(
    method: Method, ledger: Ledger, work: list[tuple[int, int]], start: int, now: int
) -> list[Spell]:
    """Of all minutes or slices that begin in the period; hours that lost no more than they may are left out."""
    length = method.slice_minutes or 1
    by_hour: dict[int, list[Loss]] = {}
    for minute in range(start, now):
        if minute % length:
            continue
        each = recount(ledger, method, minute, minute + length, at=now, counting=counting_without(work))
        if not each.total:
            continue
        scale = RATIO_SCALE if isinstance(method, RatioTimeslices) else 1
        lost = int((each.total - each.good) * scale)
        excess = lost if isinstance(method, Timeslices) else lost * 10 - each.total * scale
        by_hour.setdefault(minute // HOUR, []).append(Loss(minute, minute + length, lost, excess))
    bad = [losses for losses in by_hour.values() if sum(loss.excess for loss in losses) > 0]
    return spells(loss for losses in bad for loss in losses)


def test_a_month_is_judged_by_the_terms_of_its_last_moment(store: Store) -> None:
    december = datetime(2026, 12, 1, tzinfo=UTC)
    versions = (
        made(Occurrences()),
        replace(made(Occurrences()), target=Fraction(99, 100), version=2, since=december),
    )
    minutes = [minute_of(december - timedelta(minutes=ago)) for ago in (2, 1)]
    with store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", versions)])
        tx.measurements.record(
            [("checkout", Measurement(minute, 95, 100)) for minute in [*minutes, minute_of(december)]],
            at=december + timedelta(minutes=1),
        )
    at = december + timedelta(minutes=1)
    with store.read() as tx:
        found = tx.histories.of(["checkout"], [*minutes, minute_of(december), minute_of(at)], at=at)
    assert [standing.terms.version for standing in found["checkout"]] == [1, 1, 2]
    assert [standing.state for standing in found["checkout"]] == [State.MET, State.MET, State.BREACHED]


def test_nothing_measured_has_no_history(store: Store) -> None:
    with store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", (made(Occurrences()),))])
    with store.read() as tx:
        (standing,) = tx.histories.of(["checkout"], [FIRST, FIRST + 60], at=START + timedelta(hours=1))[
            "checkout"
        ]
        assert (standing.attainment, standing.coverage, standing.state) == (None, None, State.NO_DATA)
        assert tx.spells.of(tx.standings.all(at=START)[0]) == []
        assert tx.histories.of([], [FIRST, FIRST + 60], at=START + timedelta(hours=1)) == {}


@pytest.mark.parametrize("hot", [True, False], ids=["not sealed yet", "sealed"])
def test_an_outage_has_its_very_minutes(store: Store, hot: bool) -> None:
    """A failure every seven minutes before and after it does not lengthen it."""
    noise = {FIRST + minute: (599, 600) for minute in range(3, 600, 7)}
    ledger = dict.fromkeys(range(FIRST, FIRST + 600), (600, 600)) | noise
    ledger |= dict.fromkeys(range(FIRST + 412, FIRST + 448), (516, 600))
    terms = Terms(Fraction(999, 1000), RollingWindow(days=30), Occurrences(), Indicator("sli"))
    at = START + timedelta(minutes=600)
    with store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", (terms,))])
        minutes = [("checkout", Measurement(minute, *each)) for minute, each in ledger.items()]
        tx.measurements.record(minutes, at=START if hot else at + timedelta(hours=2))
    with store.read() as tx:
        (standing,) = tx.standings.all(at=at)
        found = tx.spells.of(standing)
    assert max(found, key=lambda spell: spell.lost) == Spell(FIRST + 412, FIRST + 448, 36 * 84)
