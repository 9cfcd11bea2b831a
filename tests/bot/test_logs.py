"""Logs: a line for people, or a JSON object for machines; never a token, never a library's chatter."""

import json
import logging

import pytest

from bot.logs import AGAIN_SECONDS, BOLT, HIDDEN, OnceAMinute, process_name, set_up_logs
from bot.reference import request_reference
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
    assert first["time"].endswith("+00:00")
    assert "ValueError: a trap" in second["traceback"]
    assert first["process"] == second["process"] == process_name()
    assert "ref" not in first


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


def test_every_line_of_a_request_has_its_reference(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(LOG_FORMAT="json")
    set_up_logs(Settings.read())
    with request_reference() as reference:
        logging.getLogger("storage").warning("slow")
    assert json.loads(capsys.readouterr().err)["ref"] == reference


def test_people_see_the_reference_once(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(Settings.read())
    with request_reference() as reference:
        logging.getLogger("storage").warning("slow")
        logging.getLogger("bot").warning("%s: failed", reference)
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith(f" WARNING storage [{reference}]: slow")
    assert second.endswith(f" WARNING bot: {reference}: failed")


@pytest.mark.parametrize("form", ["console", "json"])
def test_secrets_are_hidden_whoever_writes_them(
    surroundings: Surroundings, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = {
        "SLACK_BOT_TOKEN": "xoxb-hush-hush",
        "SLACK_SIGNING_SECRET": "signing-hush-hush",
        "SLACK_APP_TOKEN": "xapp-hush-hush",
        "STEWARD_API_TOKEN": "a-token-hush-hush",
    }
    surroundings.set(LOG_FORMAT=form, DATABASE_URL="postgresql://u:hush%2Fhush@h/d", **tokens)
    set_up_logs(Settings.read())
    try:
        raise ValueError("postgresql://u:hush%2Fhush@h/d")
    except ValueError:
        logging.getLogger("bot").exception("%s, hush/hush", ", ".join(tokens.values()))
    said = capsys.readouterr().err
    assert said.count(HIDDEN) == 7
    assert "hush" not in said


def test_the_same_line_comes_once_a_minute() -> None:
    once = OnceAMinute()

    def said(message: str, *, at: float, level: int = logging.ERROR) -> bool:
        record = logging.LogRecord("jobs", level, "", 0, message, None, None)
        record.created = at
        return once.filter(record)

    assert [said("away", at=at) for at in (0, 1, AGAIN_SECONDS - 1, AGAIN_SECONDS)] == [
        True,
        False,
        False,
        True,
    ]
    assert said("another", at=1)
    assert [said("news", at=1, level=logging.INFO) for _ in range(2)] == [True, True]
    assert said("away", at=5), "the clock was set back"


def test_each_traceback_is_told() -> None:
    once = OnceAMinute()
    record = logging.LogRecord("jobs", logging.ERROR, "", 0, "failed", None, (None, None, None))
    assert once.filter(record)
    assert once.filter(record)
