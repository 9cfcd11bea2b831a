"""Logs: a line for people, or a JSON object for machines; never a token, never a library's chatter."""

import json
import logging

import pytest

from bot.logs import BOLT, set_up_logs
from bot.settings import Settings
from tests.fakes.surroundings import Surroundings


def test_json_lines(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(LOG_FORMAT="json")
    set_up_logs(Settings.read())
    logging.getLogger("bot.answering").info("“%s”\nanswered", "Grüße")
    try:
        raise ValueError("a trap")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["level"], first["logger"], first["message"]) == (
        "info",
        "bot.answering",
        "“Grüße”\nanswered",
    )
    assert first["at"].endswith("+00:00")
    assert "ValueError: a trap" in second["traceback"]


def test_lines_for_people(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(LOG_LEVEL="warning")
    set_up_logs(Settings.read())
    logging.getLogger("jobs").info("not said")
    logging.getLogger("jobs").warning("said")
    assert capsys.readouterr().err.endswith("WARNING jobs: said\n")


@pytest.mark.parametrize("name", ["slack_sdk", "aiohttp.client", "httpx", "alembic.runtime"])
def test_libraries_keep_quiet(
    surroundings: Surroundings, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(LOG_LEVEL="debug")
    set_up_logs(Settings.read())
    logging.getLogger(name).info("Authorization: Bearer xoxb-1")
    assert capsys.readouterr().err == ""


def test_a_socket_that_does_not_connect_is_one_line_each_time(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(Settings.read())
    try:
        raise OSError("no network")
    except OSError as error:
        logging.getLogger(BOLT).exception(f"Failed to connect (error: {error}); Retrying...")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("trying again: no network. Check SLACK_APP_TOKEN and the network.")
