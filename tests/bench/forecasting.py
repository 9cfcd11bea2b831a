"""Forecasts on real incident histories: Brier scores beside linear pace's, and the time that a forecast takes."""

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.forecast import Record, forecast
from domain.forecast_score import Foretold, brier, linear_pace_brier, ratio
from domain.outage import EPOCH, Outage, bad_minutes
from tests.bench.measuring import least_seconds
from tests.domain.forecast_histories import DAY, incidents, months

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "outages"
OPERATOR = ("github-status_global-status_operator_reported", "atlassian_jira-software_operator_reported")
USER = ("Github_user_reported",)
STARTS = tuple(datetime(2018, *day, tzinfo=UTC) for day in ((1, 1), (2, 12), (7, 23)))
"""The files have no dates. The first is told in full; the others show that the day it begins does not decide."""
TARGETS = (0.999, 0.995, 0.99)
LEARNT = 6


def run(_folder: Path) -> Iterator[str]:
    """By target and trace, then pooled over those that operators reported; then the time."""
    if FOLDER.is_dir():
        for target in TARGETS:
            yield from _of_target(target)
    else:
        yield f"forecasting: no incident histories at {FOLDER}"
    yield _time()


def _of_target(target: float) -> Iterator[str]:
    for name in OPERATOR + USER:
        yield _line(name, target, list(_walked(name, target, STARTS[0])))
    pooled = [_pooled(target, start) for start in STARTS]
    others = " and ".join(_ratio(each) for each in pooled[1:])
    line = _line("pooled, operator-reported", target, pooled[0])
    yield f"{line}; had it begun on other days: {others} (wanted: at most 0.75)"


def _pooled(target: float, start: datetime) -> list[Foretold]:
    return [each for name in OPERATOR for each in _walked(name, target, start)]


def _walked(name: str, target: float, start: datetime) -> Iterator[Foretold]:
    """Each month foretold at 00:00 UTC of its days, by what was known then."""
    record = Record()
    first, lost = _daily(name, start)
    for month in months(lost, target, first=first):
        told = [forecast(outlook, record) for outlook in month.outlooks]
        record = record.after(told, month.breached)
        if told and (month.start - start).days >= LEARNT * 365 // 12:
            yield Foretold(told, month.breached)


def _daily(name: str, start: datetime) -> tuple[int, Sequence[int]]:
    """The first day, and the minutes lost each day; the first incident is at `start`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        outages = [_outage(row, start) for row in csv.DictReader(file)]
    first = (start - EPOCH).days
    last = (max(outage.end for outage in outages) - EPOCH).days + 1
    lost = [0] * (last - first)
    for bad in bad_minutes(outages, range(first * DAY, last * DAY)):
        for minute in bad:
            lost[minute // DAY - first] += 1
    return first, lost


def _outage(row: dict[str, str], start: datetime) -> Outage:
    begin, end = (start + timedelta(seconds=float(row[column])) for column in ("start_time", "end_time"))
    return Outage(begin, end)


def _line(name: str, target: float, foretold: list[Foretold]) -> str:
    own, pace = brier(foretold), linear_pace_brier(foretold)
    assert own is not None
    assert pace is not None
    return (
        f"forecasts at {target:.1%}, {name}, {len(foretold)} months: Brier score {own:.3f}, "
        f"linear pace {pace:.3f}: {_ratio(foretold)}"
    )


def _ratio(foretold: list[Foretold]) -> str:
    found = ratio(foretold)
    return f"{found.value:.2f} of it ({found.low:.2f} to {found.high:.2f})" if found else "nothing to compare"


def _time() -> str:
    """Beside adding up the same history's days once, the least that any method must do."""
    lost = incidents(1, days=760, a_month=4, minutes=30, sigma=1)
    outlook = [month.outlooks[-1] for month in months(lost, 0.99) if month.outlooks][-1]
    ours, sums = least_seconds(
        [
            lambda: forecast(outlook, Record()),
            lambda: sum(day.bad / day.total * outlook.daily_budget for day in outlook.days),
        ],
        rounds=50,
    )
    return (
        f"forecast of {len(outlook.days)} days of history: {ours * 1e3:.2f} ms (wanted: 2); "
        f"adding the days up once: {sums * 1e3:.3f} ms: {ours / sums:.0f} times"
    )
