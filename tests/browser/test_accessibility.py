"""Names, focus and contrast, in light and in dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import quiet_page
from tests.fakes.steward_server import PlayedSteward

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LEAST = 4.5
OUT_OF_ORDER = """[...document.querySelectorAll("[tabindex]")]
    .filter((one) => one.tabIndex > 0).map((one) => one.outerHTML)"""
NAMELESS = """[...document.querySelectorAll("button, a[href], input, select, textarea, [role=dialog], nav, aside")]
    .filter((one) => !(one.ariaLabel || one.labels?.length || one.innerText.trim() || one.textContent.trim()))
    .map((one) => one.outerHTML)"""


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(1280, "light", id="on a desk, by day"),
        pytest.param(390, "dark", id="on a phone, by night"),
    ],
)
def test_names_contrast_and_the_keyboard(
    browser: Browser, steward: PlayedSteward, width: int, scheme: str
) -> None:
    with quiet_page(browser, width, color_scheme=scheme, reduced_motion="reduce") as page:
        page.goto(steward.address)
        page.locator("#messages .message").wait_for()
        skips_to_the_message_box(page)
        walks_among_messages(page)
        opens_a_menu(page)
        if width == 390:
            opens_the_drawer(page)
        steward.type_in("/slm explain checkout-availability")
        page.locator("#messages .ephemeral").wait_for()
        page.get_by_label("Message or slash command").fill("/slm")
        holds(page)
        breaks_slack(page)
        holds(page)


def skips_to_the_message_box(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message or slash command")).to_be_focused()


def breaks_slack(page: Page) -> None:
    page.get_by_role("button", name="Break Slack").click()
    page.get_by_label("Hang").select_option("10")
    expect(page.locator("#banner")).to_be_visible()


def holds(page: Page) -> None:
    assert page.evaluate(OUT_OF_ORDER) == []
    assert page.evaluate(NAMELESS) == []
    assert [told for told in page.evaluate(CONTRAST) if told["contrast"] < LEAST] == []


def walks_among_messages(page: Page) -> None:
    page.locator("#scroll").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#messages .message").last).to_be_focused()
    page.keyboard.press("t")
    expect(page.get_by_label("Reply in the thread")).to_be_focused()
    expect(page.get_by_role("columnheader", name="Objective")).to_be_visible()
    holds(page)
    page.keyboard.press("Escape")
    expect(page.locator("#messages .replies")).to_be_focused()


def opens_a_menu(page: Page) -> None:
    page.get_by_role("button", name="More actions").focus()
    page.keyboard.press("Enter")
    items = page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More actions")).to_be_focused()


def opens_the_drawer(page: Page) -> None:
    page.get_by_role("button", name="Channels").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".channel.current")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Channels")).to_be_focused()
    expect(page.locator(".channel.current")).to_be_hidden()
