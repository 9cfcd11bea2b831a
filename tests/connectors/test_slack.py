"""Slack's Web API: what each answer, and each lack of one, means for a message."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import (
    ClientConnectorError,
    ClientPayloadError,
    ConnectionTimeoutError,
    InvalidURL,
    ServerDisconnectedError,
    SocketTimeoutError,
)
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from connectors.slack import AT_ONCE, STOPPED, Identity, SlackPoster
from connectors.slack_outcomes import not_posted, posted
from domain.delivery import Ambiguous, Barred, NotSent, Outcome, Outgoing, Posted, RateLimited, Refused
from domain.refusal import Refusal, Unreachable
from tests.fakes.clock import MovableClock
from tests.fakes.slack_server import (
    HANG,
    RESET,
    TOKEN,
    Answer,
    PlayedSlack,
    closed_port,
    faulty_slack,
    played_slack,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = ConnectionKey("slack.example", 443, True, True, None, None, None)
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*payments team*"}}


def outgoing(
    number: int = 1, *, channel: str = "payments", text: str = "payments team: all 7 met"
) -> Outgoing:
    return Outgoing(number, f"digest:payments:{number}", channel, text, [SECTION], internal=False)


def outcome_at(base_url: str, *, timeout: float = 5, token: str = TOKEN) -> Outcome:
    with closing(SlackPoster(token, base_url, timeout=timeout)) as poster:
        return poster.post(outgoing()).result()


def api_error(status: int, data: object, headers: dict[str, str] | None = None) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.example/api/chat.postMessage",
        req_args={},
        data=data,  # type: ignore[arg-type]
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("said", response)  # type: ignore[no-untyped-call]


def said(error: str, **more: object) -> SlackApiError:
    return api_error(200, {"ok": False, "error": error, **more})


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        pytest.param(said("not_in_channel"), Refused("not_in_channel"), id="an error of Slack is for good"),
        pytest.param(said("is_archived"), Refused("is_archived"), id="so is an archived channel"),
        pytest.param(said("never_heard_of"), Refused("never_heard_of"), id="and one that nobody knows"),
        pytest.param(
            said("invalid_blocks", response_metadata={"messages": ["[ERROR] too long"]}),
            Refused("invalid_blocks", "[ERROR] too long"),
            id="Slack's details are kept",
        ),
        pytest.param(
            said("missing_scope", needed="chat:write", provided="commands"),
            Barred("missing_scope"),
            id="the missing scope is named",
        ),
        pytest.param(
            api_error(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"}),
            RateLimited(7),
            id="429 says how long to wait",
        ),
        pytest.param(api_error(429, ""), RateLimited(30), id="429 without Retry-After waits 30 s"),
        pytest.param(
            api_error(429, {}, {"Retry-After": "soon"}), RateLimited(30), id="429 with a garbled Retry-After"
        ),
        pytest.param(said("rate_limited"), RateLimited(30), id="the other word for it"),
        pytest.param(
            said("internal_error"),
            Ambiguous("Slack answered internal_error (HTTP 200)"),
            id="internal_error may have been posted",
        ),
        pytest.param(
            said("fatal_error"), Ambiguous("Slack answered fatal_error (HTTP 200)"), id="so may fatal_error"
        ),
        pytest.param(
            api_error(503, "<html>"), Ambiguous("Slack answered http_503 (HTTP 503)"), id="and any 5xx"
        ),
        pytest.param(
            api_error(200, {}), Ambiguous("Slack's answer cannot be read"), id="an empty answer too"
        ),
        pytest.param(api_error(404, "<html>"), Refused("http_404"), id="a wrong address is for good"),
        pytest.param(
            said("request_timeout"), NotSent("Slack answered request_timeout"), id="Slack got only half of it"
        ),
        pytest.param(
            ClientConnectorError(KEY, OSError(111, "refused")),
            NotSent("Slack could not be reached (ClientConnectorError)"),
            id="nobody listens",
        ),
        pytest.param(
            ConnectionTimeoutError(),
            NotSent("Slack could not be reached (ConnectionTimeoutError)"),
            id="no connection in time",
        ),
        pytest.param(
            InvalidURL("nowhere"),
            NotSent("Slack could not be reached (InvalidURL)"),
            id="an address that is none",
        ),
        pytest.param(TimeoutError(), Ambiguous("Slack did not answer in time"), id="no answer in time"),
        pytest.param(
            SocketTimeoutError(), Ambiguous("Slack did not answer in time"), id="half an answer in time"
        ),
        pytest.param(
            ServerDisconnectedError(),
            Ambiguous("no answer of Slack arrived (ServerDisconnectedError)"),
            id="the connection ended",
        ),
        pytest.param(
            ConnectionResetError(),
            Ambiguous("no answer of Slack arrived (ConnectionResetError)"),
            id="the connection was reset",
        ),
        pytest.param(
            ClientPayloadError(),
            Ambiguous("no answer of Slack arrived (ClientPayloadError)"),
            id="half an answer",
        ),
        pytest.param(
            asyncio.CancelledError(),
            Ambiguous("no answer of Slack arrived (CancelledError)"),
            id="Steward was stopped",
        ),
    ],
)
def test_what_an_exception_means(error: BaseException, outcome: Outcome) -> None:
    assert not_posted(error) == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(
            {"ok": True, "ts": "1.000001", "channel": "C1"}, Posted("1.000001", "C1"), id="it stands there"
        ),
        pytest.param({"ok": True}, Ambiguous("Slack's answer has no ts"), id="where, Slack does not say"),
    ],
)
def test_what_an_answer_means(answer: dict[str, object], outcome: Outcome) -> None:
    assert posted(answer) == outcome


@contextmanager
def payments() -> Iterator[PlayedSlack]:
    with played_slack(MovableClock(NOON), ["payments"]) as slack:
        yield slack


def test_posts_with_its_key_in_the_metadata() -> None:
    with payments() as slack:
        outcome = outcome_at(slack.base_url)
        [message] = slack.messages("payments")
    assert outcome == Posted(message["ts"], "C0000001")
    assert message["metadata"] == {
        "event_type": "steward_notice",
        "event_payload": {"key": "digest:payments:1", "version": 1},
    }
    assert message["text"] == "payments team: all 7 met"
    assert message["blocks"][0]["text"] == SECTION["text"]


def test_sends_many_at_the_same_time_and_says_what_became_of_each() -> None:
    channels = [f"team-{number}" for number in range(60)]
    messages = [outgoing(number, channel=channel) for number, channel in enumerate(channels)]
    with played_slack(MovableClock(NOON), channels) as slack:
        slack.kick("team-7")
        with closing(SlackPoster(TOKEN, slack.base_url)) as poster:
            posted = {message.channel: poster.post(message) for message in messages}
            outcomes = {channel: one.result() for channel, one in posted.items()}
        assert all(slack.said(channel) for channel in channels if channel != "team-7")
    assert outcomes.pop("team-7") == Refused("not_in_channel")
    assert len(outcomes) == 59
    assert all(isinstance(outcome, Posted) for outcome in outcomes.values())


def test_too_fast_for_slack() -> None:
    with payments() as slack, closing(SlackPoster(TOKEN, slack.base_url)) as poster:
        both = [poster.post(outgoing(1)), poster.post(outgoing(2))]
        assert RateLimited(1) in [one.result() for one in both]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(RESET, "no answer of Slack arrived", id="reset after receipt"),
        pytest.param(HANG, "Slack did not answer in time", id="hangs"),
        pytest.param(Answer(500, "<html>oops</html>"), "HTTP 500", id="an error page"),
        pytest.param(Answer(200, "<html>oops</html>"), "", id="a page that is no answer"),
        pytest.param(Answer(200, "oops", {"Content-Type": "text/plain"}), "", id="words that are no answer"),
        pytest.param(Answer(200, "{", {"Content-Type": "application/json"}), "", id="half of an object"),
        pytest.param(Answer(503, {"ok": False, "error": "service_unavailable"}), "HTTP 503", id="overloaded"),
    ],
)
def test_an_ambiguous_message_is_sent_once_only(answer: Answer, outcome: str) -> None:
    with faulty_slack(answer) as server:
        found = outcome_at(server.base_url, timeout=0.3 if answer is HANG else 5)
        assert len(server.received) == 1
    assert isinstance(found, Ambiguous)
    assert outcome in found.reason


def test_waits_as_long_as_slack_asks() -> None:
    limited = Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "11"})
    with faulty_slack(limited) as server:
        assert outcome_at(server.base_url) == RateLimited(11)
        assert len(server.received) == 1


def test_nothing_went_out_where_nobody_listens() -> None:
    assert outcome_at(closed_port()) == NotSent("Slack could not be reached (ClientConnectorError)")


def test_the_token_never_gets_into_a_reason() -> None:
    echo = Answer(200, {"ok": False, "error": "odd", "response_metadata": {"messages": [f"Bearer {TOKEN}"]}})
    with faulty_slack(echo) as server:
        assert outcome_at(server.base_url) == Refused("odd", "Bearer …")


def test_works_again_after_close() -> None:
    with payments() as slack:
        poster = SlackPoster(TOKEN, slack.base_url)
        first = poster.identity()
        poster.close()
        assert poster.identity() == first == Identity("T0HOME", "UBOT")
        poster.close()
        poster.close()


def test_what_is_on_its_way_when_it_closes_is_ambiguous_and_what_waits_never_goes_out() -> None:
    with faulty_slack(HANG) as server:
        poster = SlackPoster(TOKEN, server.base_url, timeout=60)
        outcomes = [poster.post(outgoing(number)) for number in range(AT_ONCE + 10)]
        assert server.heard.wait(5)
        poster.close()
        found = [outcome.result() for outcome in outcomes]
        on_their_way = found.count(Ambiguous("Steward was stopped before Slack's answer"))
        assert found.count(STOPPED) == AT_ONCE + 10 - on_their_way
        assert 1 <= len(server.received) <= on_their_way <= AT_ONCE


def test_an_unknown_token_is_refused() -> None:
    refused = pytest.raises(Refusal, match=r"Slack refuses the bot token \(invalid_auth\)")
    with payments() as slack, closing(SlackPoster("xoxb-wrong", slack.base_url)) as poster, refused:
        poster.identity()


@pytest.mark.parametrize("answer", [RESET, Answer(500, "<html>")])
def test_slack_away_is_said_plainly(answer: Answer) -> None:
    with faulty_slack(answer) as server:
        assert_unreachable(server.base_url)
    assert_unreachable(closed_port())


def assert_unreachable(base_url: str) -> None:
    with closing(SlackPoster(TOKEN, base_url)) as poster, pytest.raises(Unreachable, match="does not answer"):
        poster.identity()
