"""No secret is ever written: not to a log, not into an answer, a message or the database, whatever goes wrong."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from bot.cli import main
from sandbox.signing import signature_headers
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.fakes.postgresql import mortal_postgresql
from tests.fakes.slack_server import RESET, Answer, FaultyServer, closed_port, faulty_slack
from tests.fakes.surroundings import surroundings_in
from tests.processes.steward import Running, due_team, free_port, lines, running, soon, steward

pytestmark = [pytest.mark.slow]

MARK = "hush"
"""In every secret: nowhere else may it be."""

SIGNING, API_TOKEN, PASSWORD = "hush-hush-signing", "hush-hush-api-token", "hush/hush:db"
TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-hush-hush-bot",
    "SLACK_SIGNING_SECRET": SIGNING,
    "SLACK_APP_TOKEN": "xapp-hush-hush-app",
    "STEWARD_API_TOKEN": API_TOKEN,
    "LOG_LEVEL": "debug",
    "HOST": "127.0.0.1",
}
INVALID_AUTH = Answer(body={"ok": False, "error": "invalid_auth"})
VERBS = (["migrate"], ["status"], ["doctor", "--json"], ["apply", "all.yaml"], ["tick"])


def quoted(password: str) -> str:
    return quote(password, safe="")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that asks for a password, with the right one."""
    with mortal_postgresql() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            [folder] = connection.execute("SHOW data_directory").fetchone() or [""]
            connection.execute(f"CREATE ROLE steward SUPERUSER LOGIN PASSWORD '{PASSWORD}'")
            rules = Path(folder, "pg_hba.conf")
            rules.write_text(f"local all steward scram-sha-256\n{rules.read_text()}")
            connection.execute("SELECT pg_reload_conf()")
        url = make_url(server.url).set(username="steward", password=PASSWORD)
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo("checkout-availability", "0.999")))
    return tmp_path


def assert_silent(folder: Path, *written: str) -> None:
    """None of it has the mark, nor has any file there."""
    for text in written:
        assert MARK not in text.lower()
    for path in folder.rglob("*"):
        assert not path.is_file() or MARK.encode() not in path.read_bytes(), path


AWAY = (
    pytest.param("postgresql://steward:{}@127.0.0.1:1/steward", id="nobody listens"),
    pytest.param("postgresql://steward:{}@no-such-host.invalid/steward", id="no such host"),
    pytest.param("postgresql://{}", id="only a password"),
)
MALFORMED = (
    pytest.param("postgresql+nosuch://steward:{}@127.0.0.1/steward", id="an unknown driver"),
    pytest.param("postgresql+psycopg2://steward:{}@127.0.0.1/steward", id="another driver"),
    pytest.param("postgresql://steward:{}@127.0.0.1:1/steward?{}={}", id="an unknown option"),
    pytest.param("postgresql://steward:{}@127.0.0.1:{}/steward", id="a port that is none"),
    pytest.param("mysql://steward:{}@127.0.0.1/steward", id="another database"),
    pytest.param("{}", id="nonsense"),
)


@pytest.mark.parametrize("address", AWAY)
def test_databases_that_are_away(folder: Path, capfd: pytest.CaptureFixture[str], address: str) -> None:
    assert_refused(folder, capfd, address, "doctor")


@pytest.mark.parametrize("address", MALFORMED)
def test_malformed_addresses_of_databases(
    folder: Path, capfd: pytest.CaptureFixture[str], address: str
) -> None:
    said = assert_refused(folder, capfd, address, "run")
    assert len(lines(said)) == 1


def assert_refused(folder: Path, capfd: pytest.CaptureFixture[str], address: str, verb: str) -> str:
    """What it says, with the setting's name and without what is in it; without a process, which takes seconds."""
    url = address.replace("{}", quoted(PASSWORD))
    with surroundings_in(folder) as found:
        found.set(**TOKENS, PORT="0", DATABASE_URL=url)
        assert main([verb]) == 1
    written = capfd.readouterr()
    assert_silent(folder, written.out, written.err)
    assert "Traceback" not in written.err
    assert "DATABASE_URL" in written.out + written.err
    return written.err


