"""Late answers: tried again where nothing can be doubled, and only there."""

import asyncio

import pytest

from connectors.response_url import PAUSES, Shown, is_response_url, respond
from messages.message import Message
from tests.fakes.slack_server import RESET, Answer, closed_port, faulty_slack

SLACK = "https://slack.com/api/"
EMULATOR = "http://127.0.0.1:3000/sandbox/api/"
MESSAGE = Message("All is well.")


@pytest.mark.parametrize(
    ("url", "api", "expected"),
    [
        ("https://hooks.slack.com/commands/T1/2/x", SLACK, True),
        ("https://hooks.slack-gov.com/commands/T1/2/x", SLACK, True),
        ("http://hooks.slack.com/commands/T1/2/x", SLACK, False),
        ("https://hooks.slack.com:444/commands/T1/2/x", SLACK, False),
        ("https://hooks.slack.com@example.com/", SLACK, False),
        ("https://example.com/hooks.slack.com", SLACK, False),
        ("http://127.0.0.1:3000/sandbox/response/x", SLACK, False),
        ("http://127.0.0.1:3000/sandbox/response/x", EMULATOR, True),
        ("http://localhost:3001/sandbox/response/x", EMULATOR, True),
        ("http://10.0.0.1:3000/sandbox/response/x", EMULATOR, False),
        ("ftp://127.0.0.1/x", EMULATOR, False),
        ("nonsense", EMULATOR, False),
        ("http://[", SLACK, False),
    ],
)
def test_whose_it_is(url: str, api: str, expected: bool) -> None:
    assert is_response_url(url, api=api) is expected


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(status=404), RESET], ids=["500", "404", "reset after receipt"]
)
def test_what_may_have_arrived_is_not_sent_again(answer: Answer) -> None:
    with faulty_slack(answer) as server:
        with pytest.raises(OSError, match=r"."):
            asyncio.run(respond(server.base_url, MESSAGE, Shown(), pauses=(0.0, 0.0)))
        assert len(server.received) == 1


def test_what_slack_had_no_time_for_is_sent_again() -> None:
    with faulty_slack(Answer(status=429, headers={"Retry-After": "0"})) as server:
        with pytest.raises(OSError, match="429"):
            asyncio.run(respond(server.base_url, MESSAGE, Shown(), pauses=(0.0, 0.0)))
        assert len(server.received) == 3


def test_where_nobody_listens_it_is_tried_again_for_a_while() -> None:
    with pytest.raises(OSError, match="Connect"):
        asyncio.run(respond(closed_port(), MESSAGE, Shown(), pauses=(0.0, 0.0)))


def test_a_while_is_short() -> None:
    assert sum(PAUSES) < 10
