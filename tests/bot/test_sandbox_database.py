"""A database of invented figures never meets a real Slack."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.wiring import Opened
from storage.engine import open_engine
from storage.store import Store
from tests.fakes.surroundings import Surroundings


@pytest.fixture
def marked(surroundings: Surroundings, database: Path) -> Opened:
    engine = open_engine(f"sqlite:///{database}")
    store = Store(engine)
    store.ensure_workspace()
    store.mark_sandbox("default")
    engine.dispose()
    return Opened(store, "default")


@pytest.mark.parametrize("words", [["tick"], ["run"]])
def test_real_tokens_are_refused(
    surroundings: Surroundings, marked: Opened, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(
        SLACK_BOT_TOKEN="xoxb-real",
        SLACK_SIGNING_SECRET="1",
        SLACK_API_BASE_URL="http://127.0.0.1:1/",
        HOST="127.0.0.1",
        PORT="0",
    )
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steward: This database belongs to the sandbox: its figures are invented.")
    assert err.count("\n") == 1


def test_without_tokens_it_is_used(marked: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) in (0, 1)
    assert "invented" not in capsys.readouterr().err


def test_the_sandbox_refuses_the_database_of_a_real_slack(
    surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody forgot the tokens: nothing may be invented there, nor the database be lost to real tokens."""
    engine = open_engine(f"sqlite:///{database}")
    store = Store(engine)
    store.ensure_workspace()
    store.attach_slack_team("default", "T0REAL")
    surroundings.set(PORT="0")
    assert main(["run"]) == 1
    assert "This database serves a real Slack workspace." in capsys.readouterr().err
    assert [workspace.sandbox for workspace in store.workspaces()] == [False]
    engine.dispose()
