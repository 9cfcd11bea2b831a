"""A first look through Chromium: the digest stands there, a question is answered, also on a phone."""

import pytest
from playwright.sync_api import Page, expect

BOX, ANSWER = "Message or slash command", "Only visible to you"

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def test_a_question_is_answered(page: Page) -> None:
    log = page.get_by_role("log")
    expect(log).to_contain_text("payments team")
    expect(log).to_contain_text("checkout-availability")
    expect(log).not_to_contain_text(ANSWER)
    box = page.get_by_label(BOX)
    box.fill("/slm status")
    box.press("Enter")
    expect(log).to_contain_text(ANSWER)
    expect(log.get_by_text(ANSWER)).to_be_in_viewport()


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    expect(page.get_by_role("log")).to_contain_text("checkout-availability")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_label(BOX)).to_be_in_viewport()
