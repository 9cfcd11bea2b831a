"""The intake API at work: many at once, a database that is away, what nobody foresaw."""

import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from bot.intake import PATH, Room
from storage.store import DEFAULT_WORKSPACE, Store
from storage.transaction import Transaction
from tests.fakes.clock import MovableClock
from tests.fakes.intake import CSV, JSON, body, intake_at, message, send
from tests.fakes.organisation import objective, organise
from tests.fakes.steward_server import API_TOKEN, played_steward, text_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ("checkout-availability", "search-latency")
GOOD = {"objective": NAMES[0], "start": "2026-11-24T11:00:00Z", "good": 5, "total": 6}
CHUNK = b"objective,start,good,total\nsearch-latency,2026-11-24T11:59Z,1,1\n"


@pytest.fixture
def store(store: Store) -> Store:
    """Both databases in turn."""
    return _organised(store)


@pytest.fixture
def sqlite_store(sqlite_store: Store) -> Store:
    """Where the database makes no difference."""
    return _organised(sqlite_store)


def _organised(store: Store) -> Store:
    organise(store, [], [objective(name, None) for name in NAMES])
    return store


def counted(store: Store) -> dict[str, tuple[int, int, int]]:
    """Good, total and measured minutes of each objective."""
    with store.read() as tx:
        standings = tx.standings.all(at=NOON)
    counts = {standing.name: standing.figures.counts for standing in standings}
    return {name: (one.good, one.total, one.measured) for name, one in counts.items()}


class HeldStore(Store):
    """A database in which nobody can write until it is let go."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.asked, self.let_go = threading.Event(), threading.Event()

    @contextmanager
    def transaction(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        self.asked.set()
        assert self.let_go.wait(10)
        with super().transaction(workspace) as tx:
            yield tx


def test_too_many_at_once_are_sent_away(sqlite_store: Store) -> None:
    held = HeldStore(sqlite_store.engine)
    with (
        intake_at(held, MovableClock(NOON), room=Room(at_once=1, waiting=0)) as address,
        ThreadPoolExecutor(1) as other,
    ):
        first = other.submit(send, address, body(GOOD))
        assert held.asked.wait(10)
        answer = send(address, body(GOOD))
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
        assert message(answer) == "Too many requests are waiting here. Send it again soon."
        held.let_go.set()
        assert first.result(10).json() == {"accepted": 1}
        assert send(address, body(GOOD)).json() == {"accepted": 1}


def test_some_wait_for_their_turn(sqlite_store: Store) -> None:
    held = HeldStore(sqlite_store.engine)
    with (
        intake_at(held, MovableClock(NOON), room=Room(at_once=1, waiting=3)) as address,
        ThreadPoolExecutor(4) as others,
    ):
        starts = [f"2026-11-24T11:0{minute}:00Z" for minute in range(4)]
        answers = [others.submit(send, address, body({**GOOD, "start": start})) for start in starts]
        assert held.asked.wait(10)
        held.let_go.set()
        assert [answer.result(10).json() for answer in answers] == [{"accepted": 1}] * 4
    assert counted(sqlite_store)["checkout-availability"] == (20, 24, 4)


def test_commands_are_answered_while_measurements_wait(sqlite_store: Store) -> None:
    held = HeldStore(sqlite_store.engine)
    with played_steward(held, MovableClock(NOON)) as steward, ThreadPoolExecutor(4) as others:
        waiting = [others.submit(send, steward.address, body(GOOD)) for _ in range(4)]
        assert held.asked.wait(10)
        assert "search-latency" in text_of(steward.ask("status search-latency"))
        assert not any(one.done() for one in waiting)
        held.let_go.set()
        assert [one.result(10).status_code for one in waiting] == [200] * 4


def test_who_does_not_send_on_is_not_waited_for(sqlite_store: Store) -> None:
    with intake_at(
        sqlite_store, MovableClock(NOON), room=Room(at_once=1, waiting=0, body_seconds=0.05)
    ) as address:
        url = httpx.URL(address)
        with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\nContent-Type: {JSON}\r\n"
            connection.sendall(f"{head}Authorization: Bearer {API_TOKEN}\r\n\r\n{{".encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")
        assert send(address, body(GOOD)).json() == {"accepted": 1}


def test_who_hangs_up_in_between_has_sent_nothing(sqlite_store: Store) -> None:
    with intake_at(sqlite_store, MovableClock(NOON), room=Room(at_once=1, waiting=0)) as address:
        url = httpx.URL(address)
        with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: {CSV}\r\n"
            connection.sendall(
                f"{head}Authorization: Bearer {API_TOKEN}\r\n\r\n{len(CHUNK):x}\r\n".encode() + CHUNK
            )
        # Its place may be free a moment later than the connection.
        while (answer := send(address, body())).status_code == 429:
            pass
        assert answer.json() == {"accepted": 0}
    assert counted(sqlite_store) == dict.fromkeys(NAMES, (0, 0, 0))


def test_a_database_that_is_away_is_said_plainly(
    sqlite_store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with played_steward(sqlite_store, MovableClock(NOON)) as steward:
        sqlite_store.engine.dispose()
        (tmp_path / "steward.db").rename(tmp_path / "elsewhere.db")
        (tmp_path / "steward.db").mkdir()
        answer = send(steward.address, body(GOOD))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    said = message(answer)
    assert re.fullmatch(
        r"The database does not answer, and nothing was stored \(R-....\)\. Send it again soon\.", said
    )
    [record] = [one for one in caplog.records if "could not be stored" in one.getMessage()]
    assert record.getMessage()[:6] in said
    assert "The database cannot be opened" in record.getMessage()
    assert not record.exc_info


class RetiringStore(Store):
    """Somebody retires the objectives just before anything is written."""

    @contextmanager
    def transaction(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        with self.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE objective SET retired_at = '2026-11-24 11:59:00.000000'")
            connection.exec_driver_sql("UPDATE workspace SET definitions_version = definitions_version + 1")
        with super().transaction(workspace) as tx:
            yield tx


def test_an_objective_that_is_retired_meanwhile(sqlite_store: Store) -> None:
    with intake_at(RetiringStore(sqlite_store.engine), MovableClock(NOON)) as address:
        answer = send(address, body(GOOD))
    assert answer.status_code == 409
    assert message(answer) == "There is no objective called `checkout-availability`. Nothing was stored."


def test_what_nobody_foresaw_has_a_reference_that_the_log_has(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE terms SET method = '[]'")
    with intake_at(Store(sqlite_store.engine), MovableClock(NOON)) as address:
        answer = send(address, body(GOOD))
    assert answer.status_code == 500
    reference = re.search(r"R-[A-Z2-9]{4}", message(answer))
    assert reference is not None
    [record] = [one for one in caplog.records if reference.group() in one.getMessage()]
    assert record.exc_info
    assert API_TOKEN not in caplog.text


def test_four_clients_at_once_on_both_databases(store: Store) -> None:
    with played_steward(store, MovableClock(NOON)) as steward, ThreadPoolExecutor(4) as clients:
        minutes = [NOON - timedelta(minutes=minute) for minute in range(1, 41)]
        bodies = [
            body(*({**GOOD, "objective": name, "start": at.isoformat()} for name in NAMES)) for at in minutes
        ]
        answers = list(clients.map(lambda content: send(steward.address, content), bodies))
    assert {answer.status_code for answer in answers} == {200}
    assert counted(store) == dict.fromkeys(NAMES, (200, 240, 40))
