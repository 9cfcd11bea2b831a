"""Delivery: 1,000 digests to 1,000 channels of a Slack that takes 100 ms for each."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter, process_time

import aiohttp
import httpx

from bot.clock import SystemClock
from connectors.slack import AT_ONCE, SlackPoster
from domain.notice import Content, Notice, NoticeState
from jobs import deliver
from jobs.job import Context
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import DEFAULT_WORKSPACE, Store
from tests.bench.slow_slack import LATENCY_SECONDS
from tests.processes.steward import ROOT

MESSAGES = 1_000
IDEAL_SECONDS = MESSAGES / AT_ONCE * LATENCY_SECONDS
EXAMPLE = json.loads((ROOT / "tests/messages/golden/digest_example.json").read_text())


def run(folder: Path) -> Iterator[str]:
    """Against what 50 connections allow, and against aiohttp alone with the same requests."""
    with slow_slack() as base_url:
        bare_seconds, bare_cpu = _timed(lambda: asyncio.run(_bare(base_url)))
    with (
        slow_slack() as base_url,
        _store(folder) as store,
        closing(SlackPoster("xoxb-x", base_url)) as poster,
    ):
        _say(store)
        context = Context(store, DEFAULT_WORKSPACE, SystemClock(), SystemClock().now(), poster)
        seconds, cpu = _timed(lambda: deliver.run(context))
        with store.read() as tx:
            sent = tx.outbox.counts()[NoticeState.SENT]
        figures = httpx.get(f"{base_url}figures", trust_env=False).json()
    yield (
        f"{sent:,} digests to {MESSAGES:,} channels, {LATENCY_SECONDS * 1e3:.0f} ms each, {AT_ONCE} at once: "
        f"{seconds:.2f} s; ideal {IDEAL_SECONDS:.2f} s: {seconds / IDEAL_SECONDS:.2f} times (wanted: at most 1.1); "
        f"aiohttp alone {bare_seconds:.2f} s: {seconds / bare_seconds:.2f} times"
    )
    yield (
        f"CPU of it: {cpu / MESSAGES * 1e3:.2f} ms a message (wanted: at most 1); aiohttp alone "
        f"{bare_cpu / MESSAGES * 1e3:.2f} ms: {cpu / bare_cpu:.1f} times; "
        f"{figures['too_fast']} came too fast (wanted: 0)"
    )


def _timed(call: object) -> tuple[float, float]:
    assert callable(call)
    began, cpu = perf_counter(), process_time()
    call()
    return perf_counter() - began, process_time() - cpu


async def _bare(base_url: str) -> None:
    """The same requests, without an outbox."""
    places = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def post(number: int) -> None:
            message = {"channel": f"C{number:07d}", **EXAMPLE}
            async with places, session.post(f"{base_url}chat.postMessage", json=message) as answer:
                await answer.json()

        await asyncio.gather(*map(post, range(MESSAGES)))


@contextmanager
def _store(folder: Path) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{folder}/steward.db")
    migrate(engine)
    store = Store(engine)
    store.ensure_workspace()
    yield store
    engine.dispose()


def _say(store: Store) -> None:
    at = SystemClock().now()
    with store.transaction() as tx:
        for number in range(MESSAGES):
            content = Content(EXAMPLE["text"], EXAMPLE["blocks"])
            tx.outbox.add(Notice(f"digest:team-{number}", f"#team-{number}", content, at))


@contextmanager
def slow_slack() -> Iterator[str]:
    """The base address of its Web API."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.slow_slack"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/api/"
        process.kill()
