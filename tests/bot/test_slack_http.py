"""What Slack asks over HTTP: answered where Slack signed it; refused, without a fuss, where not."""

import json
import logging
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine

from storage.engine import open_engine
from storage.store import DEFAULT_WORKSPACE, Store
from storage.transaction import Transaction
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team
from tests.fakes.steward_server import PlayedSteward, played_steward, text_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NESTED = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return _organised(sqlite_store)


def _organised(store: Store) -> Store:
    """The payments team with one objective, measured for six hours."""
    organise(store, [team("payments"), MANAGERS], [objective("checkout-availability", "payments")])
    measure(store, "checkout-availability", since=NOON - timedelta(hours=6), until=NOON)
    return store


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


def command(text: str) -> bytes:
    return urlencode({"command": "/slm", "text": text, "user_id": "U0ANA", "team_id": "T0HOME"}).encode()


def test_status_typed_into_the_teams_channel(steward: PlayedSteward) -> None:
    steward.type_in("/slm status")
    assert steward.shown()[-1:] == ["payments team: 1 of 1 met."]


def test_status_is_for_the_asker_only(steward: PlayedSteward) -> None:
    answer = json.loads(steward.ask("status checkout").text)
    assert answer["response_type"] == "ephemeral"
    assert answer["blocks"]
    assert "checkout" in answer["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("help", "/slm status", id="help shows the commands"),
        pytest.param("", "/slm status", id="nothing is help"),
        pytest.param("statsu", "Did you mean `/slm status`?", id="a word misspelt"),
        pytest.param("status chekout-availability", "checkout-availability", id="a name misspelt"),
        pytest.param("\x00\x1b[31m", "no command", id="control characters"),
        pytest.param("status \ud7ff\U0001f600\u202e<!channel>", "begins with", id="hostile text"),
        pytest.param("x" * 3000, "3,000 characters, at most 2,000", id="3,000 characters"),
        pytest.param("x" * 2000, "no command", id="2,000 characters"),
        pytest.param("status &lt;!channel&gt;", 'begins with "!channel"', id="as Slack escapes it"),
        pytest.param(f"maintenance a{' ' * 20_000}b", 'begins with "a b"', id="20,000 spaces"),
        pytest.param(f"history a{' ' * 20_000}b", 'begins with "a b"', id="20,000 spaces before a unit"),
    ],
)
def test_words(steward: PlayedSteward, text: str, expected: str) -> None:
    response = steward.ask(text)
    assert expected in str(json.loads(response.text))
    assert "<!channel>" not in response.text


def test_no_objectives(sqlite_store: Store) -> None:
    with played_steward(sqlite_store, MovableClock(NOON)) as steward:
        assert "steward apply FILES" in text_of(steward.ask("status"))


def test_a_command_of_another_app_is_not_answered(steward: PlayedSteward) -> None:
    assert steward.ask("status", command="/other").status_code == 404


def test_another_slack_workspace_sees_nothing(steward: PlayedSteward) -> None:
    assert "1 of 1" in text_of(steward.ask("status payments"))
    said = text_of(steward.ask("status payments", team_id="T0STRANGERS"))
    assert said.startswith("Steward serves another Slack workspace here.")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Slack-Signature": ""}, id="no signature"),
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="another signature"),
        pytest.param({"X-Slack-Signature": b"v0=\xe9"}, id="a signature of other letters"),
        pytest.param({"X-Slack-Request-Timestamp": ""}, id="no time"),
        pytest.param({"X-Slack-Request-Timestamp": "noon"}, id="a time that is no number"),
        pytest.param({"X-Slack-Request-Timestamp": "-1"}, id="a time before time"),
        pytest.param({"X-Slack-Request-Timestamp": b"\xb2"}, id="a digit that is no number"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 5000}, id="a time of 5,000 digits"),
    ],
)
def test_what_slack_did_not_sign_is_refused(steward: PlayedSteward, headers: dict[str, str | bytes]) -> None:
    assert steward.deliver(command("status"), headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("away", "status"),
    [(-301, 401), (-300, 200), (0, 200), (300, 200), (301, 401)],
)
def test_a_signature_is_good_for_five_minutes(steward: PlayedSteward, away: int, status: int) -> None:
    at = NOON + timedelta(seconds=away)
    assert steward.deliver(command("help"), at=at).status_code == status


