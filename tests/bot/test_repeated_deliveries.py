"""What Slack delivers twice: it acts once, and nobody sees an answer twice, also after a restart."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from messages.asking import share_button
from sandbox.response_urls import Origin, new_token
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, PAYMENTS, PlayedSteward, played_steward, text_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OTHER = "status checkout-availability"
"""What a repeated delivery asks here, to be known by its answer where it is acted on after all."""

ONE_MET = "payments team: 1 of 1 met."
PLAN = "maintenance checkout-availability from 2026-11-30 22:00 to 23:00 because upgrade"


@pytest.fixture
def organised(sqlite_store: Store) -> Store:
    organise(sqlite_store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(sqlite_store, "checkout-availability", since=NOON - timedelta(hours=6), until=NOON)
    return sqlite_store


@contextmanager
def started(store: Store) -> Iterator[PlayedSteward]:
    """A process of Steward, which knows nothing of those before it but what is stored."""
    with played_steward(Store(store.engine), MovableClock(NOON)) as steward:
        yield steward


def planned(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.name for one in tx.exclusions.all()]


def ask(steward: PlayedSteward, text: str, trigger: str) -> str:
    """What is shown with the acknowledgement."""
    answer = steward.ask(text, trigger_id=trigger)
    assert answer.status_code == 200
    return text_of(answer) if answer.text else ""


def press_share(steward: PlayedSteward, trigger: str, text: str = "status payments") -> None:
    token = new_token(steward.slack, Origin(PAYMENTS, ANA))
    body = {
        "type": "block_actions",
        "team": {"id": "T0HOME"},
        "user": {"id": ANA, "team_id": "T0HOME"},
        "channel": {"id": PAYMENTS, "name": "payments"},
        "trigger_id": trigger,
        "response_url": f"{steward.address}/sandbox/response/{token}",
        "actions": [{**share_button(text), "block_id": "row"}],
    }
    form = urlencode({"payload": json.dumps(body)}).encode()
    assert steward.deliver(form).status_code == 200


def mention(steward: PlayedSteward, event_id: str, text: str = "status", **headers: str) -> None:
    event = {"type": "app_mention", "user": ANA, "channel": PAYMENTS, "text": f"<@UBOT> {text}"}
    body: dict[str, Any] = {"type": "event_callback", "team_id": "T0HOME", "event_id": event_id}
    body |= {"event": event, "authorizations": [{"user_id": "UBOT", "is_bot": True}]}
    answer = steward.deliver(json.dumps(body).encode(), "application/json", headers=headers)
    assert answer.status_code == 200


def test_a_command_that_comes_again_shows_nothing_again(organised: Store) -> None:
    with started(organised) as steward:
        assert [ask(steward, "status payments", one) for one in ("1.2", "1.2", "1.3")] == [
            ONE_MET,
            "",
            ONE_MET,
        ]


def test_a_change_that_comes_again_after_a_restart_is_made_once(organised: Store) -> None:
    with started(organised) as steward:
        assert "Planned" in ask(steward, PLAN, "1.2")
        [first] = planned(organised)
    with started(organised) as steward:
        assert ask(steward, PLAN, "1.2") == ""
        assert ask(steward, f"maintenance cancel {first}", "1.3") != ""
        assert ask(steward, PLAN, "1.2") == ""
        assert "Planned" in ask(steward, PLAN, "1.4")
    assert len(planned(organised)) == 2


def test_a_refused_change_was_not_made(organised: Store) -> None:
    """What was said no to can be said no to again: nothing was noted with it."""
    with started(organised) as steward:
        assert "No planned work" in ask(steward, "maintenance cancel it", "1.2")
    with started(organised) as steward:
        assert "No planned work" in ask(steward, "maintenance cancel it", "1.2")


def test_what_is_shared_twice_stands_once(organised: Store) -> None:
    with started(organised) as steward:
        press_share(steward, "1.2")
        assert steward.seen_soon(1) == [ONE_MET]
        press_share(steward, "1.2", OTHER)
        press_share(steward, "1.3")
        assert steward.seen_soon(2) == [ONE_MET] * 2
    with started(organised) as steward:
        press_share(steward, "1.2", OTHER)
        press_share(steward, "1.4")
        assert steward.seen_soon(1) == [ONE_MET]


def test_a_mention_that_comes_again_is_answered_once(organised: Store) -> None:
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    with started(organised) as steward:
        mention(steward, "Ev1")
        assert steward.seen_soon(1) == [ONE_MET]
        mention(steward, "Ev1", OTHER, **again)
        mention(steward, "Ev2", **again)
        assert steward.seen_soon(2) == [ONE_MET] * 2
    with started(organised) as steward:
        mention(steward, "Ev1", OTHER, **again)
        mention(steward, "Ev3", **again)
        assert steward.seen_soon(1) == [ONE_MET]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.example.com/x",
        "https://me@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_answers_go_to_slack_only(organised: Store, url: str) -> None:
    with started(organised) as steward:
        assert steward.ask("status payments", response_url=url).status_code == 400
        assert steward.ask("status payments", response_url="https://hooks.slack.com/x").status_code == 200
