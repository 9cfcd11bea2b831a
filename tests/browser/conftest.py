"""Chromium before a played Steward: it is nine, and the digest was posted."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from connectors.slack import SlackPoster
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import BOT_TOKEN, PlayedSteward, played_steward

CHROMIUM = Path("/usr/bin/chromium")
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser tests: there is no {CHROMIUM} (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"]
        )
        yield browser
        browser.close()


@pytest.fixture
def steward(sqlite_store: Store, sqlite_engine: Engine) -> Iterator[PlayedSteward]:
    """It is nine, and the digest was posted."""
    clock = MovableClock(NINE)
    organise(sqlite_store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(sqlite_store, "checkout-availability", since=NINE - timedelta(hours=6), until=NINE, bad=40)
    with played_steward(sqlite_store, clock) as steward:
        with closing(SlackPoster(BOT_TOKEN, f"{steward.address}/sandbox/api/")) as poster:
            assert run_due(Context(sqlite_store, "default", clock, NINE, poster, drain=True)) == []
        yield steward


@pytest.fixture(params=[1280, 390], ids=["on a desk", "on a phone"])
def page(request: pytest.FixtureRequest, browser: Browser, steward: PlayedSteward) -> Iterator[Page]:
    """The sandbox's page; the browser's console must stay empty."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    page = context.new_page()
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(steward.address)
    yield page
    context.close()
    assert complaints == []