def test_another_body_under_the_same_signature(steward: PlayedSteward) -> None:
    response = steward.deliver(command("status"))
    signed = {name: value for name, value in response.request.headers.items() if name.startswith("x-slack")}
    assert steward.request("POST", content=command("help"), headers=signed).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"\xff\xfe\xfa", "application/json", 400, id="no UTF-8"),
        pytest.param(b"payload=no+JSON", "application/x-www-form-urlencoded", 400, id="payload no JSON"),
        pytest.param(b"payload=[1]", "application/x-www-form-urlencoded", 400, id="payload a list"),
        pytest.param(b"payload=7", "application/x-www-form-urlencoded", 400, id="payload a number"),
        pytest.param(b"{", "application/x-www-form-urlencoded", 400, id="JSON without its end"),
        pytest.param(b"[1, 2]", "application/json", 400, id="a list"),
        pytest.param(b'"text"', "application/json; charset=utf-8", 400, id="a text"),
        pytest.param(b'{"team": 7, "user": [], "event": null}', "application/json", 400, id="other types"),
        pytest.param(
            b'{"type":"event_callback","event":1}', "application/json", 400, id="an event of a number"
        ),
        pytest.param(
            b"payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A1%7D",
            "application/x-www-form-urlencoded",
            400,
            id="a view of a number",
        ),
        pytest.param(
            b"payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D",
            "application/x-www-form-urlencoded",
            400,
            id="no action",
        ),
        pytest.param(NESTED, "application/json", 400, id="nested 100,000 deep"),
        pytest.param(b"", "application/x-www-form-urlencoded", 404, id="empty"),
        pytest.param(b"\x00" * 50, "text/plain", 404, id="zeros"),
        pytest.param(b"x" * 2_000_000, "application/x-www-form-urlencoded", 413, id="2 MB"),
    ],
)
def test_garbled_bodies(steward: PlayedSteward, body: bytes, kind: str, status: int) -> None:
    response = steward.deliver(body, kind)
    assert response.status_code == status
    assert "Traceback" not in response.text
    assert steward.request("POST", content=body, headers={"Content-Type": kind}).status_code in (401, 413)


def test_2_mb_in_pieces_without_a_length(steward: PlayedSteward) -> None:
    pieces = (b"x" * 100_000 for _ in range(20))
    assert steward.request("POST", content=pieces).status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post(steward: PlayedSteward, method: str) -> None:
    assert steward.request(method).status_code == 405


def test_what_nobody_foresaw_has_a_reference_that_the_log_has(
    store: Store, sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE terms SET method = '[]'")
    with played_steward(Store(sqlite_engine), MovableClock(NOON)) as steward:
        said = text_of(steward.ask("status checkout"))
    reference = re.search(r"R-[A-Z2-9]{4}", said)
    assert reference is not None, said
    assert "Traceback" not in said
    [record] = [record for record in caplog.records if reference.group() in record.getMessage()]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None


def test_a_database_that_is_gone_is_said_plainly(
    store: Store, sqlite_engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with played_steward(store, MovableClock(NOON)) as steward:
        sqlite_engine.dispose()
        (tmp_path / "steward.db").rename(tmp_path / "elsewhere.db")
        (tmp_path / "steward.db").mkdir()
        said = text_of(steward.ask("status"))
        assert "DATABASE_URL" not in said
        [record] = [record for record in caplog.records if "The database cannot be opened" in record.message]
        assert record.message[:6] in said
        assert not record.exc_info
        assert steward.request("GET", "/readyz").status_code == 503
        assert steward.request("GET", "/healthz").text == "alive\n"


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


def test_a_slow_answer_comes_later_to_the_same_place(store: Store, sqlite_engine: Engine) -> None:
    held = HeldStore(sqlite_engine)
    with played_steward(held, MovableClock(NOON), ack_seconds=0.01) as steward:
        steward.type_in("/slm status")
        assert steward.shown() == ["Working on it; the answer comes here."]
        held.let_go.set()
        assert steward.shown_soon(2)[1] == "payments team: 1 of 1 met."


def test_a_slow_answer_that_slack_no_longer_takes_is_logged(
    store: Store, sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    held = HeldStore(sqlite_engine)
    with played_steward(held, MovableClock(NOON), ack_seconds=0.01) as steward:
        gone = f"{steward.address}/sandbox/response/gone"
        assert text_of(steward.ask("status", response_url=gone)).startswith("Working on it")
        logged = threading.Event()

        def hear(_record: logging.LogRecord) -> bool:
            logged.set()
            return True

        caplog.handler.addFilter(hear)
        held.let_go.set()
        assert logged.wait(10)
    assert "an answer could not be delivered" in caplog.text


def test_a_stop_waits_for_what_was_promised(store: Store, sqlite_engine: Engine) -> None:
    held = HeldStore(sqlite_engine)
    with played_steward(held, MovableClock(NOON), ack_seconds=0.01) as steward:
        steward.type_in("/slm status")
        held.let_go.set()
        steward.shown_soon(2)
    assert steward.slack.changes.stopped


def test_health(steward: PlayedSteward) -> None:
    assert steward.request("GET", "/healthz").text == "alive\n"
    assert steward.request("GET", "/readyz").text == "ready\n"
