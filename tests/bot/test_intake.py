"""The intake API: measurements over HTTP, all of a request or nothing of it."""

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.intake import MOST_BYTES, PATH
from storage.engine import open_engine
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.intake import BEARER, CSV, JSON, body, intake_at, message, send
from tests.fakes.organisation import MANAGERS, objective, organise, team
from tests.fakes.steward_server import API_TOKEN, PlayedSteward, played_steward, text_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOOD = {"objective": "checkout-availability", "start": "2026-11-24T11:00:00Z", "good": 5, "total": 6}
TWO = b"objective,start,good,total\ncheckout-availability,2026-11-24T09:00Z,5,6\nsearch-latency,2026-11-24T11:59Z,1,1\n"
NOTHING = {"checkout-availability": (0, 0, 0), "search-latency": (0, 0, 0)}


def _organised(store: Store) -> Store:
    objectives = [objective("checkout-availability", "payments"), objective("search-latency", None)]
    organise(store, [team("payments"), MANAGERS], objectives)
    return store


@pytest.fixture
def store(store: Store) -> Store:
    return _organised(store)


@pytest.fixture(scope="module")
def steward(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[PlayedSteward]:
    """One for all tests that change nothing."""
    path = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("steward") / "steward.db")
    engine = open_engine(f"sqlite:///{path}")
    made = Store(engine)
    made.ensure_workspace()
    with played_steward(_organised(made), MovableClock(NOON)) as steward:
        yield steward
    engine.dispose()


def counted(store: Store) -> dict[str, tuple[int, int, int]]:
    """Good, total and measured minutes of each objective."""
    with store.read() as tx:
        standings = tx.standings.all(at=NOON)
    counts = {standing.name: standing.figures.counts for standing in standings}
    return {name: (one.good, one.total, one.measured) for name, one in counts.items()}


def test_measurements_are_stored(store: Store) -> None:
    with played_steward(store, MovableClock(NOON)) as steward:
        late = {**GOOD, "objective": "search-latency", "start": "2026-10-30T00:00:00+01:00"}
        answer = send(steward.address, body(GOOD, late))
        assert (answer.status_code, answer.json()) == (200, {"accepted": 2})
        assert counted(store) == dict.fromkeys(NOTHING, (5, 6, 1))
        assert send(steward.address, body({**GOOD, "good": 3, "total": 3})).json() == {"accepted": 1}
        assert counted(store)["checkout-availability"] == (3, 3, 1)
        assert send(steward.address, TWO, CSV).json() == {"accepted": 2}
        assert counted(store) == {"checkout-availability": (8, 9, 2), "search-latency": (6, 7, 2)}
        assert send(steward.address, body()).json() == {"accepted": 0}
        assert "checkout-availability" in text_of(steward.ask("status checkout-availability"))


@pytest.mark.parametrize("kind", [JSON, CSV])
def test_a_bad_measurement_stores_nothing(store: Store, kind: str) -> None:
    bad = {**GOOD, "objective": "serch-latency"}
    in_csv = TWO + b"serch-latency,2026-11-24T11:00:00Z,5,6\n"
    with played_steward(store, MovableClock(NOON)) as steward:
        index = 1 if kind == JSON else 2
        answer = send(steward.address, body(GOOD, bad) if kind == JSON else in_csv, kind)
    said = "There is no objective called `serch-latency`. Did you mean `search-latency`?"
    assert answer.status_code == 422
    assert answer.json() == {"errors": [{"index": index, "field": "objective", "message": said}]}
    assert counted(store) == NOTHING


def test_many_problems_are_cut_and_counted(steward: PlayedSteward) -> None:
    answer = send(steward.address, body(*([{**GOOD, "good": -1}] * 150)))
    assert answer.status_code == 422
    told = answer.json()
    assert (len(told["errors"]), told["more"]) == (100, 50)


