"""The buttons of a warning, pressed in Slack: the answer is for whoever pressed, the message changes for all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.notice import Notice
from messages.warning import warning_message
from sandbox.slack import Draft
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, PAYMENTS, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPENED = NOON - timedelta(minutes=5)
NAME = "checkout-availability"


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """W-1 is open; its message is in the outbox."""
    organise(sqlite_store, [team("payments")], [objective(NAME, "payments")])
    measure(sqlite_store, NAME, since=NOON - timedelta(hours=6), until=NOON, bad=30)
    part = Episode(NAME, WarningKind.BURN, Severity.PAGE, OPENED, OPENED)
    one = BreachWarning(
        1, WarningKind.BURN, "payments", "#payments", "checkout", OPENED, (part,), OPENED, OPENED
    )
    with sqlite_store.transaction() as tx:
        tx.breach_warnings.lock()
        tx.breach_warnings.save(one)
        content = warning_message(tx.warned.of(one, at=OPENED)).content
        tx.outbox.add(Notice(one.key, one.channel, content, OPENED, one.team))
    return sqlite_store


@pytest.fixture
def steward(store: Store) -> Iterator[PlayedSteward]:
    """Slack shows it to all in the channel."""
    with store.read() as tx:
        posted = tx.outbox.by_key("warning:1")
    assert posted is not None
    blocks = [{**block, "block_id": f"b{n}"} for n, block in enumerate(posted.content.blocks)]
    with played_steward(store, MovableClock(NOON)) as steward:
        steward.slack.post(Draft(PAYMENTS, "UBOT", {"text": posted.content.text, "blocks": blocks}))
        yield steward


def now(store: Store) -> tuple[str | None, str]:
    """Who has it, and what its message says."""
    with store.read() as tx:
        one, notice = tx.breach_warnings.by_number(1), tx.outbox.by_key("warning:1")
    assert one is not None
    assert notice is not None
    return one.acknowledged_by, str(notice.content.blocks)


def test_acknowledged_and_handed_back(steward: PlayedSteward, store: Store) -> None:
    assert steward.press("Acknowledge") == [f"You have W-1 ({NAME}): nobody else is asked."]
    holder, message = now(store)
    assert holder == ANA
    assert f"Acknowledged by <@{ANA}>" in message
    assert steward.press("Hand back") == [f"Nobody has W-1 ({NAME}) any more."]
    assert now(store)[0] is None


def test_snoozed_by_its_menu(steward: PlayedSteward, store: Store) -> None:
    [told] = steward.press("Snooze 1 hour")
    assert told.startswith(f"W-1 ({NAME}) is snoozed until ")
    assert f"Snoozed by <@{ANA}>" in now(store)[1]


def test_shown_from_its_answer(steward: PlayedSteward) -> None:
    steward.press("Acknowledge")
    [told] = steward.press("Show W-1")
    assert told.startswith(NAME)
