"""Years of real outages, imported; on their mornings, each figure is what a recount by hand gives."""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from connectors.outage_file import hours_with_outages, parse_span, read_outages
from domain.method import Method, Occurrences, Timeslices
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Service, Terms, default_min_coverage
from domain.standing import Standing
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store
from storage.transaction import Transaction

START = datetime(2024, 1, 1, tzinfo=UTC)
HISTORIES = Path(__file__).parents[3] / "shared" / "data" / "outages"
FILES = sorted(HISTORIES.glob("*.csv"))
DAY = timedelta(days=1)
DAYS_AFTER = 40
"""How many mornings after the history's end are looked at: coverage shrinks, until nothing is there."""

Outages = Sequence[tuple[float, float]]
"""Seconds since START: from, until."""

ROLLING, MONTHLY = RollingWindow(30), CalendarWindow(CalendarUnit.MONTH)
SLICES, EVENTS = Timeslices(Fraction(1)), Occurrences()
PROMISES: dict[str, tuple[str, Window, Method]] = {
    "rolling-999-slices": ("0.999", ROLLING, SLICES),
    "rolling-995-events": ("0.995", ROLLING, EVENTS),
    "rolling-990-slices": ("0.99", ROLLING, SLICES),
    "monthly-999-events": ("0.999", MONTHLY, EVENTS),
    "monthly-995-slices": ("0.995", MONTHLY, SLICES),
    "monthly-990-events": ("0.99", MONTHLY, EVENTS),
}
ALL = tuple(PROMISES)
TWO = [("rolling-990-slices", "monthly-990-events"), ("rolling-995-events", "monthly-995-slices")]
"""Of the histories of many years: importing them costs most, and the shorter ones have all promises."""
MANY_DAYS = 1_000


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason=f"there are no histories in {HISTORIES}")
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_mornings_of_a_real_history(sqlite_store: Store, file: Path) -> None:
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    outages = [(float(row["start_time"]), float(row["end_time"])) for row in rows]
    many = outages[-1][1] > MANY_DAYS * 86_400
    assert_mornings(sqlite_store, outages, TWO[FILES.index(file) % 2] if many else ALL)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_mornings_of_a_history_of_the_same_shape(sqlite_store: Store, seed: int) -> None:
    assert_mornings(sqlite_store, generated(random.Random(seed), days=250), ALL)  # noqa: S311


def generated(chance: random.Random, *, days: int) -> Outages:
    """Outages in clusters, some within others, some of seconds and some of many hours; not in order."""
    found: list[tuple[float, float]] = [(0.0, 1800.5)]
    while found[-1][0] < days * 86_400:
        pause = chance.choice([60.0, 7_200.0, 20 * 86_400 * chance.random()])
        start = round(found[-1][0] + pause, 3)
        found.append((start, round(start + min(chance.lognormvariate(7, 2), 90_000), 3)))
    chance.shuffle(found)
    return found


