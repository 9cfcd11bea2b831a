"""Socket Mode: the same listeners, without a public address."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import SECONDS, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def steward(sqlite_store: Store) -> Iterator[PlayedSteward]:
    organise(sqlite_store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(sqlite_store, "checkout-availability", since=NOON - timedelta(hours=6), until=NOON)
    with played_steward(sqlite_store, MovableClock(NOON), by_socket=True) as steward:
        steward.connected_soon()
        yield steward


def test_status(steward: PlayedSteward) -> None:
    steward.type_in("/slm status")
    steward.type_in("/slm status chekout-availability")
    first, second = steward.shown()
    assert first == "payments team: 1 of 1 met."
    assert "Did you mean `checkout-availability`?" in second


def test_nothing_comes_in_over_http_meanwhile(steward: PlayedSteward) -> None:
    assert steward.ask("status").status_code == 401


def test_it_connects_anew(steward: PlayedSteward) -> None:
    for _ in range(3):
        disconnecting = steward.desk.states.disconnect_sockets()
        asyncio.run_coroutine_threadsafe(disconnecting, steward.loop).result(SECONDS)
        steward.type_in("/slm status")
    assert steward.shown() == ["payments team: 1 of 1 met."] * 3
