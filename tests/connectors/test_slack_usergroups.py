"""Who is in a user group, asked of Slack; whatever goes wrong is one word."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from connectors.slack import SlackPoster
from domain.usergroup import Looked, Members, NotSaid
from sandbox.workspace import Group
from tests.fakes.clock import MovableClock
from tests.fakes.scripted_slack import Answers, scripted_slack
from tests.fakes.slack_server import HANG, TOKEN, closed_port, faulty_slack, played_slack

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAY = Group("S0PAY", "payments", "Payments", frozenset({"U0BEN", "U0ANA"}))
METHOD = "usergroups.users.list"


def look(base_url: str, group: str = "S0PAY", *, timeout: float = 5) -> Looked:
    with closing(SlackPoster(TOKEN, base_url, timeout=timeout)) as poster:
        return poster.members(group).result()


def test_of_the_sandbox() -> None:
    with played_slack(MovableClock(NOON), ["payments"], groups=[PAY]) as slack:
        assert look(slack.base_url) == Members(("U0ANA", "U0BEN"))
        assert look(slack.base_url, "S0NONE") == NotSaid("no_such_subteam")
        slack.slack.plan_refusal = "paid_teams_only"
        assert look(slack.base_url) == NotSaid("paid_teams_only")


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        pytest.param({METHOD: [{"error": "missing_scope"}]}, "missing_scope", id="no scope"),
        pytest.param({METHOD: [{"error": "token_revoked"}]}, "token_revoked", id="no token"),
        pytest.param({}, "unknown_method", id="an emulator without groups"),
        pytest.param(
            {METHOD: [{"status": 429, "error": "ratelimited", "headers": {"Retry-After": "30"}}]},
            "ratelimited",
            id="too often",
        ),
        pytest.param({METHOD: [{"status": 500, "error": "internal_error"}]}, "no_answer", id="a hiccup"),
        pytest.param({METHOD: [{}]}, "no_answer", id="an answer without people"),
    ],
)
def test_what_slack_says_instead(answers: Answers, word: str) -> None:
    with scripted_slack(answers) as slack:
        assert look(slack.base_url) == NotSaid(word)


def test_a_slack_that_is_away_or_silent() -> None:
    assert look(closed_port()) == NotSaid("no_answer")
    with faulty_slack(HANG) as server:
        assert look(server.base_url, timeout=0.3) == NotSaid("no_answer")


def test_a_poster_that_is_closed_leaves_nobody_waiting() -> None:
    with faulty_slack(HANG) as server:
        poster = SlackPoster(TOKEN, server.base_url, timeout=60)
        looking = poster.members("S0PAY")
        assert server.heard.wait(10)
        poster.close()
        assert looking.result() == NotSaid("no_answer")
