"""Real input: definitions and incident histories from files, the digest of a morning, and figures that add up."""

import json
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from bot.cli import main
from bot.wiring import open_store
from messages.status_json import status_json
from tests.fakes.clock import RunningClock
from tests.fakes.definitions import MONTH, ROLLING, SERVICE, TEAM, file_of, slo
from tests.fakes.organisation import acknowledge_all
from tests.fakes.slack_server import PlayedSlack, played_slack
from tests.fakes.surroundings import Surroundings, surroundings_in
from tests.fakes.traces import Trace, made_up_trace, real_traces

# One worker for all of them: each history is imported once.
pytestmark = [pytest.mark.slow]

DAY = 24 * 60
BURN_WINDOWS = {"5m": 5, "30m": 30, "1h": 60, "2h": 120, "6h": 360, "1d": DAY, "3d": 3 * DAY}
OBJECTIVES = {
    f"{kind}-{int(1000 * Fraction(target))}": (target, kind)
    for target in ("0.999", "0.995", "0.99")
    for kind in ("rolling", "month")
}
"""Name → target, and window."""

TRACES = [made_up_trace(days=120, seed=7), *real_traces()[:1]]
"""One real history by the command line; test_outage_histories.py recounts the mornings of all of them."""


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Naive:
    """A recount from the trace alone: every minute of the span measured, a touched one bad."""

    bad: Sequence[int]
    first: int
    end: int

    def total(self, start: int, end: int) -> int:
        return max(0, min(end, self.end) - max(start, self.first))

    def failed(self, start: int, end: int) -> int:
        """One by one; the order only spares looking at what lies elsewhere."""
        start, end = max(start, self.first), min(end, self.end)
        near = self.bad[bisect_left(self.bad, start) : bisect_left(self.bad, end)]
        return sum(1 for minute in near if start <= minute < end)

    def told(self, target: str, kind: str, at: datetime) -> dict[str, Any]:
        """What `steward status --json` must say of one objective."""
        allowance, minute = 1 - Fraction(target), int(at.timestamp()) // 60
        begin, period_end = period(kind, at)
        total, failed = self.total(begin, minute), self.failed(begin, minute)
        allowed = allowance * total
        left = (allowed - failed) / allowed if total else None
        return {
            "good": total - failed,
            "total": total,
            "attainment": down(Fraction(total - failed, total) if total else None),
            "allowed": down(allowed),
            "spent": down(Fraction(failed)),
            "left_ratio": down(left),
            "state": state(failed, allowed, total, 0 if kind == "rolling" else period_end - minute),
            "burn_rates": {
                name: up(self.burn(minute - length, minute, allowance))
                for name, length in BURN_WINDOWS.items()
            },
        }

    def burn(self, start: int, end: int, allowance: Fraction) -> Fraction | None:
        total = self.total(start, end)
        return Fraction(self.failed(start, end), total) / allowance if total else None


def period(kind: str, at: datetime) -> tuple[int, int]:
    """The minutes from its beginning to its end."""
    if kind == "rolling":
        return int(at.timestamp()) // 60 - 30 * DAY, int(at.timestamp()) // 60
    begin = at.replace(day=1, hour=0, minute=0)
    end = (begin + timedelta(days=32)).replace(day=1)
    return int(begin.timestamp()) // 60, int(end.timestamp()) // 60


def state(failed: int, allowed: Fraction, total: int, to_come: int) -> str:
    if not total:
        return "no_data"
    if failed > allowed:
        return "breached" if failed > allowed * (1 + Fraction(to_come, total)) else "at_risk"
    return "at_risk" if allowed - failed < allowed / 4 else "met"


