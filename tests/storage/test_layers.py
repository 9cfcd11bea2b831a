"""All four figures against a naive minute-by-minute sum, after every kind of change."""

from datetime import timedelta
from fractions import Fraction
from itertools import count as counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.dispute import Dispute, Effect, Outcome
from domain.layer import Layer
from domain.measurement import Measurement
from domain.method import Method
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Terms
from domain.window import Period, Window
from storage.store import Store
from storage.transaction import Transaction
from tests.fakes.disputes import contested, raise_dispute, rule
from tests.oracle import recount
from tests.storage.test_counting_properties import (
    DENSE,
    HOURS,
    START,
    Counted,
    apply_change,
    methods,
    minutes,
    runs,
    span_of,
    told,
    windows,
)

NAMES = counter()
ORDER = (Layer.MEASURED, Layer.AGREEMENT, Layer.OWNER, Layer.IF_UPHELD)
KINDS = ("record", "record_hours", "seal", "exclude", "include", "hours", "round the clock")
RULINGS = (
    "agreement",
    "owner",
    "if_upheld",
    "correct agreement",
    "correct owner",
    "correct if_upheld",
    "undo",
)
Change = tuple[str, dict[int, tuple[int, int]], int]
changes = st.lists(
    st.tuples(st.sampled_from([*KINDS, *RULINGS]), st.one_of(minutes, runs), st.integers(0, 620)),
    min_size=1,
    max_size=8,
)
Ledger = dict[int, tuple[int, int]]


class Naive:
    """What each layer is made of, minute by minute."""

    def __init__(self) -> None:
        self.scope = Counted()
        self.measured: Ledger = {}
        self.gone: list[tuple[Layer, set[int]]] = []
        self.corrected: list[tuple[Layer, Ledger]] = []
        self.ruled: list[tuple[Dispute, list[Any], Any]] = []
        """Each dispute that was ruled, and what is to be taken out of which list when the appeal rejects it."""

    def ledger(self, layer: Layer) -> Ledger:
        found = dict(self.measured)
        for wanted in ORDER[1 : ORDER.index(layer) + 1]:
            for each, corrected in self.corrected:
                if each is wanted:
                    found |= {minute: counts for minute, counts in corrected.items() if minute in found}
        return found

    def counting(self, layer: Layer, minute: int) -> bool:
        places = ORDER[: ORDER.index(layer) + 1]
        return self.scope(minute) and not any(minute in gone for each, gone in self.gone if each in places)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, windows, changes, st.lists(st.integers(0, 700), min_size=1, max_size=3), st.booleans())
def test_all_figures_equal_a_naive_recount(
    engine: Engine, method: Method, window: Window, changes: list[Change], asked: list[int], dense: bool
) -> None:
    store, workspace, naive = Store(engine), f"l{next(NAMES)}", Naive()
    store.ensure_workspace(workspace)
    terms = Terms(Fraction(99, 100), window, method, Indicator("sli"), agreement="a0")
    with store.transaction(workspace) as tx:
        tx.objectives.save([Objective("o0", "shop", (terms,))])
        tx.calendars.save([HOURS])
    if dense:
        changes = [("record", DENSE, 400), *changes]
    for kind, change, passed in changes:
        if kind in RULINGS:
            with store.transaction(workspace) as tx:
                _decide(tx, naive, kind, change)
        else:
            apply_change(store, workspace, kind, "o0", change, START + timedelta(minutes=passed))
            naive.scope.apply(kind, change)
            if kind.startswith("record"):
                naive.measured |= {minute_of(START) + minute: one for minute, one in change.items()}
    for passed in asked:
        at = START + timedelta(minutes=passed)
        period = terms.window.period(at=at)
        fixed = Period(START, START + timedelta(minutes=min(passed, 333)))
        with store.read(workspace) as tx:
            found = tx.layered.of(["o0"], at=at)["o0"]
            [standing] = tx.standings.all(at=at)
            of_period = tx.layered.of(["o0"], at=at, period=fixed)["o0"] if passed else None
        assert found.agreement.figures.counts == standing.figures.counts
        assert found.agreement.coverage == standing.coverage
        for layer in ORDER:
            for layered, span in [(found, period), (of_period, fixed)]:
                if layered is not None:
                    expected = recount(
                        naive.ledger(layer),
                        method,
                        span.start_minute,
                        span.end_minute,
                        at=minute_of(at),
                        counting=lambda minute, layer=layer: naive.counting(layer, minute),  # type: ignore[misc]
                    )
                    assert told(method, layered.standing(layer).figures.counts) == expected, layer


def _decide(tx: Transaction, naive: Naive, kind: str, change: Ledger) -> None:
    if kind == "undo":
        if naive.ruled:
            one, among, which = naive.ruled.pop()
            among.remove(which)
            rejected = {"instance": 2, "outcome": Outcome.REJECTED, "effect": Effect.NOTE}
            rule(tx, one, contested(), None, **rejected)
        return
    layer = Layer(kind.removeprefix("correct "))
    listed: list[Any]
    entry: Any
    first = minute_of(START)
    if kind.startswith("correct"):
        corrected = {first + minute: counts for minute, counts in change.items()}
        listed, entry = naive.corrected, (layer, corrected)
        what = contested(corrections=tuple(Measurement(minute, *one) for minute, one in corrected.items()))
    else:
        gone = {first + minute for minute in span_of(change)}
        listed, entry = naive.gone, (layer, gone)
        what = contested(*([(min(gone), max(gone) + 1)] if gone else []))
    listed.append(entry)
    one = raise_dispute(tx, "o0", what)
    if layer is not Layer.IF_UPHELD:
        rule(tx, one, what, layer.value)
        naive.ruled.append((one, listed, entry))
