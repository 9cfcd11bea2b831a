"""Workers and a Slack that both fail: each notice stands exactly once in its channel, and none is missing."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from signal import SIGKILL

import psycopg
import pytest
from sqlalchemy import make_url

from domain.notice import Content, Notice, NoticeState
from sandbox.app import create_app
from sandbox.faults import Faults
from sandbox.slack import SandboxSlack
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import Store
from tests.fakes.slack_server import TOKEN, seed_of, serving
from tests.processes.fast import FastClock
from tests.processes.steward import Running, free_port, running, soon

pytestmark = [pytest.mark.slow]

RATE = 30
CHANNELS = [f"team-{number}" for number in range(200)]
NOTICES = 1000
FAULTS = Faults(
    reset_after_receipt=0.1,
    hang=0.05,
    rate_limited=0.1,
    server_error=0.05,
    methods=("chat.postMessage",),
    hang_seconds=5,
    seed=11,
)
DATABASE = "exactly_once"


class Slack:
    """The sandbox in fast time, in which every fifth call goes wrong."""

    def __init__(self, clock: FastClock) -> None:
        self.slack = SandboxSlack(seed_of(CHANNELS), path=None, clock=clock.now)
        self.app = create_app(self.slack, events_url="http://127.0.0.1:9/slack/events", manifest={})
        self.app.state.desk.faults.switch(FAULTS)

    def standing(self) -> Counter[str]:
        """The keys of all that stands in the channels, with how often."""
        rows = self.slack.journal.rows(
            "select json_extract(body, '$.metadata.event_payload.key') from messages where seen_by is null"
        )
        return Counter(row[0] for row in rows)


@pytest.fixture
def clock() -> FastClock:
    return FastClock(RATE, EPOCH)


EPOCH = time.time()


@pytest.fixture
def slack(clock: FastClock) -> Iterator[tuple[Slack, str]]:
    made = Slack(clock)
    with serving(made.app) as address:
        yield made, f"{address}/sandbox/api/"
    made.slack.close()


@pytest.fixture(params=["two workers on PostgreSQL", "one run on SQLite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """An empty migrated database, and the verbs that work on it."""
    if request.param.endswith("SQLite"):
        url = f"sqlite:///{tmp_path}/steward.db"
        _migrated(url)
        yield url, ("run",)
        return
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    url = make_url(server).set(database=DATABASE).render_as_string(hide_password=False)
    _migrated(url)
    yield url, ("worker", "worker")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    Store(engine).ensure_workspace()
    engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Store]:
    engine = open_engine(url)
    yield Store(engine)
    engine.dispose()


def test_every_notice_stands_exactly_once(
    tmp_path: Path, slack: tuple[Slack, str], database: tuple[str, tuple[str, ...]], clock: FastClock
) -> None:
    (played, api), (url, verbs) = slack, database
    keys = [f"notice:{number}" for number in range(NOTICES)]
    with opened(url) as store:
        say(store, keys, clock.now())
        with ExitStack() as stack:
            working = [started(stack, tmp_path, verb, url, api) for verb in verbs]
            soon(lambda: played.standing().total() > NOTICES / 3, what="a third of the messages")
            working[0].process.send_signal(SIGKILL)
            working[0].process.wait()
            assert played.standing().total() < NOTICES
            working[0] = started(stack, tmp_path, verbs[0], url, api)
            soon(lambda: all_sent(store), what="everything is sent", within=150)
            for process in working:
                assert process.stop() == 0
                assert "Traceback" not in process.said
    assert played.standing() == Counter(keys)


def say(store: Store, keys: list[str], at: datetime) -> None:
    """Put a message for each into the outbox, over all channels in turn."""
    with store.transaction() as tx:
        for number, key in enumerate(keys):
            channel = f"#{CHANNELS[number % len(CHANNELS)]}"
            tx.outbox.add(Notice(key, channel, Content(f"about {key}"), at))


def all_sent(store: Store) -> bool:
    with store.read() as tx:
        counts = tx.outbox.counts()
    lost = {state for state in counts if state in (NoticeState.FAILED, NoticeState.STALE)}
    assert not lost, counts
    return counts.get(NoticeState.SENT) == NOTICES


def started(stack: ExitStack, folder: Path, verb: str, url: str, api: str) -> Running:
    variables = {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": "a-secret-of-the-tests",
        "SLACK_API_BASE_URL": api,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
    }
    words = (sys.executable, "-m", "tests.processes.fast", str(RATE), str(EPOCH), verb)
    return stack.enter_context(running(folder=folder, variables=variables, command=words))
