"""Chromium before a played Steward: it is nine, and the digest was posted."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from connectors.slack import SlackPoster
from jobs.job import Context
from jobs.listing import run_due
from sandbox.slack import SandboxSlack
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import BOT_TOKEN, PlayedSteward, played_steward

CHROMIUM = Path("/usr/bin/chromium")
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
WIDTHS = pytest.mark.parametrize("width", [1280, 390], ids=["on a desk", "on a phone"])
"""For tests that open pages of their own."""

Tick = Callable[[], None]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all these tests, and closed after them: while it is open, asyncio cannot run anything else."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser tests: there is no {CHROMIUM} (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"]
        )
        yield browser
        browser.close()


@pytest.fixture
def steward(sqlite_store: Store) -> Iterator[PlayedSteward]:
    """It is nine, and the digest was posted."""
    clock = MovableClock(NINE)
    organise(sqlite_store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(sqlite_store, "checkout-availability", since=NINE - timedelta(hours=6), until=NINE, bad=40)
    with played_steward(sqlite_store, clock) as steward:
        _tick(steward, sqlite_store)
        yield steward


@pytest.fixture
def tick(steward: PlayedSteward, sqlite_store: Store) -> Tick:
    """Steward's worker: does what is due by the sandbox's clock."""
    return lambda: _tick(steward, sqlite_store)


def _tick(steward: PlayedSteward, store: Store) -> None:
    clock = SandboxTime(steward.slack)
    with closing(SlackPoster(BOT_TOKEN, f"{steward.address}/sandbox/api/")) as poster:
        assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []


@dataclass(frozen=True)
class SandboxTime:
    """The sandbox's clock, which sleeping moves on at once."""

    slack: SandboxSlack

    def now(self) -> datetime:
        return self.slack.clock()

    def sleep(self, seconds: float) -> None:
        self.slack.advance(timedelta(seconds=seconds))


@pytest.fixture(params=[1280, 390], ids=["on a desk", "on a phone"])
def page(request: pytest.FixtureRequest, browser: Browser, steward: PlayedSteward) -> Iterator[Page]:
    """The sandbox's page; the browser's console must stay empty."""
    with quiet_page(browser, request.param) as page:
        page.goto(steward.address)
        yield page


@contextmanager
def quiet_page(browser: Browser, width: int, **options: object) -> Iterator[Page]:
    """A page of that width; afterwards nothing may stand in its console."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 844}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def is_wider_than_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
