"""A newcomer's first five minutes, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Tick, is_wider_than_window

BOX, ANSWER = "Message or slash command", "Only visible to you"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_newcomers_first_five_minutes(page: Page, tick: Tick) -> None:
    reads_the_digest(page)
    asks_in_its_thread(page.get_by_role("complementary", name="Thread"), page)
    asks_by_keyboard_only(page)
    presses_a_button_and_shares(page)
    jumps_to_tomorrow(page, tick)
    breaks_slack_and_mends_it(page)
    assert not is_wider_than_window(page)


def the_log(page: Page) -> Locator:
    return page.locator("#messages")


def reads_the_digest(page: Page) -> None:
    expect(the_log(page).get_by_text("payments team")).to_be_in_viewport()
    expect(the_log(page)).to_contain_text("checkout-availability")
    expect(the_log(page)).not_to_contain_text(ANSWER)
    expect(page.get_by_label(BOX)).to_be_in_viewport()
    assert not is_wider_than_window(page)


def asks_in_its_thread(thread: Locator, page: Page) -> None:
    the_log(page).get_by_role("button", name="1 reply").click()
    expect(thread.get_by_role("columnheader", name="Objective")).to_be_in_viewport()
    page.keyboard.type("@st")
    expect(page.get_by_role("option", name="@steward")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("status checkout-availability")
    page.keyboard.press("Enter")
    expect(thread.locator(".ephemeral")).to_contain_text("Budget left")
    assert not is_wider_than_window(page)
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    expect(the_log(page).get_by_role("button", name="2 replies")).to_be_focused()


def asks_by_keyboard_only(page: Page) -> None:
    page.get_by_label(BOX).focus()
    page.keyboard.type("/")
    suggestions = page.get_by_role("listbox", name="Suggestions").first
    expect(suggestions.get_by_role("option").first).to_contain_text("Service levels")
    page.keyboard.press("Escape")
    expect(suggestions).to_be_hidden()
    page.keyboard.type("sl")
    page.keyboard.press("ArrowDown")
    expect(suggestions.get_by_role("option", selected=True)).to_contain_text("/slm-mine")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.get_by_label(BOX)).to_have_value("/slm ")
    expect(page.locator("#box-usage")).to_contain_text("explain NAME")
    page.keyboard.type("status")
    expect(page.locator("#box-usage")).to_have_text("/slmstatus [NAME]Service levels: how it stands")
    page.keyboard.type(" check")
    page.keyboard.press("Enter")
    expect(the_log(page).get_by_text(ANSWER)).to_be_in_viewport()
    expect(page.locator("#announcer")).to_contain_text("Steward: checkout-availability: ")


def presses_a_button_and_shares(page: Page) -> None:
    the_log(page).locator(".ephemeral").get_by_role("button", name="Explain").click()
    expect(the_log(page).get_by_text("1 Counted")).to_be_in_viewport()
    the_log(page).get_by_role("button", name="Share here").last.click()
    shared = the_log(page).locator(".message:not(.ephemeral)").last
    expect(shared).to_contain_text("Shared by @ana")
    expect(shared).not_to_contain_text(ANSWER)
    expect(shared.get_by_role("button", name="Share here")).to_have_count(0)


def jumps_to_tomorrow(page: Page, tick: Tick) -> None:
    clock = page.get_by_role("button", name="The sandbox's time")
    expect(clock).to_contain_text("09:00")
    page.locator("#scroll").evaluate("scroll => { scroll.scrollTop = 0; }")
    clock.click()
    page.get_by_role("button", name="Tomorrow 09:00").click()
    expect(page.get_by_role("button", name="+1 hour")).to_be_hidden()
    expect(clock).to_have_attribute("title", re.compile("^Wed 25 Nov, 09:00, Berlin time"))
    tick()
    expect(the_log(page).get_by_text("payments team · Wed 25 Nov")).to_be_in_viewport()
    assert [day.inner_text() for day in the_log(page).locator(".day").all()] == ["Yesterday", "Today"]


def breaks_slack_and_mends_it(page: Page) -> None:
    page.get_by_role("button", name="Break Slack").click()
    page.get_by_label("Hang").select_option("50")
    banner = page.locator("#banner")
    expect(banner).to_contain_text("Faults are on: Hang 50%")
    page.get_by_role("button", name="Revoke the token").click()
    expect(banner).to_contain_text("token revoked")
    page.get_by_role("button", name="Archive #payments").click()
    expect(page.get_by_text("This channel is archived.")).to_be_visible()
    page.get_by_role("button", name="Unarchive #payments").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Switch all off").click()
    expect(banner).to_be_hidden()
    expect(page.get_by_label(BOX)).to_be_visible()
