"""Two workers on one PostgreSQL look at the same outage: its warning stands in the channel once."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.wiring import SANDBOX_SIGNING_SECRET, SANDBOX_TOKEN
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.processes.steward import Running, Slack, due_team, running, soon, steward

pytestmark = [pytest.mark.slow]

DATABASE = "two_watchers"
CHECKOUT = "checkout-availability"
MINUTES = 60
FAILED = 5


@pytest.fixture
def database(postgresql_url: str) -> Iterator[str]:
    """An empty database of its own."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    yield make_url(postgresql_url).set(database=DATABASE).render_as_string(hide_password=False)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "slack").mkdir()
    words = ("sandbox", "--port", "0", "--events-url", "http://127.0.0.1:9/slack/events")
    with running(*words, folder=tmp_path / "slack", variables={}) as made:
        made.address = made.says(r"http://127\.0\.0\.1:\d+").group()
        yield made
        assert made.stop() == 0


def measured() -> str:
    """The last hour, of which the last minutes failed."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    lines = [
        f"{CHECKOUT},{now - timedelta(minutes=back):%Y-%m-%dT%H:%M:%SZ},{0 if back <= FAILED else 600},600"
        for back in range(MINUTES, 0, -1)
    ]
    return "\n".join(["objective,start,good,total", *lines, ""])


def test_two_workers_warn_once(tmp_path: Path, database: str, sandbox: Running) -> None:
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo(CHECKOUT, "0.999")))
    (tmp_path / "minutes.csv").write_text(measured())
    variables = {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": SANDBOX_TOKEN,
        "SLACK_SIGNING_SECRET": SANDBOX_SIGNING_SECRET,
        "SLACK_API_BASE_URL": f"{sandbox.address}/sandbox/api/",
    }
    for words in (["migrate"], ["apply", "all.yaml"], ["import", "minutes.csv"]):
        done = steward(*words, folder=tmp_path, **variables)
        assert done.returncode == 0, done.stderr
    slack = Slack(sandbox)
    channel = slack.channels()["team-payments"]
    with ExitStack() as stack:
        workers = [
            stack.enter_context(running("worker", folder=tmp_path, variables=variables)) for _ in range(2)
        ]
        soon(lambda: warned(slack, channel), what="the warning")
        for process in workers:
            assert process.stop() == 0
            assert "Traceback" not in process.said
    assert warned(slack, channel) == ["warning:1"]
    with psycopg.connect(database) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM breach_warning").fetchall()
    assert count == 1


def warned(slack: Slack, channel: str) -> list[str]:
    """The key of each warning that stands in the team's channel."""
    messages = slack.seen(user="", channel=channel)
    keys = [(one["metadata"] or {}).get("event_payload", {}).get("key", "") for one in messages]
    return [key for key in keys if key.startswith("warning:")]