def down(value: Fraction | None) -> str | None:
    return None if value is None else decimal(value * 10**12 // 1)


def up(value: Fraction | None) -> str | None:
    return None if value is None else decimal(-(-value * 10**12 // 1))


def decimal(scaled: int) -> str:
    """Of 10⁻¹², without zeros at the end."""
    whole, rest = divmod(abs(scaled), 10**12)
    digits = f"{rest:012}".rstrip("0")
    return f"{'-' if scaled < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def flat(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of one objective of the JSON, what is recounted."""
    budget = told["budget"]
    return {
        **{name: told[name] for name in ("good", "total", "attainment", "state", "burn_rates")},
        **{name: budget[name] for name in ("allowed", "spent", "left_ratio")},
    }


@pytest.fixture(scope="module", params=TRACES, ids=lambda trace: trace.name)
def trace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trace]:
    """Its history imported, for objectives of three targets over two windows."""
    with surroundings_in(tmp_path_factory.mktemp("trace")) as surroundings:
        surroundings.set(DATABASE_URL="sqlite:///trace.db")
        bring_in(request.param, surroundings)
        yield request.param


def bring_in(trace: Trace, surroundings: Surroundings) -> None:
    documents = [
        slo(name, target, window=ROLLING if kind == "rolling" else MONTH)
        for name, (target, kind) in OBJECTIVES.items()
    ]
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, *documents))
    surroundings.write("outages.csv", trace.as_csv(OBJECTIVES))
    first, end = trace.span
    assert main(["migrate"]) == 0
    assert main(["apply", "all.yaml", "--at", instant(first)]) == 0
    with open_store(None) as (store, _):
        acknowledge_all(store)
    span = ["--from", instant(first), "--to", instant(end)]
    assert main(["import", "outages.csv", "--outages", *span, "--at", instant(end)]) == 0


def naive(trace: Trace) -> Naive:
    first, end = (int(at.timestamp()) // 60 for at in trace.span)
    return Naive(trace.bad_minutes(), first, end)


def instants(trace: Trace) -> Iterator[datetime]:
    """One a day, of long histories every fifth day, at all hours in turn; first and last minute included."""
    first, end = trace.span
    for day in range(0, (end - first).days, 5 if (end - first).days > 200 else 1):
        yield first + timedelta(days=day, hours=day % 24, minutes=day * 7 % 60)
    yield end


def test_every_day_adds_up(trace: Trace) -> None:
    expected = naive(trace)
    with open_store() as (store, workspace):
        for at in instants(trace):
            with store.read(workspace) as tx:
                told = status_json(tx.standings.all(at=at), at=at)
            found = {one["objective"]: flat(one) for one in told["objectives"]}
            assert found == {name: expected.told(*what, at) for name, what in OBJECTIVES.items()}, at


def test_status_and_the_digest_of_the_worst_morning(trace: Trace, capsys: pytest.CaptureFixture[str]) -> None:
    at = worst_morning(trace)
    expected = {name: naive(trace).told(*what, at) for name, what in OBJECTIVES.items()}
    capsys.readouterr()
    assert main(["status", "--at", instant(at), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["objective"]: flat(one) for one in told["objectives"]} == expected

    with a_slack(at) as slack:
        assert main(["tick", "--at", instant(at)]) == 0
        assert main(["tick", "--at", instant(at + timedelta(hours=1))]) == 0
        [digest] = slack.messages("payments")
    states = [one["state"] for one in expected.values()]
    assert digest["text"].startswith(f"Payments team: {states.count('met')} of {len(states)} met")
    shown = json.dumps(digest["blocks"])
    for name, one in expected.items():
        assert one["state"] == "met" or name in shown


@contextmanager
def a_slack(at: datetime) -> Iterator[PlayedSlack]:
    with played_slack(RunningClock(at), ["payments"]) as slack:
        os.environ.update(
            SLACK_BOT_TOKEN=slack.token, SLACK_SIGNING_SECRET="1", SLACK_API_BASE_URL=slack.base_url
        )
        yield slack


def worst_morning(trace: Trace) -> datetime:
    """Nine o'clock in Berlin, of the working day after the day with most bad minutes."""
    expected, (first, end) = naive(trace), trace.span
    days = [first + timedelta(days=day) for day in range((end - first).days - 4)]
    minute = {day: int(day.timestamp()) // 60 for day in days}
    worst = max(days, key=lambda day: expected.failed(minute[day], minute[day] + DAY))
    morning = worst + timedelta(days=1)
    while morning.weekday() > 4:
        morning += timedelta(days=1)
    summer = datetime(morning.year, 4, 1, tzinfo=UTC) <= morning < datetime(morning.year, 10, 25, tzinfo=UTC)
    return morning.replace(hour=7 if summer else 8)
