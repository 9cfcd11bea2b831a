"""A PostgreSQL that is away when Steward starts, and that goes away while it works: said once, and over by itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from bot.wiring import SANDBOX_SIGNING_SECRET, SANDBOX_TOKEN
from sandbox.signing import signature_headers
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.fakes.postgresql import MortalPostgreSQL, mortal_postgresql
from tests.processes.steward import (
    Running,
    Slack,
    due_team,
    free_port,
    lines,
    running,
    soon,
    steward,
)

pytestmark = [pytest.mark.slow]

API_TOKEN = "the-api-token-of-the-tests"
BEARER = {"Authorization": f"Bearer {API_TOKEN}"}


@pytest.fixture(scope="module")
def postgresql() -> Iterator[MortalPostgreSQL]:
    with mortal_postgresql() as server:
        yield server


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "slack").mkdir()
    with running("sandbox", "--port", "0", folder=tmp_path / "slack", variables={}) as made:
        made.address = made.says(r"http://127\.0\.0\.1:\d+").group()
        yield made


@pytest.fixture
def variables(tmp_path: Path, postgresql: MortalPostgreSQL, sandbox: Running) -> dict[str, str]:
    """Settings, and a database with a team whose digest is due."""
    found = {
        "DATABASE_URL": postgresql.url,
        "SLACK_BOT_TOKEN": SANDBOX_TOKEN,
        "SLACK_SIGNING_SECRET": SANDBOX_SIGNING_SECRET,
        "SLACK_API_BASE_URL": f"{sandbox.address}/sandbox/api/",
        "STEWARD_API_TOKEN": API_TOKEN,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
    }
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo("checkout-availability", "0.999")))
    for words in (["migrate"], ["apply", "all.yaml"]):
        done = steward(*words, folder=tmp_path, **found)
        assert (done.returncode, done.stderr) == (0, "")
    return found


@contextmanager
def running_web(folder: Path, variables: dict[str, str]) -> Iterator[Running]:
    """The Procfile's web process, as soon as it listens."""
    with running("web", folder=folder, variables=variables) as made:
        made.address = f"http://127.0.0.1:{variables['PORT']}"
        soon(lambda: status(made, "/healthz") == 200, what="the web process listens")
        yield made


def status(web: Running, path: str) -> int:
    try:
        return web.get(path).status_code
    except httpx.HTTPError:
        return 0


def measure(web: Running, *, minutes_ago: int = 1) -> httpx.Response:
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes_ago)
    measured = {"objective": "checkout-availability", "start": start.isoformat(), "good": 5, "total": 6}
    return web.request("POST", "/api/v1/measurements", json={"measurements": [measured]}, headers=BEARER)


def ask(web: Running, text: str) -> str:
    form = {"command": "/slm", "text": text, "user_id": "U0ANA", "channel_id": "C1", "team_id": "T0HOME"}
    body = urlencode(form).encode()
    signed = signature_headers(SANDBOX_SIGNING_SECRET, body, at=datetime.now(UTC))
    headers = {**signed, "Content-Type": "application/x-www-form-urlencoded"}
    answer = web.request("POST", "/slack/events", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(json.loads(answer.text)["text"])


def assert_away(web: Running) -> None:
    assert (status(web, "/healthz"), status(web, "/readyz")) == (200, 503)
    refused = measure(web)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert "nothing was stored" in refused.json()["errors"][0]["message"]
    assert "steward_database_up 0" in web.get("/metrics").text


def assert_there(web: Running) -> None:
    soon(lambda: status(web, "/readyz") == 200, what="ready again")
    assert measure(web).json() == {"accepted": 1}
    assert "checkout-availability" in ask(web, "status checkout-availability")
    assert "steward_database_up 1" in web.get("/metrics").text


def test_web(tmp_path: Path, postgresql: MortalPostgreSQL, variables: dict[str, str]) -> None:
    postgresql.kill()
    with running_web(tmp_path, variables) as web:
        assert_away(web)
        assert "Try again in a minute" in ask(web, "status")
        postgresql.start()
        assert_there(web)
        postgresql.kill()
        assert_away(web)
        assert "R-" in ask(web, "status")
        postgresql.start()
        assert_there(web)
        assert web.stop() == 0
    assert "Traceback" not in web.said
    assert web.said.count("waiting for the database") <= 2, web.said  # away, perhaps just starting


def test_web_that_is_stopped_while_it_waits(
    tmp_path: Path, postgresql: MortalPostgreSQL, variables: dict[str, str]
) -> None:
    postgresql.kill()
    with running_web(tmp_path, variables) as web:
        assert web.stop() == 0
    with running("worker", folder=tmp_path, variables=variables) as worker:
        worker.says("waiting for the database")
        assert worker.stop() == 0
    postgresql.start()
    for process in (web, worker):
        assert "Traceback" not in process.said
        assert len(lines(process.said)) == 1, process.said


def test_worker(
    tmp_path: Path, postgresql: MortalPostgreSQL, sandbox: Running, variables: dict[str, str]
) -> None:
    slack = Slack(sandbox)
    postgresql.kill()
    with running("worker", folder=tmp_path, variables=variables) as worker:
        worker.says("waiting for the database")
        postgresql.start()
        soon(slack.digests, what="the first digest")
        postgresql.kill()
        worker.says("job .* has to wait")
        postgresql.start()
        (tmp_path / "all.yaml").write_text(due_team().replace("payments", "shop"))
        done = steward("apply", "all.yaml", folder=tmp_path, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        soon(lambda: len(slack.digests()) == 2, what="the digest of the second team")
        assert worker.stop() == 0
    assert len(slack.digests()) == 2
    assert "Traceback" not in worker.said
    assert_said_at_most_once_a_minute(worker.said)


def assert_said_at_most_once_a_minute(said: str) -> None:
    """Each line by itself: how many kinds of absence there are is up to PostgreSQL's pace of coming back."""
    earlier: dict[str, datetime] = {}
    for line in lines(said):
        stamp, text = line.split(",", 1)[0], line.split(" ", 2)[2]
        at = datetime.fromisoformat(stamp)
        assert text not in earlier or at - earlier[text] >= timedelta(seconds=59), said
        earlier[text] = at
