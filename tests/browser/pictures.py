"""The README's pictures, by `make pictures`: the sample organisation on Tuesday 24 November 2026, nine in Berlin."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bot.sandbox import sample_feed, seed
from bot.wiring import SANDBOX_TOKEN, Opened
from connectors.slack import SlackPoster
from jobs import digest
from jobs.job import Context
from jobs.listing import run_due
from sandbox.place import Place
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import Store
from tests.browser.conftest import CHROMIUM, NINE
from tests.fakes.clock import MovableClock
from tests.fakes.steward_server import PlayedSteward, played_steward

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ANA, PAYMENTS = "U0ANA", "team-payments"
DIGEST = "Payments team · Tue 24 Nov"
ASKED = "/slm status checkout-availability"
ROLLED_UP = NINE + timedelta(minutes=15)
"""When the sample's roll-up is due."""
ROOM = 870
"""Of which the sidebar takes 250."""
UNSEEN = ".hover-bar, .day, .new, .to-end { display: none !important; } .message:hover { background: none; }"


def main() -> None:
    """Makes them all anew; the same data give the same pictures."""
    with TemporaryDirectory() as folder, _steward(folder) as steward, _chromium() as browser:
        with _page(browser, steward, width=ROOM) as page:
            _only_the_message(page, page.locator("#messages .message", has_text=DIGEST), "digest")
        with _page(browser, steward, width=ROOM) as page:
            _only_the_message(
                page, page.locator("#messages .message", has_text="are failing since"), "warning"
            )
        with _page(browser, steward, width=1280, height=844) as page:
            page.get_by_role("button", name="1 reply").first.click()
            page.get_by_role("columnheader", name="Objective").wait_for()
            page.locator("#messages .message", has_text=DIGEST).first.evaluate(
                "message => { message.scrollIntoView(); document.activeElement.blur(); }"
            )
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURES / "sandbox.png")
        steward.type_in(ASKED, Place(ANA, _channel(steward)))
        with _page(browser, steward, width=ROOM) as page:
            _only_the_message(page, page.locator("#messages .ephemeral"), "answer")


@contextmanager
def _steward(folder: str) -> Iterator[PlayedSteward]:
    engine = open_engine(f"sqlite:///{folder}/pictures.db")
    migrate(engine)
    store = Store(engine)
    store.ensure_workspace()
    sample_feed(Opened(store, "default"), at=ROLLED_UP)
    clock = MovableClock(ROLLED_UP - timedelta(days=1))
    _note_mondays_digests(store, clock)
    with played_steward(store, clock, seed=seed()) as steward:
        with closing(SlackPoster(SANDBOX_TOKEN, f"{steward.address}/sandbox/api/")) as poster:
            for at in (NINE, ROLLED_UP):
                clock.at = at
                run_due(Context(store, "default", clock, at, poster, drain=True))
        clock.at = ROLLED_UP
        yield steward
    engine.dispose()


def _note_mondays_digests(store: Store, clock: MovableClock) -> None:
    """What Tuesday's digests compare with, as if they had been posted."""
    context = Context(store, "default", clock, clock.at)
    with store.read() as tx:
        mornings = digest.all_due(tx, at=clock.at)
    for morning in mornings:
        digest.take_note(context, morning)


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"]
        )
        yield browser
        browser.close()


@contextmanager
def _page(browser: Browser, steward: PlayedSteward, *, width: int, height: int = 1400) -> Iterator[Page]:
    """The page of the payments team's channel."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        timezone_id="Europe/Berlin",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{steward.address}/archives/{_channel(steward)}/p0")
    page.locator("#messages .message").first.wait_for()
    yield page
    context.close()


def _only_the_message(page: Page, message: Locator, name: str) -> None:
    page.add_style_tag(content=UNSEEN)
    message.first.screenshot(path=PICTURES / f"{name}.png")


def _channel(steward: PlayedSteward) -> str:
    channel = steward.slack.channel_named(PAYMENTS)
    assert channel is not None
    return channel.id


if __name__ == "__main__":
    main()
