"""Nothing internal reaches a channel that outsiders read; and finding that out costs little."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.slack import STOPPED, SlackPoster
from connectors.slack_channels import channel_of
from domain.channel import Channel, UnknownChannel
from domain.delivery import Barred, NotSent, Outcome, Outgoing, Posted, RateLimited, Refused
from tests.fakes.scripted_slack import Answers, ScriptedSlack, scripted_slack
from tests.fakes.slack_server import HANG, TOKEN, faulty_slack, serving

POSTED = {"ts": "1.000001", "channel": "C0PAY"}
SHARED = Refused("shared_with_outsiders")
LIMITED = {"error": "ratelimited", "status": 429, "headers": {"Retry-After": "20"}}


@dataclass
class Elapsed:
    """Seconds, moved by hand."""

    seconds: float = 0

    def __call__(self) -> float:
        return self.seconds


def listed(*channels: Mapping[str, Any], cursor: str = "") -> dict[str, Any]:
    return {"channels": list(channels), "response_metadata": {"next_cursor": cursor}}


def described(channel_id: str, name: str, **flags: bool) -> dict[str, Any]:
    return {"id": channel_id, "name": name, "is_member": True, **flags}


PAY = described("C0PAY", "team-payments")
RETAIL = described("C0RETAIL", "retail", is_ext_shared=True, is_shared=True)
WORKING: Answers = {"conversations.list": [listed(PAY, RETAIL)], "chat.postMessage": [POSTED]}


def outgoing(channel: str = "#team-payments", number: int = 1) -> Outgoing:
    return Outgoing(number, f"digest:{number}", channel, "all met", [])


def outcomes(slack: ScriptedSlack, *messages: Outgoing, elapsed: Elapsed | None = None) -> list[Outcome]:
    with closing(SlackPoster(TOKEN, slack.base_url, elapsed=elapsed or Elapsed())) as poster:
        return [poster.post(message).result() for message in messages]


@pytest.mark.parametrize(
    ("flags", "shared"),
    [
        pytest.param({}, False, id="ours"),
        pytest.param({"is_ext_shared": True}, True, id="shared with another workspace"),
        pytest.param({"is_pending_ext_shared": True}, True, id="an invitation to outsiders is open"),
        pytest.param({"is_shared": True}, True, id="shared, Slack does not say with whom"),
        pytest.param(
            {"is_shared": True, "is_org_shared": True},
            False,
            id="shared with a workspace of our organisation",
        ),
        pytest.param(
            {"is_shared": True, "is_org_shared": True, "is_ext_shared": True}, True, id="with both of them"
        ),
    ],
)
def test_which_channels_outsiders_read(flags: dict[str, bool], shared: bool) -> None:
    assert channel_of(described("C0PAY", "payments", **flags)).shared is shared


@pytest.mark.parametrize("channel", ["#team-payments", "team-payments", "C0PAY", "#Team-Payments"])
def test_what_is_internal_goes_where_nobody_else_reads_by_the_channels_id(channel: str) -> None:
    with scripted_slack(WORKING) as slack:
        assert outcomes(slack, outgoing(channel)) == [Posted("1.000001", "C0PAY")]
    assert slack.received[-1]["channel"] == "C0PAY"


@pytest.mark.parametrize("channel", ["#retail", "C0RETAIL"])
def test_what_is_internal_never_goes_where_outsiders_read(channel: str) -> None:
    with scripted_slack(WORKING) as slack:
        assert outcomes(slack, outgoing(channel)) == [SHARED]
    assert slack.calls["chat.postMessage"] == 0


def test_what_is_not_internal_goes_there_without_a_look() -> None:
    with scripted_slack(WORKING) as slack:
        assert outcomes(slack, replace(outgoing("#retail"), internal=False)) == [Posted("1.000001", "C0PAY")]
    assert slack.calls == {"chat.postMessage": 1}


@pytest.mark.parametrize("person", ["U0PAT", "D0PAT1234", "W0PAT"])
def test_people_are_not_looked_up(person: str) -> None:
    with scripted_slack(WORKING) as slack:
        assert outcomes(slack, outgoing(person)) == [Posted("1.000001", "C0PAY")]
    assert slack.calls == {"chat.postMessage": 1}


def test_a_reply_goes_into_its_thread() -> None:
    with scripted_slack(WORKING) as slack:
        outcomes(slack, replace(outgoing(), thread_ts="1.5"))
    assert slack.received[-1]["thread_ts"] == "1.5"


def test_one_look_is_enough_for_a_thousand_messages() -> None:
    with scripted_slack(WORKING) as slack, closing(SlackPoster(TOKEN, slack.base_url)) as poster:
        on_their_way = [poster.post(outgoing(number=number)) for number in range(1000)]
        sent = [one.result() for one in on_their_way]
    assert len(sent) == 1000
    assert slack.calls == {"conversations.list": 1, "chat.postMessage": 1000}


def test_it_looks_again_after_five_minutes() -> None:
    now_shared = listed(described("C0PAY", "team-payments", is_ext_shared=True))
    elapsed = Elapsed()
    with (
        scripted_slack({**WORKING, "conversations.list": [listed(PAY), now_shared]}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url, elapsed=elapsed)) as poster,
    ):
        for seconds, expected in [
            (0, Posted("1.000001", "C0PAY")),
            (300, Posted("1.000001", "C0PAY")),
            (301, SHARED),
        ]:
            elapsed.seconds = seconds
            assert poster.post(outgoing()).result() == expected


def test_a_channel_made_after_the_look_is_found_half_a_minute_later() -> None:
    elapsed = Elapsed()
    pages = [listed(PAY), listed(PAY, described("C0NEW", "new"))]
    with (
        scripted_slack({**WORKING, "conversations.list": pages}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url, elapsed=elapsed)) as poster,
    ):
        found = []
        for seconds in (0, 30, 31, 60):
            elapsed.seconds = seconds
            found.append(poster.post(outgoing("#new")).result())
    missing, posted = Refused("channel_not_found"), Posted("1.000001", "C0PAY")
    assert found == [missing, missing, posted, posted]
    assert slack.calls["conversations.list"] == 2


def test_an_id_that_is_not_listed_is_looked_up_once() -> None:
    info = {"conversations.info": [{"channel": described("C0FAR", "far", is_ext_shared=True)}]}
    with scripted_slack({**WORKING, **info}) as slack:
        assert outcomes(slack, *[outgoing("C0FAR")] * 3) == [SHARED] * 3
    assert slack.calls["conversations.info"] == 1


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(LIMITED, RateLimited(20), id="too many calls: later"),
        pytest.param(
            {"error": "internal_error"}, NotSent("Slack answered internal_error (HTTP 200)"), id="unwell"
        ),
        pytest.param(
            {"error": "oops", "status": 503}, NotSent("Slack answered oops (HTTP 503)"), id="overloaded"
        ),
        pytest.param(
            {"error": "missing_scope", "needed": "groups:read"},
            Barred("missing_scope"),
            id="not allowed to look: nothing is posted",
        ),
        pytest.param({"error": "token_revoked"}, Barred("token_revoked"), id="no token any more"),
    ],
)
@pytest.mark.parametrize("method", ["conversations.list", "conversations.info"])
def test_without_a_look_nothing_goes_out(method: str, said: dict[str, Any], outcome: Outcome) -> None:
    with scripted_slack({**WORKING, method: [said]}) as slack:
        assert outcomes(slack, outgoing("C0FAR")) == [outcome]
    assert slack.calls["chat.postMessage"] == 0


@pytest.mark.parametrize("method", ["conversations.list", "conversations.info"])
def test_an_answer_that_says_nothing_is_no_look(method: str) -> None:
    with scripted_slack({**WORKING, method: [{}]}) as slack:
        [outcome] = outcomes(slack, outgoing("C0FAR"))
    assert isinstance(outcome, NotSent)
    assert slack.calls["chat.postMessage"] == 0


@pytest.mark.parametrize("channel", ["#anything", "C0FAR"])
def test_an_emulator_without_the_methods_has_no_outsiders(channel: str) -> None:
    with scripted_slack({"chat.postMessage": [POSTED]}) as slack:
        assert outcomes(slack, outgoing(channel)) == [Posted("1.000001", "C0PAY")]
    with scripted_slack(WORKING) as slack:
        assert outcomes(slack, outgoing("C0FAR")) == [Posted("1.000001", "C0PAY")]


def test_a_slack_that_shows_no_channel_is_no_emulator() -> None:
    with scripted_slack({**WORKING, "conversations.list": [listed()]}) as slack:
        assert outcomes(slack, outgoing()) == [Refused("channel_not_found")]


def test_many_channels_are_read_page_by_page_and_go_on_after_a_rest() -> None:
    elapsed = Elapsed()
    pages = [
        listed(described("C0A", "a"), cursor="two"),
        LIMITED,
        listed(PAY, cursor="three"),
        listed(RETAIL),
    ]
    with (
        scripted_slack({**WORKING, "conversations.list": pages}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url, elapsed=elapsed)) as poster,
    ):
        found = []
        for seconds in (0, 19.5, 20):
            elapsed.seconds = seconds
            found.append(poster.post(outgoing()).result())
    assert found == [RateLimited(20), RateLimited(1), Posted("1.000001", "C0PAY")]
    asked = [one.get("cursor") for one in slack.received if one["method"] == "conversations.list"]
    assert asked == [None, "two", "two", "three"]


def test_a_list_that_breaks_off_is_tried_again() -> None:
    pages = [listed(described("C0A", "a"), cursor="two"), {"error": "invalid_cursor"}, listed(PAY)]
    elapsed = Elapsed()
    with (
        scripted_slack({**WORKING, "conversations.list": pages}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url, elapsed=elapsed)) as poster,
    ):
        found = [poster.post(outgoing()).result()]
        elapsed.seconds = 5
        found.append(poster.post(outgoing()).result())
    assert found == [
        NotSent("Slack's list of channels broke off (invalid_cursor)"),
        Posted("1.000001", "C0PAY"),
    ]


def test_of_two_channels_with_one_name_the_shared_one_decides() -> None:
    twins = listed(described("C0TWO", "team-payments", is_ext_shared=True), PAY)
    with scripted_slack({**WORKING, "conversations.list": [twins]}) as slack:
        assert outcomes(slack, outgoing()) == [SHARED]


def test_sharing_looks_at_the_very_moment() -> None:
    info = [{"channel": PAY}, {"channel": described("C0PAY", "team-payments", is_pending_ext_shared=True)}]
    with (
        scripted_slack({"conversations.info": info}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url)) as poster,
    ):
        assert poster.look_up("C0PAY") == Channel("C0PAY", "team-payments")
        assert poster.look_up("C0PAY").shared


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"error": "channel_not_found"}, "/invite @Steward"),
        ({"error": "missing_scope"}, "steward manifest"),
        ({"error": "odd"}, "Slack says odd"),
        (LIMITED, "Slack does not answer"),
    ],
)
def test_a_look_that_fails_says_why(said: dict[str, Any], told: str) -> None:
    with (
        scripted_slack({"conversations.info": [said]}) as slack,
        closing(SlackPoster(TOKEN, slack.base_url)) as poster,
        pytest.raises(UnknownChannel, match=told),
    ):
        poster.look_up("C0PAY")


def test_a_burst_waits_for_one_failed_look_only() -> None:
    with faulty_slack(HANG) as server, closing(SlackPoster(TOKEN, server.base_url, timeout=0.3)) as poster:
        on_their_way = [poster.post(outgoing(number=number)) for number in range(50)]
        found = {one.result() for one in on_their_way}
        assert len(server.received) == 1
    assert found == {NotSent("Slack did not answer in time")}


def test_what_waits_for_a_look_when_it_closes_never_goes_out() -> None:
    with faulty_slack(HANG) as server:
        poster = SlackPoster(TOKEN, server.base_url, timeout=60)
        outcomes = [poster.post(outgoing(number=number)) for number in range(10)]
        assert server.heard.wait(10)
        poster.close()
        assert {one.result() for one in outcomes} == {STOPPED}


def test_what_waited_so_long_that_its_lease_may_end_is_given_back() -> None:
    elapsed = Elapsed()

    class SlowDirectory(ScriptedSlack):
        async def answer(self, request: Request) -> Response:
            elapsed.seconds += 21
            return await super().answer(request)

    slow = SlowDirectory(WORKING)
    app = Starlette(routes=[Route("/api/{method}", slow.answer, methods=["GET", "POST"])])
    with (
        serving(app) as address,
        closing(SlackPoster(TOKEN, f"{address}/api/", timeout=10, elapsed=elapsed)) as poster,
    ):
        assert poster.post(outgoing()).result() == NotSent("it waited too long for its turn")
        assert isinstance(poster.post(outgoing()).result(), Posted)
    assert slow.calls["chat.postMessage"] == 1
