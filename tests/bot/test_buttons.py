"""Buttons, menus and mentions: each stands for a typed command, and is answered where it was asked."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.repeats import Repeats
from messages.asking import ask_button, ask_menu
from messages.blocks import actions
from sandbox.place import Place
from sandbox.slack import Draft
from sandbox.workspace import Channel, Person
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, HERE, PAYMENTS, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KIM = Person("U0KIM", "kim", "Kim S", "kim@retail.example", team_id="T0RETAIL")
RETAIL = Channel("C0RETAIL", "retail", members=frozenset({ANA, "U0KIM", "UBOT"}))
SECRET = Channel("G0SECRET", "secret", is_private=True, members=frozenset({ANA}))
BOARD = Channel("G0BOARD", "board", is_private=True, members=frozenset({ANA, "UBOT"}))
NEW = Channel("C0NEW", "new", members=frozenset({ANA}))
WORLD = replace(SEED, people=(*SEED.people, KIM), channels=(*SEED.channels, RETAIL, SECRET, BOARD, NEW))
ONE_MET = "payments team: 1 of 1 met."


@pytest.fixture
def steward(sqlite_store: Store) -> Iterator[PlayedSteward]:
    organise(sqlite_store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(sqlite_store, "checkout-availability", since=NOON - timedelta(hours=6), until=NOON)
    with played_steward(sqlite_store, MovableClock(NOON), seed=WORLD) as steward:
        yield steward


def post(steward: PlayedSteward, *elements: dict[str, Any], channel: str = PAYMENTS, **more: Any) -> str:
    blocks = [{**actions(*elements), "block_id": "row"}]
    return steward.slack.post(Draft(channel, "UBOT", {"text": "digest", "blocks": blocks}, **more)).ts


@pytest.mark.parametrize(
    "element",
    [
        ask_button("Ask", "status payments"),
        ask_menu([("No", "help"), ("Ask", "status payments")], place="row"),
    ],
    ids=["button", "menu"],
)
def test_a_press_is_answered_to_whoever_pressed(steward: PlayedSteward, element: dict[str, Any]) -> None:
    ts = post(steward, element)
    assert steward.press("Ask") == [ONE_MET]
    assert steward.shown() == [ONE_MET]
    kept = steward.slack.message(PAYMENTS, ts)
    assert kept is not None
    assert kept.body["text"] == "digest"


def test_what_a_refusal_offers_is_asked(steward: PlayedSteward) -> None:
    steward.type_in("/slm status chekout-availability")
    [told] = steward.press("checkout-availability")
    assert told.startswith("checkout-availability: met.")


@pytest.mark.parametrize("has_replies", [False, True])
def test_a_message_in_the_channel_is_answered_in_the_channel(
    steward: PlayedSteward, has_replies: bool
) -> None:
    ts = post(steward, ask_button("Ask", "status payments"))
    if has_replies:
        post(steward, ask_button("Other", "help"), thread_ts=ts)
    steward.press("Ask")
    [answer] = steward.slack.ephemeral(PAYMENTS, ANA)
    assert answer.thread_ts is None


def test_a_message_in_a_thread_is_answered_in_the_thread(steward: PlayedSteward) -> None:
    ts = post(steward, ask_button("Other", "help"))
    post(steward, ask_button("Ask", "status payments"), thread_ts=ts)
    steward.press("Ask")
    [answer] = steward.slack.ephemeral(PAYMENTS, ANA)
    assert answer.thread_ts == ts
    steward.press("Share here")
    assert steward.slack.thread(PAYMENTS, ts)[-1].body["text"] == ONE_MET


def test_share_here_shows_it_to_all_with_the_sharers_name(steward: PlayedSteward) -> None:
    steward.type_in("/slm status")
    assert steward.press("Share here") == [ONE_MET]
    [shared] = steward.slack.history(PAYMENTS)
    assert shared.body["text"] == ONE_MET
    assert f"Shared by <@{ANA}>" in str(shared.body["blocks"])
    assert "Only you see this" not in str(shared.body["blocks"])
    assert steward.shown() == [ONE_MET]


def test_share_here_is_refused_where_outsiders_read(steward: PlayedSteward) -> None:
    place = Place(ANA, "C0RETAIL")
    steward.type_in("/slm status payments", place)
    [told] = steward.press("Share here", place)
    assert told.startswith("This channel is shared with people outside")
    assert steward.slack.history("C0RETAIL") == []


@pytest.fixture
def private(steward: PlayedSteward, sqlite_store: Store) -> PlayedSteward:
    """The board's team has a private channel, which its file gives by name."""
    board = replace(team("board"), channel="#board", members=(ANA,))
    organise(sqlite_store, [board], [objective("board-availability", "board")])
    return steward


def test_a_private_channels_team_is_known_by_its_name(private: PlayedSteward) -> None:
    place = Place(ANA, "G0BOARD")
    private.type_in("/slm status", place)
    [told] = private.shown(place)
    assert told.startswith("board team: ")
    post(private, ask_button("Ask", "status"), channel="G0BOARD")
    assert private.press("Ask", place) == [told]