def assert_mornings(store: Store, outages: Outages, promises: Sequence[str]) -> None:
    days = int(max(end for _, end in outages) // 86_400) + 1
    end = START + days * DAY
    promise(store, promises)
    import_(store, outages, end, promises)
    by_hand = ByHand.of(outages, minutes=days * 1440)
    mornings = [START + day * DAY + timedelta(hours=9) for day in range(days + DAYS_AFTER)]
    counted = {morning: by_hand.all(promises, at=morning) for morning in mornings}
    with store.read() as tx:
        for morning in telling(mornings[:days], counted):
            assert told(tx, at=morning) == counted[morning], morning
    for morning in mornings[days:]:
        with store.transaction() as tx:
            tx.measurements.seal(at=morning)
            assert told(tx, at=morning) == counted[morning], morning
    states = {figures.state for morning in mornings for figures in counted[morning].values()}
    assert states == {"met", "at_risk", "breached", "no_data"}


def telling(
    mornings: Sequence[datetime], counted: Mapping[datetime, Mapping[str, "Figures"]]
) -> list[datetime]:
    """Those on which more was bad, less is, or a state has changed since the one before; and every ninth.

    Between them only the minutes to come change, by a day each.
    """
    found = mornings[:1]
    for place, (before, morning) in enumerate(pairwise(mornings)):
        old, new = counted[before].values(), counted[morning].values()
        if place % 9 == 0 or [(one.spent, one.state) for one in old] != [
            (one.spent, one.state) for one in new
        ]:
            found = [*found, morning]
    return list(found)


def told(tx: Transaction, *, at: datetime) -> dict[str, "Figures"]:
    return {standing.name: Figures.told(standing) for standing in tx.standings.all(at=at)}


def promise(store: Store, promises: Sequence[str]) -> None:
    with store.transaction() as tx:
        tx.services.save([Service("hosting")])
        tx.objectives.save([Objective(name, "hosting", (terms(*PROMISES[name]),)) for name in promises])


def terms(target: str, window: Window, method: Method) -> Terms:
    coverage = default_min_coverage(method)
    return Terms(Fraction(target), window, method, Indicator("up"), min_coverage=coverage)


def import_(store: Store, outages: Outages, end: datetime, promises: Sequence[str]) -> None:
    lines = [f"{name},{_instant(start)},{_instant(until)}\n" for name in promises for start, until in outages]
    file = BytesIO(("objective,start,end\n" + "".join(lines)).encode())
    span = parse_span(START.isoformat(), end.isoformat(), at=end)
    with store.transaction() as tx:
        for batch in hours_with_outages(read_outages(file, "history.csv", known=promises), span):
            tx.measurements.record_hours(batch, at=end)


def _instant(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat()


@dataclass(frozen=True)
class Figures:
    """What a morning's digest would say of one objective."""

    good: int
    total: int
    attainment: Fraction | None
    coverage: Fraction | None
    allowed: Fraction
    spent: Fraction
    state: str
    silent: bool

    @classmethod
    def told(cls, standing: Standing) -> "Figures":
        good, total = standing.terms.method.judged(standing.figures.counts)
        return cls(
            good,
            total,
            standing.attainment,
            standing.coverage,
            standing.budget.allowed,
            standing.budget.spent,
            standing.state.value,
            standing.silent,
        )


@dataclass(frozen=True)
class ByHand:
    """Minutes counted from START; `bad_before[m]` of the first m were bad, and `minutes` were measured."""

    minutes: int
    bad_before: Sequence[int]

    @classmethod
    def of(cls, outages: Outages, *, minutes: int) -> "ByHand":
        bad = bytearray(minutes)
        for start, end in outages:
            minute = int(start // 60)
            while minute < minutes and minute * 60 < end:
                bad[minute] |= start < end
                minute += 1
        return cls(minutes, [0, *accumulate(bad)])

    def all(self, promises: Sequence[str], *, at: datetime) -> dict[str, Figures]:
        return {name: self.figures(*PROMISES[name], at=at) for name in promises}

    def figures(self, target: str, window: Window, method: Method, *, at: datetime) -> Figures:
        now = int((at - START).total_seconds()) // 60
        start, end = self._period(window, at)
        first, last = max(start, 0), min(end, now)
        total = max(min(last, self.minutes) - first, 0)
        bad = self.bad_before[first + total] - self.bad_before[first] if total else 0
        to_come = end - last
        slices = isinstance(method, Timeslices)
        coverage = Fraction(total, last - first) if last > first else None
        allowed = (1 - Fraction(target)) * (total + (to_come if slices else 0))
        whole = (1 - Fraction(target)) * (end - start)
        return Figures(
            good=total - bad,
            total=total,
            attainment=Fraction(total - bad, total) if total else None,
            coverage=coverage,
            allowed=allowed,
            spent=Fraction(bad),
            state=self._state(total, bad, coverage, allowed, whole, to_come, slices),
            silent=now - 1440 >= self.minutes,
        )

    @staticmethod
    def _state(
        total: int,
        bad: int,
        coverage: Fraction | None,
        allowed: Fraction,
        whole: Fraction,
        to_come: int,
        slices: bool,
    ) -> str:
        if total == 0 or coverage is None:
            return "no_data"
        if slices and coverage < Fraction(1, 2):
            return "breached" if bad > whole else "no_data"
        if bad > allowed:
            if slices or bad > allowed * (1 + Fraction(to_come, total)):
                return "breached"
            return "at_risk"
        return "at_risk" if allowed - bad < allowed / 4 else "met"

    @staticmethod
    def _period(window: Window, at: datetime) -> tuple[int, int]:
        if isinstance(window, RollingWindow):
            start, end = at - 30 * DAY, at
        else:
            start = at.replace(day=1, hour=0)
            end = (start + 31 * DAY).replace(day=1)
        return minute_of(start) - minute_of(START), minute_of(end) - minute_of(START)
