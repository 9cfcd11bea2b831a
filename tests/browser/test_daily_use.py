"""Daily use, on a desk and on a phone: a digest's thread and its menus."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fakes.steward_server import PAYMENTS, PlayedSteward

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def the_log(page: Page) -> Locator:
    """The messages of the channel."""
    return page.locator("#messages")


def is_wider_than_shown(part: Locator) -> bool:
    return bool(part.evaluate("part => part.scrollWidth > part.clientWidth"))


def test_a_digest_has_all_numbers_and_each_row_explains_itself(page: Page) -> None:
    reads_all_numbers(page, page.get_by_role("complementary", name="Thread"))
    the_log(page).get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Explain").click()
    answer = the_log(page).locator(".ephemeral")
    expect(answer.get_by_text("1 Counted")).to_be_in_viewport()
    expect(answer.get_by_role("button", name="Share here")).to_be_visible()
    assert not is_wider_than_shown(answer)


def reads_all_numbers(page: Page, thread: Locator) -> None:
    the_log(page).get_by_role("button", name="1 reply").click()
    table = thread.get_by_role("region", name="Table")
    expect(table.get_by_role("columnheader", name="Objective")).to_be_in_viewport()
    expect(table.get_by_role("row")).to_have_count(2)
    assert not is_wider_than_shown(table)
    expect(thread.get_by_text("Budget left, 14 days")).to_be_visible()
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_what_others_do_is_seen(page: Page, steward: PlayedSteward) -> None:
    digest = the_log(page).locator(".message").first
    expect(digest).not_to_contain_text("(edited)")
    [message] = steward.slack.history(PAYMENTS)
    steward.slack.edit(message, {"text": "corrected :tada:"})
    expect(digest).to_contain_text("corrected 🎉 (edited)")
    expect(digest.get_by_text("(edited)")).to_have_attribute("title", re.compile("^Edited Tuesday.* 2026"))
    page.get_by_label("Message or slash command").focus()
    page.keyboard.type("thanks :tad")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(the_log(page).locator(".message").last).to_have_text(re.compile("Ana Lind.*thanks 🎉"))