@pytest.mark.parametrize("asked", ["digest here", "maintenance"])
def test_where_the_name_cannot_be_found_nothing_internal_is_told(private: PlayedSteward, asked: str) -> None:
    place = Place(ANA, "G0SECRET")
    private.type_in(f"/slm {asked}", place)
    [told] = private.shown(place)
    assert told.startswith("Steward cannot find out which channel this is")


def test_share_here_is_refused_where_nobody_says_who_reads(steward: PlayedSteward) -> None:
    place = Place(ANA, "G0SECRET")
    steward.type_in("/slm status payments", place)
    [told] = steward.press("Share here", place)
    assert "/invite @Steward" in told
    assert steward.slack.history("G0SECRET") == []


@pytest.mark.parametrize("label", ["Ask", "Share here"])
def test_people_of_another_workspace_get_no_answer(steward: PlayedSteward, label: str) -> None:
    share = {**ask_button("Share here", "status payments"), "action_id": "share"}
    post(steward, ask_button("Ask", "status payments"), share, channel="C0RETAIL")
    [told] = steward.press(label, Place("U0KIM", "C0RETAIL"))
    assert told.startswith("Steward serves another Slack workspace here.")


def test_an_outsider_who_is_the_very_first_does_not_make_steward_theirs(steward: PlayedSteward) -> None:
    post(steward, ask_button("Ask", "status payments"), channel="C0RETAIL")
    steward.press("Ask", Place("U0KIM", "C0RETAIL"))
    steward.type_in("/slm status")
    assert steward.shown()[-1] == ONE_MET


@pytest.mark.parametrize("typed", ["/slm-status", "/slm-status payments", "/slm stat payments"])
def test_an_alias_is_its_word(steward: PlayedSteward, typed: str) -> None:
    steward.type_in(typed)
    assert steward.shown() == [ONE_MET]


def test_a_mention_in_a_thread_is_answered_there_to_the_asker_only(steward: PlayedSteward) -> None:
    ts = post(steward, ask_button("Other", "help"))
    steward.type_in("hello @steward status\nthanks", replace(HERE, thread_ts=ts))
    steward.seen_soon(3)
    [answer] = steward.slack.ephemeral(PAYMENTS, ANA)
    assert (answer.body["text"], answer.thread_ts) == (ONE_MET, ts)


def test_a_mention_in_the_channel_is_answered_there(steward: PlayedSteward) -> None:
    steward.type_in("@steward stat chekout")
    assert steward.seen_soon(2)[-1].startswith("No objective, service or team begins with")
    assert steward.press("checkout") == ["checkout service: 1 of 1 met."]


def test_a_mention_by_an_outsider_is_refused(steward: PlayedSteward) -> None:
    steward.type_in("@steward status payments", Place("U0KIM", "C0RETAIL"))
    told = steward.seen_soon(2, Place("U0KIM", "C0RETAIL"))[-1]
    assert told.startswith("Steward serves another Slack workspace here.")


def event(steward: PlayedSteward, event_id: str = "Ev1", **about: str) -> None:
    told = {"type": "app_mention", "user": ANA, "channel": PAYMENTS, "text": "<@UBOT> status", **about}
    authorizations = [{"user_id": "UBOT", "is_bot": True}]
    body = {
        "type": "event_callback",
        "team_id": "T0HOME",
        "event_id": event_id,
        "event": told,
        "authorizations": authorizations,
    }
    assert steward.deliver(json.dumps(body).encode(), "application/json").status_code == 200


def test_an_event_that_comes_again_is_acted_on_once(steward: PlayedSteward) -> None:
    for event_id in ("Ev1", "Ev1", "Ev2"):
        event(steward, event_id)
    assert steward.seen_soon(2) == [ONE_MET] * 2
    event(steward, "Ev3")
    assert steward.seen_soon(3) == [ONE_MET] * 3


def test_bots_are_not_answered(steward: PlayedSteward) -> None:
    event(steward, "Ev1", bot_id="B0OTHER")
    event(steward, "Ev2", text="<@UBOT> help")
    assert [one.partition(":")[0] for one in steward.seen_soon(1)] == ["What you can ask"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"actions": [{"action_id": "ask:x", "type": "button"}]}, id="nothing but an action"),
        pytest.param(
            {"actions": [{"action_id": "ask:x", "type": "overflow", "selected_option": "x"}], "container": 7},
            id="other types",
        ),
        pytest.param(
            {"actions": [{"action_id": "share", "type": "button", "value": {}}], "channel": [], "team": "x"},
            id="a share of nothing",
        ),
    ],
)
def test_misshapen_presses_do_no_harm(steward: PlayedSteward, body: dict[str, Any]) -> None:
    form = urlencode({"payload": json.dumps({"type": "block_actions", **body})}).encode()
    assert steward.deliver(form).status_code == 200
    steward.type_in("/slm status")
    assert steward.shown() == [ONE_MET]


def test_only_the_newest_events_are_remembered() -> None:
    repeats = Repeats(most=2)
    assert [repeats.is_new(one) for one in ("a", "a", "b", "c", "a", "", "")] == [
        True,
        False,
        True,
        True,
        True,
        True,
        True,
    ]
