"""`steward tick`: every due job once, said on Slack; again says nothing new."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from storage.engine import open_engine
from storage.store import Store
from tests.fakes.clock import RunningClock
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.organisation import acknowledge_all
from tests.fakes.slack_server import PlayedSlack, played_slack
from tests.fakes.surroundings import Surroundings

TUESDAY = "2026-11-24T08:00:00Z"
"""Nine in the morning in Berlin."""


@pytest.fixture
def slack(
    surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[PlayedSlack]:
    """A Slack with the payments channel, and a database with the payments team."""
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    assert main(["apply", "all.yaml", "--at", TUESDAY]) == 0
    acknowledge_all(Store(open_engine(f"sqlite:///{database}")))
    capsys.readouterr()
    with played_slack(RunningClock(datetime(2026, 11, 24, 8, tzinfo=UTC)), ["payments"]) as slack:
        surroundings.set(
            SLACK_BOT_TOKEN=slack.token, SLACK_SIGNING_SECRET="1", SLACK_API_BASE_URL=slack.base_url
        )
        yield slack


def test_a_digest_is_posted_once(slack: PlayedSlack, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tick", "--at", TUESDAY]) == 0
    [said] = slack.said("payments")
    assert said.startswith("Payments team: ")
    assert capsys.readouterr().out.startswith(f"sent  digest:payments:2026-11-24  #payments: {said}\n")
    for at in (TUESDAY, "2026-11-24T09:30:00Z"):
        assert main(["tick", "--at", at]) == 0
        assert capsys.readouterr().out == "Nothing was due.\n"
    assert slack.said("payments") == [said]


def test_user_groups_are_looked_up_where_nothing_is_to_be_said(
    slack: PlayedSlack, surroundings: Surroundings, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grouped = TEAM.replace("spec:", "spec:\n  usergroup: S0PAY", 1)
    assert grouped != TEAM
    surroundings.write("all.yaml", file_of(grouped, SERVICE, slo("checkout-availability", "0.999")))
    assert main(["apply", "all.yaml", "--at", TUESDAY]) == 0
    assert main(["tick", "--at", "2026-11-24T07:00:00Z"]) == 0
    capsys.readouterr()
    main(["doctor"])
    assert "user group S0PAY of payments: Slack does not say who is in it (no_such_subteam)" in (
        capsys.readouterr().out
    )


def test_a_morning_long_ago(slack: PlayedSlack) -> None:
    """The figures are those of the digest's own time."""
    assert main(["tick", "--at", "2025-03-31T07:00:00Z"]) == 0
    [message] = slack.messages("payments")
    assert message["metadata"]["event_payload"]["key"] == "digest:payments:2025-03-31"


def test_before_its_time_nothing_is_due(slack: PlayedSlack, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tick", "--at", "2026-11-24T07:59:59Z"]) == 0
    assert capsys.readouterr().out == "Nothing was due.\n"


def test_what_slack_refuses_is_told_by_the_status(
    slack: PlayedSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.kick("payments")
    assert main(["tick", "--at", TUESDAY]) == 1
    out = capsys.readouterr().out
    assert out.startswith("failed  digest:payments:2026-11-24  #payments (")
    assert slack.token not in out


def test_without_slack_it_waits(
    slack: PlayedSlack, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(SLACK_API_BASE_URL="http://127.0.0.1:1/api/")
    assert main(["tick", "--at", TUESDAY]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("pending  digest:payments:2026-11-24  #payments: Payments team: ")
    assert err.startswith("steward: Slack does not answer.")
    surroundings.set(SLACK_API_BASE_URL=slack.base_url)
    assert main(["tick", "--at", TUESDAY]) == 0
    assert len(slack.said("payments")) == 1


def test_a_token_that_slack_does_not_know(
    slack: PlayedSlack, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(SLACK_BOT_TOKEN="xoxb-another")
    assert main(["tick", "--at", TUESDAY]) == 1
    err = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN" in err
    assert "xoxb-another" not in err
