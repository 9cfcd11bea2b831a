"""Told to stop while Slack does not answer: soon over, and what hung is known as such."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.store import Store
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.fakes.organisation import acknowledge_all
from tests.fakes.slack_server import HANG, faulty_slack
from tests.processes.steward import due_team, running, soon, steward

pytestmark = [pytest.mark.slow]


def test_a_slack_that_hangs(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo("checkout-availability", "0.999")))
    with faulty_slack(HANG, only="chat.postMessage") as slack:
        variables = {
            "DATABASE_URL": "sqlite:///steward.db",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "1",
            "SLACK_API_BASE_URL": slack.base_url,
            "HOST": "127.0.0.1",
            "PORT": "0",
        }
        for words in (["migrate"], ["apply", "all.yaml"]):
            assert steward(*words, folder=tmp_path, **variables).returncode == 0
        acknowledge_all(Store(open_engine(f"sqlite:///{tmp_path / 'steward.db'}")))
        with running("run", folder=tmp_path, variables=variables) as process:
            soon(lambda: slack.received, what="a message on its way")
            assert process.stop(within=10) == 0
            assert "Traceback" not in process.said
    with closing(sqlite3.connect(tmp_path / "steward.db")) as connection:
        states = connection.execute("SELECT state FROM notice WHERE key NOT LIKE '%:figures'").fetchall()
    assert states == [("ambiguous",)]
    assert len(slack.received) == 1