@pytest.mark.parametrize("password", [PASSWORD, "hush-hush-wrong"])
def test_verbs_on_postgresql(folder: Path, postgresql: str, password: str) -> None:
    url = make_url(postgresql).set(password=password).render_as_string(hide_password=False)
    for words in VERBS:
        done = steward(*words, folder=folder, **TOKENS, SLACK_API_BASE_URL=closed_port(), DATABASE_URL=url)
        assert_silent(folder, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        if password != PASSWORD and words[0] in ("migrate", "status"):
            assert "PostgreSQL refuses the user or the password" in done.stderr


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        pytest.param(INVALID_AUTH, "console", id="refused"),
        pytest.param(RESET, "json", id="reset"),
    ],
)
def test_a_slack_that_fails(folder: Path, answer: Answer, form: str) -> None:
    with faulty_slack(answer) as slack:
        variables = {**TOKENS, **on_sqlite(slack), "LOG_FORMAT": form}
        prepare(folder, variables)
        with running("run", folder=folder, variables=variables) as process:
            process.address = f"http://127.0.0.1:{variables['PORT']}"
            soon(lambda: slack.received, what="Slack is asked")
            said = [provoke(process), *verbs(folder, variables)]
            process.stop()
        assert_silent(folder, process.said, *said)
        tokens = [str(body) for body in slack.received]
    assert not any(MARK in text for text in tokens)


def test_what_nobody_foresaw(folder: Path) -> None:
    with faulty_slack(INVALID_AUTH) as slack:
        variables = {**TOKENS, **on_sqlite(slack)}
        del variables["SLACK_APP_TOKEN"]
        prepare(folder, variables)
        with closing(sqlite3.connect(folder / "steward.db")) as connection, connection:
            connection.execute("UPDATE terms SET method = '[]'")
        with running("run", folder=folder, variables=variables) as process:
            process.address = f"http://127.0.0.1:{variables['PORT']}"
            soon(lambda: answers(process), what="the server answers")
            said = provoke(process)
            process.says("Traceback")
            process.stop()
    assert_silent(folder, process.said, said)


def on_sqlite(slack: FaultyServer) -> dict[str, str]:
    return {
        "DATABASE_URL": "sqlite:///steward.db",
        "SLACK_API_BASE_URL": slack.base_url,
        "PORT": str(free_port()),
    }


def prepare(folder: Path, variables: dict[str, str]) -> None:
    for words in (["migrate"], ["apply", "all.yaml"]):
        assert steward(*words, folder=folder, **variables).returncode == 0


def verbs(folder: Path, variables: dict[str, str]) -> Iterator[str]:
    for words in (["doctor"], ["tick"]):
        done = steward(*words, folder=folder, **variables)
        yield done.stdout + done.stderr


def answers(process: Running) -> bool:
    try:
        return process.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def provoke(process: Running) -> str:
    """All that is answered to requests of many kinds."""
    bearer = {"Authorization": f"Bearer {API_TOKEN}"}
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/readyz", {}),
        ("GET", "/metrics", {}),
        ("GET", "/metrics", {"headers": {"X-Forwarded-For": "10.0.0.1", **bearer}}),
        ("GET", f"/{API_TOKEN.replace(MARK, 'x')}/%00", {}),
        (
            "POST",
            "/api/v1/measurements",
            {"content": b"{", "headers": {**bearer, "Content-Type": "application/json"}},
        ),
        ("POST", "/api/v1/measurements", {"content": b"x", "headers": bearer}),
        ("POST", "/api/v1/measurements", {"json": {"measurements": [{}]}, "headers": bearer}),
        ("POST", "/api/v1/measurements", {"json": {}, "headers": {"Authorization": "Bearer wrong"}}),
        ("POST", "/slack/events", {"content": b"unsigned"}),
        ("POST", "/slack/events", signed(b"\xff\xfe")),
        (
            "POST",
            "/slack/events",
            signed(b'{"type": "event_callback", "event": {"type": "app_mention"}}', "application/json"),
        ),
        ("POST", "/slack/events", signed(typed("status"))),
        ("POST", "/slack/events", signed(typed("explain checkout-availability"))),
        ("POST", "/slack/events", signed(typed("no such word at all"))),
    ]
    told = []
    for method, path, options in requests:
        answer = process.request(method, path, **options)
        told.append(f"{answer.headers}{answer.text}")
    garble(process.address)
    return "".join(told)


def typed(text: str) -> bytes:
    form = {"command": "/slm", "text": text, "user_id": "U0ANA", "channel_id": "C1", "team_id": "T0HOME"}
    return urlencode(form).encode()


def signed(body: bytes, kind: str = "application/x-www-form-urlencoded") -> dict[str, Any]:
    headers = {**signature_headers(SIGNING, body, at=datetime.now(UTC)), "Content-Type": kind}
    return {"content": body, "headers": headers}


def garble(address: str) -> None:
    """What is no HTTP at all, with a token in it."""
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), timeout=60) as connection:
        connection.sendall(f"Bearer {API_TOKEN}\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        assert MARK.encode() not in connection.recv(1000)
