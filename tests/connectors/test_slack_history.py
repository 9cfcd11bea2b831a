"""Finding what may have been posted: by its key, only our own, page by page, in channels and threads."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.slack import SlackPoster
from connectors.slack_history import MOST_PAGES
from domain.delivery import (
    NotSent,
    Outgoing,
    Posted,
    RateLimited,
    Refused,
    Search,
    Sighting,
    Sightings,
    Sought,
    Unreadable,
)
from sandbox.slack import Draft
from tests.fakes.clock import RunningClock
from tests.fakes.scripted_slack import Answers, scripted_slack
from tests.fakes.slack_server import TOKEN, Answer, PlayedSlack, closed_port, faulty_slack, played_slack

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ME = {"bot_id": "BBOT"}
CHANNELS = {"channels": [{"id": "C0PAY", "name": "payments", "is_member": True}]}
SEARCH = Search("#payments", frozenset({"a", "b"}), NOON)


@pytest.fixture
def slack() -> Iterator[PlayedSlack]:
    with played_slack(RunningClock(NOON), ["payments"]) as slack:
        yield slack


@pytest.fixture
def poster(slack: PlayedSlack) -> Iterator[SlackPoster]:
    with closing(SlackPoster(slack.token, slack.base_url)) as poster:
        yield poster


def outgoing(key: str, *, version: int = 1, **more: str) -> Outgoing:
    return Outgoing(1, key, "payments", f"about {key}", [], version=version, **more)  # type: ignore[arg-type]


def post(poster: SlackPoster, message: Outgoing) -> Posted:
    posted = poster.post(message).result()
    assert isinstance(posted, Posted)
    return posted


def sought_at(base_url: str, search: Search = SEARCH) -> Sought:
    with closing(SlackPoster(TOKEN, base_url, timeout=5)) as poster:
        return poster.seek(search).result()


def message(ts: str, key: str, **more: object) -> dict[str, object]:
    metadata = {"event_type": "steward_notice", "event_payload": {"key": key, "version": 2}}
    return {"ts": ts, "bot_id": "BBOT", "metadata": metadata, **more}


def script(*pages: Mapping[str, Any]) -> Answers:
    return {"auth.test": [ME], "conversations.list": [CHANNELS], "conversations.history": pages}


def test_what_stands_there_is_found_by_its_key(poster: SlackPoster) -> None:
    first = post(poster, outgoing("a", version=3))
    post(poster, outgoing("c"))
    found = poster.seek(SEARCH).result()
    assert found == Sightings(first.channel, {"a": Sighting(first.ts, 3)})


def test_an_edit_takes_its_version_along(poster: SlackPoster, slack: PlayedSlack) -> None:
    first = post(poster, outgoing("a"))
    edited = post(poster, Outgoing(1, "a", first.channel, "better", [], ts=first.ts, version=2))
    assert edited == first
    [standing] = slack.messages("payments")
    assert (standing["text"], standing["metadata"]["event_payload"]["version"]) == ("better", 2)
    assert poster.seek(SEARCH).result() == Sightings(first.channel, {"a": Sighting(first.ts, 2)})


def test_an_edit_of_a_message_that_is_gone_is_refused(poster: SlackPoster) -> None:
    gone = poster.post(Outgoing(1, "a", "C0000001", "better", [], ts="1.000001")).result()
    assert gone == Refused("message_not_found")


def test_a_reply_is_found_in_its_thread_only(poster: SlackPoster) -> None:
    parent = post(poster, outgoing("a"))
    reply = post(poster, outgoing("b", thread_ts=parent.ts))
    in_channel = poster.seek(Search("payments", frozenset({"b"}), NOON)).result()
    in_thread = poster.seek(Search("payments", frozenset({"b"}), NOON, parent.ts)).result()
    assert in_channel == Sightings(parent.channel, {})
    assert in_thread == Sightings(parent.channel, {"b": Sighting(reply.ts, 1)})


def test_what_was_said_before_is_not_looked_at(poster: SlackPoster, slack: PlayedSlack) -> None:
    post(poster, outgoing("a"))
    later = slack.slack.clock() + timedelta(minutes=1)
    assert poster.seek(Search("payments", frozenset({"a"}), later)).result() == Sightings("C0000001", {})


def test_the_same_metadata_of_another_app_is_not_ours(poster: SlackPoster, slack: PlayedSlack) -> None:
    forged = {"event_type": "steward_notice", "event_payload": {"key": "a"}}
    slack.slack.post(Draft("C0000001", "U0ANA", {"text": "about a", "metadata": forged}))
    assert poster.seek(SEARCH).result() == Sightings("C0000001", {})


def test_page_after_page_until_all_are_found() -> None:
    more = {"response_metadata": {"next_cursor": "more"}}
    pages = ({"messages": [message("9.1", "a")], **more}, {"messages": [message("8.1", "b")], **more})
    with scripted_slack(script(*pages)) as slack:
        found = sought_at(slack.base_url)
    assert found == Sightings("C0PAY", {"a": Sighting("9.1", 2), "b": Sighting("8.1", 2)})
    assert slack.calls["conversations.history"] == 2
    asked = [one for one in slack.received if one["method"] == "conversations.history"]
    assert [one.get("cursor") for one in asked] == [None, "more"]
    assert float(asked[0]["oldest"]) == NOON.timestamp()


@pytest.mark.parametrize("ends", [True, False])
def test_where_too_much_was_said_only_what_was_seen_is_known(ends: bool) -> None:
    more = {"response_metadata": {"next_cursor": "more"}}
    pages = [{"messages": [message("9.1", "a")], **more}] * (MOST_PAGES - 1)
    last = {"messages": []} if ends else {"messages": [], **more}
    with scripted_slack(script(*pages, last)) as slack:
        found = sought_at(slack.base_url)
    assert found == Sightings("C0PAY", {"a": Sighting("9.1", 2)}, whole=ends)
    assert slack.calls["conversations.history"] == MOST_PAGES


@pytest.mark.parametrize(
    "odd",
    [
        {"ts": "9.1"},
        {"ts": "9.1", "bot_id": "BBOT", "metadata": None},
        {"ts": "9.1", "bot_id": "BBOT", "metadata": {"event_type": "steward_notice"}},
        {"ts": "9.1", "bot_id": "BBOT", "metadata": {"event_type": "steward_notice", "event_payload": []}},
        "no message",
    ],
)
def test_odd_messages_are_passed_over(odd: object) -> None:
    with scripted_slack(script({"messages": [odd, message("8.1", "a")]})) as slack:
        assert sought_at(slack.base_url) == Sightings("C0PAY", {"a": Sighting("8.1", 2)})


@pytest.mark.parametrize(
    ("answer", "sought"),
    [
        pytest.param({"error": "missing_scope"}, Unreadable("missing_scope"), id="no scope"),
        pytest.param({"error": "not_in_channel"}, Unreadable("not_in_channel"), id="not a member"),
        pytest.param({"error": "token_revoked"}, NotSent, id="no token: nobody can tell yet"),
        pytest.param({"error": "internal_error", "status": 500}, NotSent, id="Slack stumbles"),
        pytest.param(
            {"error": "ratelimited", "status": 429, "headers": {"Retry-After": "9"}}, RateLimited(9), id="429"
        ),
    ],
)
def test_without_a_history(answer: dict[str, object], sought: Sought | type) -> None:
    with scripted_slack(script(answer)) as slack:
        found = sought_at(slack.base_url)
    assert isinstance(found, sought) if isinstance(sought, type) else found == sought


def test_slack_away_finds_nothing_out() -> None:
    assert isinstance(sought_at(closed_port()), NotSent)
    with faulty_slack(Answer(503, "<html>")) as server:
        assert isinstance(sought_at(server.base_url), NotSent)


def test_a_channel_that_is_not_there_any_more(slack: PlayedSlack) -> None:
    search = Search("#gone", frozenset({"a"}), NOON)
    assert sought_at(slack.base_url, search) == Unreadable("channel_not_found")
