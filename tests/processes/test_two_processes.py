"""The Procfile's processes on PostgreSQL, against a Slack that is another process."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from bot.wiring import SANDBOX_SIGNING_SECRET, SANDBOX_TOKEN
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.processes.steward import Running, Slack, due_team, free_port, running, soon, steward

pytestmark = [pytest.mark.slow]

DATABASE = "two_processes"
ANA = "U0ANA"


@pytest.fixture
def database(postgresql_url: str) -> Iterator[str]:
    """An empty database of its own."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    yield make_url(postgresql_url).set(database=DATABASE).render_as_string(hide_password=False)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture
def sandbox(tmp_path: Path, web_port: int) -> Iterator[Running]:
    events_url = f"http://127.0.0.1:{web_port}/slack/events"
    words = ("sandbox", "--port", "0", "--events-url", events_url)
    (tmp_path / "slack").mkdir()
    with running(*words, folder=tmp_path / "slack", variables={}) as made:
        made.address = made.says(r"http://127\.0\.0\.1:\d+").group()
        yield made
        assert made.stop() == 0


@pytest.fixture
def web_port() -> int:
    return free_port()


@pytest.fixture
def variables(database: str, sandbox: Running, web_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": SANDBOX_TOKEN,
        "SLACK_SIGNING_SECRET": SANDBOX_SIGNING_SECRET,
        "SLACK_API_BASE_URL": f"{sandbox.address}/sandbox/api/",
        "HOST": "127.0.0.1",
        "PORT": str(web_port),
    }


def test_web_and_two_workers(tmp_path: Path, sandbox: Running, variables: dict[str, str]) -> None:
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo("checkout-availability", "0.999")))
    for words in (["migrate"], ["apply", "all.yaml"]):
        done = steward(*words, folder=tmp_path, **variables)
        assert (done.returncode, done.stderr) == (0, "")
    slack = Slack(sandbox)
    with ExitStack() as stack:
        web, *workers = [
            stack.enter_context(running(verb, folder=tmp_path, variables=variables))
            for verb in ("web", "worker", "worker")
        ]
        soon(slack.digests, what="the digest")
        web.address = f"http://127.0.0.1:{variables['PORT']}"
        soon(lambda: answers(web), what="the web process answers")
        slack.type_in("/slm status", user=ANA, channel=payments(slack))
        # A request to acknowledge may be posted at the same time: the answer need not be the last.
        [answer, *_] = soon(lambda: answers_to(slack, ANA), what="the answer")
        assert "checkout-availability" in json.dumps(answer["blocks"])
        for process in (web, *workers):
            assert process.stop() == 0
            assert "Traceback" not in process.said
    assert len(slack.digests()) == 1


def answers(web: Running) -> bool:
    try:
        return web.get("/readyz").text == "ready\n"
    except OSError:
        return False


def answers_to(slack: Slack, person: str) -> list[Mapping[str, Any]]:
    """What only that person sees, but that Steward is still at it."""
    shown = slack.seen(user=person, channel=payments(slack))
    return [one for one in shown if one["ephemeral"] and "working on it" not in one["text"].lower()]


def payments(slack: Slack) -> str:
    return slack.channels()["team-payments"]
