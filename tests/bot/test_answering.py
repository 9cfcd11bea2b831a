"""Answering in time: Slack's three seconds run from the moment at which its request arrived."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic

import pytest
from sqlalchemy import Engine

from bot.answering import Answering, arrived_at
from bot.asked import Asked
from bot.contacts import Contacts
from bot.reference import current_reference
from bot.replies import Replies
from commands.ask import Ask
from connectors.slack import SlackPoster
from messages.message import Message
from storage.store import DEFAULT_WORKSPACE, Store
from storage.transaction import Transaction
from tests.fakes.clock import MovableClock
from tests.fakes.slack_server import closed_port
from tests.fakes.steward_server import played_steward, text_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
AGES = 60.0


class HeldStore(Store):
    """A database that answers nobody until it is let go."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.let_go = threading.Event()

    @contextmanager
    def read(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        assert self.let_go.wait(10)
        with super().read(workspace) as tx:
            yield tx


@pytest.fixture
def held(sqlite_store: Store) -> HeldStore:
    return HeldStore(sqlite_store.engine)


async def acked(store: HeldStore, *, waited: float) -> Message | None:
    """What is acknowledged to a request that had waited so long for its turn, by one who has ages."""
    slack = SlackPoster("xoxb-1", closed_port())
    answering = Answering(
        Replies(store, Contacts(store, DEFAULT_WORKSPACE, "T0HOME"), slack), ack_seconds=AGES
    )
    arrived_at.set(monotonic() - waited)
    ask = Ask(DEFAULT_WORKSPACE, "help", "U0ANA", "C0PAYMENTS", "payments", NOON)
    if waited < AGES:
        store.let_go.set()
    answer = await answering.within_ack(Asked(ask, "T0HOME"))
    store.let_go.set()
    await answering.close(within=10)
    return answer


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        pytest.param(0.0, "What you can ask", id="one that came just now is answered"),
        pytest.param(AGES, "Working on it", id="one that has waited too long already is acked at once"),
    ],
)
def test_the_time_before_its_turn_counts(held: HeldStore, waited: float, expected: str) -> None:
    answer = asyncio.run(acked(held, waited=waited))
    assert answer is not None
    assert answer.text.startswith(expected)


def test_a_hundred_at_once_wait_for_nobody(held: HeldStore) -> None:
    """Sixteen work; the others are acknowledged as well, and those who can be answered later are."""
    with played_steward(held, MovableClock(NOON), ack_seconds=0.05) as steward:
        for number in range(100):
            said = text_of(steward.ask("help", trigger_id=str(number)))
            assert said.startswith("Working on it")
        held.let_go.set()


class NotingStore(Store):
    """One that notes under which reference it is read."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.references: list[str] = []

    @contextmanager
    def read(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        self.references.append(current_reference())
        with super().read(workspace) as tx:
            yield tx


def test_all_that_is_done_for_a_request_is_done_under_one_reference(sqlite_store: Store) -> None:
    noting = NotingStore(sqlite_store.engine)
    with played_steward(noting, MovableClock(NOON)) as steward:
        steward.ask("status checkout")
        first = set(noting.references)
        noting.references.clear()
        steward.ask("status checkout")
        second = set(noting.references)
    assert len(first) == len(second) == 1
    assert first != second
    assert all(re.fullmatch(r"R-[A-Z2-9]{4}", one) for one in first | second)
