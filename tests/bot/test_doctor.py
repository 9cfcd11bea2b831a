"""`steward doctor`: a line each, exit 1 with an error; whatever is away, the rest is looked at."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from tests.fakes.clock import RunningClock
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.scripted_slack import Answers, scripted_slack
from tests.fakes.slack_server import closed_port, played_slack
from tests.fakes.surroundings import Surroundings

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
AUTH = {"team_id": "T0HOME", "user_id": "UBOT"}
CHANNELS = [{"channels": [{"id": "C0PAY", "name": "payments", "is_member": True}]}]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def connect(surroundings: Surroundings, base_url: str) -> None:
    surroundings.set(
        SLACK_BOT_TOKEN="xoxb-of-the-tests", SLACK_SIGNING_SECRET="1", SLACK_API_BASE_URL=base_url
    )


def define(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    assert main(["apply", "all.yaml"]) == 0
    capsys.readouterr()


def test_before_anything_is_set_up(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert lines(capsys) == [
        "ok       settings",
        "error    database  — There is no database sandbox.db yet. Run `steward migrate` first.",
        "ok       Slack: no tokens are set, so Steward plays on its sandbox",
    ]
    assert list(surroundings.folder.iterdir()) == []


def test_a_setting_that_is_wrong(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(PORT="many")
    assert main(["doctor"]) == 1
    [line] = lines(capsys)
    assert line.startswith("error    settings  — Setting PORT")


def test_half_of_slack(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    surroundings.set(SLACK_BOT_TOKEN="xoxb-1")
    assert main(["doctor"]) == 1
    [line] = lines(capsys)
    assert "SLACK_SIGNING_SECRET" in line


def test_without_slack_warnings_alone_are_no_error(
    surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    define(surroundings, capsys)
    assert main(["doctor"]) == 0
    assert lines(capsys) == [
        "ok       settings",
        "ok       database and its migrations",
        "ok       teams: 1",
        "warning  never measured: checkout-availability  — send measurements, or `steward import FILE`",
        "ok       agreements: 0",
        "ok       notices: none lost lately, none late",
        "warning  no process runs the jobs  — start `steward run` or `steward worker`; "
        "where cron calls `steward tick`, all is well",
        "ok       Slack: no tokens are set, so Steward plays on its sandbox",
    ]


def test_on_slack_all_is_looked_at(
    surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    define(surroundings, capsys)
    with played_slack(RunningClock(NOON), ["payments"]) as slack:
        connect(surroundings, slack.base_url)
        assert main(["doctor"]) == 0
        assert lines(capsys)[-4:] == [
            "ok       Slack: token of workspace T0HOME",
            "ok       clock: as Slack's",
            "warning  scopes: Slack does not say which the token has  — compare with `steward manifest`",
            "ok       channels: 1",
        ]
        slack.kick("payments")
        assert main(["doctor"]) == 1
        assert lines(capsys)[-1] == (
            "error    channel #payments of payments: Steward is not in it  — there: `/invite @Steward`"
        )


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        pytest.param(
            {
                "auth.test": [
                    {
                        **AUTH,
                        "headers": {
                            "X-OAuth-Scopes": "chat:write, commands",
                            "Date": "Mon, 01 Jan 2024 00:00:00 GMT",
                        },
                    }
                ],
                "conversations.list": [{"error": "missing_scope"}],
            },
            [
                "s apart from Slack's",
                "scopes missing: app_mentions:read, channels:",
                "channels: Slack does not list them (missing_scope)",
            ],
            id="an old installation on a machine of the past",
        ),
        pytest.param({"auth.test": [{"error": "token_revoked"}]}, ["token_revoked"], id="no token any more"),
        pytest.param({"auth.test": [AUTH]}, ["Slack lists none, as an emulator does"], id="an emulator"),
    ],
)
def test_what_slack_says(
    answers: Answers,
    told: list[str],
    surroundings: Surroundings,
    database: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with scripted_slack(answers) as slack:
        connect(surroundings, slack.base_url)
        main(["doctor"])
    out = capsys.readouterr().out
    assert [words for words in told if words not in out] == []
    assert "xoxb" not in out


def test_slack_and_the_database_away(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    connect(surroundings, closed_port())
    surroundings.set(DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/nothing?connect_timeout=2")
    assert main(["doctor"]) == 1
    settings, database, slack = lines(capsys)
    assert settings == "ok       settings"
    assert database.startswith("error    database  — The database does not answer")
    assert slack.startswith("error    Slack  — Slack does not answer.")
    assert "secret" not in database


def test_for_machines(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["level"] for one in found] == ["ok", "error", "ok"]
    assert set(found[0]) == {"level", "what", "remedy"}


def test_a_database_of_the_sandbox_with_real_tokens(
    surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    define(surroundings, capsys)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE workspace SET sandbox = 1")
    connection.close()
    connect(surroundings, closed_port())
    assert main(["doctor"]) == 1
    assert "belongs to the sandbox" in capsys.readouterr().out
