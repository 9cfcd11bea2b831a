"""The gallery: every message draws, at any width."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.gallery import every_message
from sandbox.app import create_app
from sandbox.gallery import Gallery
from sandbox.page import Extras
from sandbox.slack import SandboxSlack
from tests.browser.conftest import NINE, WIDTHS, is_wider_than_window, quiet_page
from tests.fakes.slack_server import serving
from tests.fakes.steward_server import SEED

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPILLING = """() => [...document.querySelectorAll(".entry")].filter((entry) =>
    entry.scrollWidth > entry.clientWidth || [...entry.querySelectorAll(".section-text, .context-block, .push")].some(
        (part) => part.scrollWidth > part.clientWidth + 1)).map((entry) => entry.ariaLabel)"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    slack = SandboxSlack(SEED, path=None, clock=lambda: NINE)
    extras = Extras(Gallery(every_message), "Europe/Berlin")
    app = create_app(slack, events_url="http://127.0.0.1:9/slack/events", manifest={}, extras=extras)
    with serving(app) as address:
        yield address
        slack.changes.stop()
    slack.close()


@WIDTHS
def test_every_message_draws_and_none_is_wider_than_the_window(
    browser: Browser, address: str, width: int
) -> None:
    with quiet_page(browser, width) as page:
        page.goto(f"{address}/sandbox/gallery")
        entries = page.locator(".entry")
        expect(entries).to_have_count(len(every_message()))
        expect(page.locator(".unknown")).to_have_count(0)
        assert not is_wider_than_window(page)
        assert page.evaluate(SPILLING) == []
        filters(page)


def filters(page: Page) -> None:
    page.get_by_label("Filter").fill("roll-up empty")
    expect(page.locator(".entry:visible")).to_have_count(1)
    expect(page.locator(".entry:visible .push")).to_contain_text("Lock screen")
    page.get_by_label("Filter").fill("")
    page.get_by_label("Filter").fill("no such message")
    expect(page.locator(".entry:visible")).to_have_count(0)


def test_it_is_linked_and_has_phone_width(browser: Browser, address: str) -> None:
    with quiet_page(browser, 1280) as page:
        page.goto(address)
        page.get_by_role("link", name="Gallery of all messages").click()
        expect(page.get_by_role("heading", name="Gallery of all messages")).to_be_visible()
        entry = page.locator(".entry").first
        entry.wait_for()
        page.get_by_label("Phone width").check()
        assert entry.evaluate("entry => entry.offsetWidth") <= 360
        assert page.evaluate(SPILLING) == []
