"""Commands beside the intake: `/slm status NAME` over signed HTTP while measurements come in."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import httpx

from bot.wiring import SANDBOX_SIGNING_SECRET
from sandbox.signing import signature_headers
from tests.bench.posting import BULK, TOKEN
from tests.bench.seeding import empty_store, name_of
from tests.processes.steward import ROOT, running_sandbox

OBJECTIVES = 1_000
CLIENTS = 4
SECONDS = 15.0
FORM = urlencode(
    {"command": "/slm", "text": f"status {name_of(500)}", "user_id": "U1", "team_id": "T1"}
).encode()
POSTING = (sys.executable, "-m", "tests.bench.posting")


def run(folder: Path) -> Iterator[str]:
    """Against the same command of the same process when nothing comes in."""
    database = folder / "steward.db"
    with empty_store(database, OBJECTIVES):
        pass
    url = f"sqlite:///{database}"
    with running_sandbox(folder, DATABASE_URL=url, STEWARD_API_TOKEN=TOKEN) as steward:
        each = OBJECTIVES // CLIENTS
        ticks = [(first, each) for first in range(0, OBJECTIVES, each)]
        with posting(steward.address, ticks):
            asked(steward.address, 1.0)
        alone = asked(steward.address, SECONDS)
        with posting(steward.address, ticks) as accepted:
            beside = asked(steward.address, SECONDS)
        yield _line(
            f"{OBJECTIVES:,} objectives a second from {CLIENTS} clients at once", beside, alone, accepted
        )
        with posting(steward.address, [(0, BULK)]) as accepted:
            bulk = asked(steward.address, SECONDS)
        yield _line("one client with 50,000 measurements a request", bulk, alone, accepted)
        assert steward.stop() == 0


@contextmanager
def posting(address: str, parts: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Clients at work, a process each; the list has at the end how many measurements each got in."""
    accepted: list[int] = []
    with ExitStack() as clients:
        started = [
            clients.enter_context(
                subprocess.Popen(  # noqa: S603
                    [*POSTING, address, str(first), str(count)],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )
            for first, count in parts
        ]
        for client in started:
            assert client.stdout is not None
            assert client.stdout.readline() == b"ready\n"
        yield accepted
        accepted += [int(client.communicate()[0]) for client in started]


def asked(address: str, seconds: float) -> list[float]:
    """How long each answer took, one after the other, for so many seconds; the fastest first."""
    taken: list[float] = []
    end = perf_counter() + seconds
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        while perf_counter() < end:
            headers = signature_headers(SANDBOX_SIGNING_SECRET, FORM, at=datetime.now(UTC))
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            start = perf_counter()
            answer = client.post("/slack/events", content=FORM, headers={**headers, **kind})
            taken.append(perf_counter() - start)
            assert name_of(500) in answer.text
    return sorted(taken)


def _line(what: str, beside: Sequence[float], alone: Sequence[float], accepted: Sequence[int]) -> str:
    slow, usual = _p99(beside), _p99(alone)
    each_second = sum(accepted) / SECONDS
    return (
        f"/slm status beside {what} ({each_second:,.0f} measurements a second taken in): p99 {slow * 1e3:.1f} ms, "
        f"p50 {beside[len(beside) // 2] * 1e3:.1f} ms; alone: p99 {usual * 1e3:.1f} ms, p50 "
        f"{alone[len(alone) // 2] * 1e3:.1f} ms: {slow / usual:.1f} times the time (wanted: p99 under 50 ms)"
    )


def _p99(taken: Sequence[float]) -> float:
    return taken[len(taken) * 99 // 100]