@pytest.mark.parametrize(
    ("content", "kind", "status", "said"),
    [
        pytest.param(b"", JSON, 400, "not JSON", id="nothing"),
        pytest.param(b"{", JSON, 400, "not JSON", id="JSON without its end"),
        pytest.param(b"[NaN]", JSON, 400, "no NaN", id="NaN"),
        pytest.param(b"[" * 200_000, JSON, 400, "nested too deeply", id="deep nesting"),
        pytest.param(b'{"a":1,"a":2}', JSON, 400, "twice in one object", id="a name twice"),
        pytest.param(b"\xff\xfe", JSON, 400, "not UTF-8", id="not UTF-8"),
        pytest.param(b"\x1f\x8b\x08\0", JSON, 400, "not UTF-8", id="compressed, and not said so"),
        pytest.param(b'{"measurements":[{"a":"\\ud800"}]}', JSON, 422, "no such field", id="a surrogate"),
        pytest.param(b"9" * 100_000, JSON, 400, "must be", id="a number of 100,000 digits"),
        pytest.param(b"", CSV, 400, "body:1: The file is empty", id="no CSV"),
        pytest.param(TWO + b"a,b\n", CSV, 400, "body:4: There must be 4 columns", id="CSV of two columns"),
        pytest.param(TWO, JSON, 400, "not JSON", id="CSV as JSON"),
        pytest.param(body(GOOD), CSV, 400, "The first line must be", id="JSON as CSV"),
        pytest.param(body(GOOD), "", 415, "Send Content-Type", id="no type"),
        pytest.param(body(GOOD), "text/plain", 415, "Send Content-Type", id="another type"),
        pytest.param(body(GOOD), "application/jsonl", 415, "Send Content-Type", id="nearly the type"),
        pytest.param(body(GOOD), f"{JSON}; charset=latin-1", 415, "UTF-8", id="another charset"),
        pytest.param(b"x" * (MOST_BYTES + 1), JSON, 413, "at most 10 MiB", id="over 10 MiB"),
    ],
)
def test_garbled_requests(steward: PlayedSteward, content: bytes, kind: str, status: int, said: str) -> None:
    answer = send(steward.address, content, kind)
    assert answer.status_code == status
    assert said in message(answer)
    assert len(answer.text) < 500


@pytest.mark.parametrize("kind", ["application/json;charset=UTF-8", "Application/JSON ; x=y"])
def test_a_type_may_have_parameters(steward: PlayedSteward, kind: str) -> None:
    assert send(steward.address, body(), kind).json() == {"accepted": 0}


def test_a_compressed_body_is_refused(steward: PlayedSteward) -> None:
    answer = send(steward.address, b"\x1f\x8b", headers={**BEARER, "Content-Encoding": "gzip"})
    assert (answer.status_code, message(answer)) == (415, "Send the body as it is, without Content-Encoding.")
    assert (
        send(steward.address, body(), headers={**BEARER, "Content-Encoding": "identity"}).status_code == 200
    )


def test_a_body_without_its_length(steward: PlayedSteward) -> None:
    assert send(steward.address, iter([b'{"measurements"', b": []}"])).json() == {"accepted": 0}
    assert send(steward.address, (b" " * 100_000 for _ in range(200))).status_code == 413


@pytest.mark.parametrize("kind", [JSON, CSV])
def test_too_many_measurements(steward: PlayedSteward, kind: str) -> None:
    row = b"search-latency,2026-11-24T09:00Z,1,1\n"
    content = TWO + row * 50_000 if kind == CSV else b'{"measurements":[%b1]}' % (b"1," * 50_000)
    answer = send(steward.address, content, kind)
    assert answer.status_code == 413
    assert message(answer) == "One request may have at most 50,000 measurements. Send several."


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_post(steward: PlayedSteward, method: str) -> None:
    answer = steward.request(method, PATH, headers=BEARER)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"", id="none"),
        pytest.param(b"Bearer", id="no token"),
        pytest.param(b"Bearer " + API_TOKEN[:-1].encode(), id="a letter less"),
        pytest.param(f"Bearer {API_TOKEN}x".encode(), id="a letter more"),
        pytest.param(f"Basic {API_TOKEN}".encode(), id="another scheme"),
        pytest.param(API_TOKEN.encode(), id="no scheme"),
        pytest.param(b"Bearer \xe9\xff", id="letters of no token"),
    ],
)
def test_who_has_no_token_is_refused(
    steward: PlayedSteward, given: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = send(steward.address, b"not even JSON", headers={"Authorization": given})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert message(answer) == "The token is missing or wrong. Send `Authorization: Bearer TOKEN`."
    assert API_TOKEN not in caplog.text + answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_who_has_the_token_is_let_in(steward: PlayedSteward, scheme: str) -> None:
    answer = send(steward.address, body(), headers={"Authorization": f"{scheme} {API_TOKEN}"})
    assert answer.status_code == 200


def test_without_a_token_of_its_own_it_is_switched_off(sqlite_store: Store) -> None:
    with intake_at(sqlite_store, MovableClock(NOON), token=None) as address:
        for headers in (BEARER, {"Authorization": "Bearer None"}):
            answer = send(address, body(), headers=headers)
            assert answer.status_code == 403
            assert "STEWARD_API_TOKEN" in message(answer)


def test_a_start_is_at_most_five_minutes_ahead_of_the_servers_clock(sqlite_store: Store) -> None:
    clock = MovableClock(NOON)
    ahead = body({**GOOD, "start": "2026-11-24T12:06:00Z"})
    with played_steward(_organised(sqlite_store), clock) as steward:
        assert "in the future" in message(send(steward.address, ahead))
        clock.advance(minutes=1)
        assert send(steward.address, ahead).json() == {"accepted": 1}
