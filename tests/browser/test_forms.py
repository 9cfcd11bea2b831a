"""Forms on the page: filled in by keyboard, on a desk and on a phone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from messages.asking import form_button
from messages.blocks import actions
from messages.form import Choice, Form, Origin, Words, form_view
from sandbox.blocks.view import read_view
from sandbox.slack import Draft
from storage.store import Store
from tests.browser.conftest import NINE, is_wider_than_window
from tests.browser.test_accessibility import holds
from tests.commands.open_warnings import open_warnings, warning
from tests.fakes.steward_server import ANA, PAYMENTS, PlayedSteward

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "checkout-availability"
WHOSE = [("Payments", "payments"), ("Nobody at all", "nobody")]
MANY = [(f"Team {number}", f"team-{number}") for number in range(12)]
STATUS = Form(
    "How it stands",
    "status",
    [
        Choice("Whose", WHOSE),
        Choice("Beside", MANY, optional=True),
        Words("Why", "because", optional=True, hint="In short."),
    ],
    "Show it",
    ["*checkout-availability*, 99.9%"],
)


def opened(steward: PlayedSteward, page: Page, form: Form) -> Locator:
    """The form, as if a button had opened it."""
    page.locator("#messages .message").first.wait_for()
    view = form_view(form, Origin(PAYMENTS, "payments"))
    steward.slack.views.open(ANA, read_view(view, "modal"))
    steward.slack.changes.notify()
    dialog = page.get_by_role("dialog", name=form.title)
    expect(dialog).to_be_visible()
    return dialog


def test_a_button_opens_it_and_what_was_typed_stays_until_it_is_right(
    page: Page, steward: PlayedSteward, sqlite_store: Store
) -> None:
    asks_to_snooze(steward, sqlite_store)
    page.get_by_role("button", name="Snooze…").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Snooze W-1")
    box = dialog.get_by_role("textbox", name="Until when")
    expect(box).to_be_focused()
    page.keyboard.type("30d")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("A snooze lasts 7 days at most.")
    expect(box).to_have_value("30d")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("2h")
    dialog.get_by_role("button", name="Snooze", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#messages .ephemeral")).to_contain_text("is snoozed until")
    expect(page.get_by_role("button", name="Snooze…")).to_be_focused()


def asks_to_snooze(steward: PlayedSteward, store: Store) -> None:
    """W-1 is open, and a message has its button."""
    one = replace(warning(1, NAME, team=None), opened_at=NINE - timedelta(minutes=5))
    open_warnings(store, one)
    row = {**actions(form_button("Snooze…", "snooze W-1")), "block_id": "row"}
    steward.slack.post(Draft(PAYMENTS, "UBOT", {"text": "W-1", "blocks": [row]}))


def test_all_kinds_of_fields_by_keyboard(page: Page, steward: PlayedSteward) -> None:
    dialog = opened(steward, page, STATUS)
    expect(dialog.get_by_role("radio", name="Payments")).to_be_focused()
    page.keyboard.press("ControlOrMeta+Enter")
    expect(dialog.get_by_role("alert").first).to_have_text("Please complete this required field.")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Nobody at all")).to_be_checked()
    page.keyboard.press("ControlOrMeta+Enter")
    expect(dialog.get_by_role("group", name="Whose")).to_be_visible()
    expect(dialog.get_by_role("alert").first).to_contain_text('begins with "nobody"')
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_label("Beside (optional)")).to_be_visible()
    page.keyboard.press("ControlOrMeta+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#messages .ephemeral")).to_contain_text("payments team")


def test_it_is_left_by_escape_and_by_its_buttons(page: Page, steward: PlayedSteward) -> None:
    for leave in (
        lambda _: page.keyboard.press("Escape"),
        lambda one: one.get_by_role("button", name="Cancel").click(),
        lambda one: one.get_by_role("button", name="Close the form").click(),
    ):
        dialog = opened(steward, page, STATUS)
        leave(dialog)
        expect(dialog).to_be_hidden()
        assert steward.slack.views.stack(ANA) == ()


def test_what_happens_around_it_disturbs_nothing(page: Page, steward: PlayedSteward) -> None:
    dialog = opened(steward, page, STATUS)
    why = dialog.get_by_label("Why")
    why.fill("half a sen")
    steward.slack.post(Draft(PAYMENTS, "UBOT", {"text": "something new"}))
    expect(page.locator("#messages")).to_contain_text("something new")
    expect(why).to_have_value("half a sen")
    expect(why).to_be_focused()
    assert not is_wider_than_window(page)
    holds(page)


def test_slack_in_trouble_is_said(page: Page, steward: PlayedSteward) -> None:
    dialog = opened(steward, page, Form("Sure", "status payments", lines=["All of it."]))
    expect(dialog.get_by_role("button", name="Send")).to_be_focused()
    view = steward.slack.views.stack(ANA)[-1]
    steward.slack.views.redraw(view, {**view.body, "callback_id": "none of ours"}, "")
    steward.slack.changes.notify()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Try again?")
    expect(dialog).to_be_visible()
