"""Daily use through Chromium, on a desk and on a phone: a digest's thread and menu, an answer's buttons."""

import pytest
from playwright.sync_api import Locator, Page, expect

BOX, ANSWER = "Message or slash command", "Only visible to you"

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


def the_log(page: Page) -> Locator:
    """The messages of the channel."""
    return page.locator("#messages")


def is_wider_than_shown(part: Locator) -> bool:
    return bool(part.evaluate("part => part.scrollWidth > part.clientWidth"))


def test_all_numbers_are_in_the_thread_of_the_digest(page: Page) -> None:
    the_log(page).get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    table = thread.get_by_role("region", name="Table")
    expect(table.get_by_role("columnheader", name="Objective")).to_be_in_viewport()
    expect(table.get_by_role("row")).to_have_count(2)
    assert not is_wider_than_shown(table)
    expect(thread.get_by_text("Budget left, 14 days")).to_be_visible()
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_a_row_of_the_digest_explains_itself(page: Page) -> None:
    the_log(page).get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Explain").click()
    answer = the_log(page).locator(".ephemeral")
    expect(answer).to_contain_text("1 Counted")
    expect(answer.get_by_text("1 Counted")).to_be_in_viewport()
    expect(answer.get_by_role("button", name="Share here")).to_be_visible()
    assert not is_wider_than_shown(answer)


def test_an_answer_is_shared_with_everybody(page: Page) -> None:
    box = page.get_by_label(BOX)
    box.fill("/slm status checkout-availability")
    box.press("Enter")
    the_log(page).get_by_role("button", name="Share here").click()
    shared = the_log(page).locator(".message:not(.ephemeral)").last
    expect(shared).to_contain_text("Shared by @ana")
    expect(shared).to_contain_text("checkout-availability")
    expect(shared).not_to_contain_text(ANSWER)
    expect(shared.get_by_role("button", name="Share here")).to_have_count(0)
