"""Told to stop while another program keeps the database locked: over in time all the same."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.slack_server import Answer, faulty_slack
from tests.processes.steward import free_port, running, soon, steward

pytestmark = [pytest.mark.slow]


def test_a_locked_database(tmp_path: Path) -> None:
    with faulty_slack(Answer(body={"ok": True})) as slack:
        variables = {
            "DATABASE_URL": "sqlite:///steward.db",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "1",
            "SLACK_API_BASE_URL": slack.base_url,
            "HOST": "127.0.0.1",
            "PORT": str(free_port()),
        }
        assert steward("migrate", folder=tmp_path, **variables).returncode == 0
        with running("run", folder=tmp_path, variables=variables) as process:
            process.says("Steward is on Slack")
            with closing(sqlite3.connect(tmp_path / "steward.db", isolation_level=None)) as connection:
                soon(lambda: beats(connection), what="the first heartbeat")
                connection.execute("BEGIN IMMEDIATE")
                time.sleep(11)  # until a tick wants to write its heartbeat, and waits
                assert process.stop(within=10) == 0
    assert "Traceback" not in process.said


def beats(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM process").fetchone()[0])
