"""Forms: a button opens one, what is filled in is a typed command, and nothing typed is lost where that is refused."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import Engine

from messages.asking import form_button
from messages.blocks import actions
from messages.form import Choice, Form, Origin, form_view
from sandbox.blocks.view import read_view
from sandbox.place import Place
from sandbox.response_urls import Origin as Pressed
from sandbox.response_urls import new_token
from sandbox.slack import Draft
from sandbox.views import View, told
from sandbox.workspace import Channel, Person
from storage.store import DEFAULT_WORKSPACE, Store
from storage.transaction import Transaction
from tests.commands.open_warnings import open_warnings, warning
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, HERE, PAYMENTS, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAME = "checkout-availability"
UNTIL = "field-0"
SECRET = Channel("G0SECRET", "secret", is_private=True, members=frozenset({ANA}))
RETAIL = Channel("C0RETAIL", "retail", members=frozenset({ANA, "U0KIM", "UBOT"}))
KIM = Person("U0KIM", "kim", "Kim S", "kim@retail.example", team_id="T0RETAIL")
WORLD = replace(SEED, people=(*SEED.people, KIM), channels=(*SEED.channels, SECRET, RETAIL))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """W-1 is open."""
    organise(sqlite_store, [team("payments")], [objective(NAME, "payments")])
    measure(sqlite_store, NAME, since=NOON - timedelta(hours=6), until=NOON, bad=30)
    return open_warnings(sqlite_store, warning(1, NAME, team=None))


@contextmanager
def started(store: Store, *, text: str = "snooze W-1") -> Iterator[PlayedSteward]:
    """A process of Steward; a button in each channel opens the form of `text`."""
    with played_steward(Store(store.engine), MovableClock(NOON), seed=WORLD) as steward:
        for channel in (PAYMENTS, "G0SECRET", "C0RETAIL"):
            post(steward, text, channel)
        yield steward


@pytest.fixture
def steward(store: Store) -> Iterator[PlayedSteward]:
    with started(store) as steward:
        yield steward


def post(
    steward: PlayedSteward, text: str, channel: str = PAYMENTS, *, label: str = "Snooze…", thread: str = ""
) -> str:
    blocks = [{**actions(form_button(label, text)), "block_id": "row"}]
    draft = Draft(channel, "UBOT", {"text": "warning", "blocks": blocks}, thread_ts=thread or None)
    return steward.slack.post(draft).ts


def snoozed_until(store: Store) -> datetime | None:
    with store.read() as tx:
        one = tx.breach_warnings.by_number(1)
    assert one is not None
    return one.snoozed_until


def answers(steward: PlayedSteward, place: Place = HERE) -> list[str]:
    """What was said after the form was sent, once it is there."""
    return [text for text in steward.seen_soon(2, place) if text != "warning"]


def test_what_is_filled_in_is_a_typed_command(steward: PlayedSteward, store: Store) -> None:
    view = steward.open_form("Snooze…")
    assert view.body["title"]["text"] == "Snooze W-1"
    assert steward.send_form({UNTIL: "14:00"}) == {}
    assert steward.slack.views.stack(ANA) == ()
    [said] = answers(steward)
    assert said.startswith(f"W-1 ({NAME}) is snoozed until ")
    assert steward.shown() == [said]
    assert snoozed_until(store) == datetime(2026, 11, 24, 14, tzinfo=UTC)


def test_a_refusal_leaves_it_open_with_what_was_typed(steward: PlayedSteward, store: Store) -> None:
    view = steward.open_form("Snooze…")
    assert steward.send_form({UNTIL: "30d"}) == {
        UNTIL: "A snooze lasts 7 days at most. For example `1h`, `until tomorrow`, `until digest`."
    }
    assert [one.id for one in steward.slack.views.stack(ANA)] == [view.id]
    assert snoozed_until(store) is None
    assert steward.send_form({UNTIL: "2h"}) == {}
    assert len(answers(steward)) == 1
    assert snoozed_until(store) == NOON + timedelta(hours=2)


def test_a_form_of_a_thread_is_answered_in_the_thread(steward: PlayedSteward) -> None:
    parent = post(steward, "snooze W-1", label="Other")
    post(steward, "snooze W-1", thread=parent)
    steward.open_form("Snooze…")
    steward.send_form({UNTIL: "2h"})
    steward.seen_soon(4)
    [answer] = steward.slack.ephemeral(PAYMENTS, ANA)
    assert answer.thread_ts == parent


def test_where_steward_may_not_speak_the_answer_is_a_direct_message(steward: PlayedSteward) -> None:
    steward.open_form("Snooze…", Place(ANA, "G0SECRET"))
    steward.send_form({UNTIL: "2h"})
    direct = Place(ANA, "D0ANA")
    [said] = steward.seen_soon(1, direct)
    assert "is snoozed until" in said


def test_in_a_direct_conversation_the_answer_is_a_plain_message(steward: PlayedSteward) -> None:
    direct = Place(ANA, steward.slack.open_direct(ANA).id)
    post(steward, "snooze W-1", direct.channel)
    steward.open_form("Snooze…", direct)
    steward.send_form({UNTIL: "2h"})
    [said] = answers(steward, direct)
    assert "is snoozed until" in said
    assert steward.slack.ephemeral(direct.channel, ANA) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("snooze W-9", "There is no W-9.", id="a form that is refused"),
        pytest.param("snooze W-1 1h", f"W-1 ({NAME}) is snoozed until ", id="nothing is missing"),
        pytest.param("status payments", "payments team: ", id="a command without forms"),
        pytest.param("dance", 'There is no command "dance".', id="no command"),
    ],
)
def test_what_needs_no_form_is_answered_at_once(store: Store, text: str, said: str) -> None:
    with started(store, text=text) as steward:
        [answer] = steward.press("Snooze…")
        assert answer.startswith(said)
        assert steward.slack.views.stack(ANA) == ()


def deliver(steward: PlayedSteward, payload: dict[str, Any]) -> httpx.Response:
    about = {"team": {"id": "T0HOME"}, "user": {"id": ANA, "team_id": "T0HOME"}}
    return steward.deliver(urlencode({"payload": json.dumps({**about, **payload})}).encode())


def test_a_form_that_slack_does_not_open_is_said(steward: PlayedSteward) -> None:
    """It waits three seconds for one, and opens one for each press."""
    trigger = steward.slack.triggers.fresh(ANA)
    steward.slack.triggers.exchange(trigger)
    pressed = {
        "type": "block_actions",
        "channel": {"id": PAYMENTS, "name": "payments"},
        "trigger_id": trigger,
        "response_url": f"{steward.address}/sandbox/response/{new_token(steward.slack, Pressed(PAYMENTS, ANA))}",
        "actions": [{**form_button("Snooze…", "snooze W-1"), "block_id": "row"}],
    }
    assert deliver(steward, pressed).status_code == 200
    [said] = answers(steward)
    assert said.startswith("Slack did not open the form")


def sent(steward: PlayedSteward, view: View, until: str) -> dict[str, Any]:
    """What Slack delivers when the form is sent."""
    typed = {"type": "plain_text_input", "value": until}
    state = {"values": {UNTIL: {"filled": typed}}}
    return {"type": "view_submission", "view": {**told(view, steward.slack.seed), "state": state}}


def test_a_form_acts_once_however_often_it_is_sent(steward: PlayedSteward, store: Store) -> None:
    view = steward.open_form("Snooze…")
    first = deliver(steward, sent(steward, view, "1h"))
    again = deliver(steward, sent(steward, view, "5h"))
    assert (first.text, again.text) == ("", "")
    assert snoozed_until(store) == NOON + timedelta(hours=1)
    assert len(answers(steward)) == 1
    with started(store) as restarted:
        assert deliver(restarted, sent(restarted, view, "5h")).text == ""
        assert snoozed_until(store) == NOON + timedelta(hours=1)


GOING = Form(
    "One by one",
    "",
    [Choice("Your answer", [("Yes", "status payments"), ("No", "status nobody"), ("Later", "snooze W-1")])],
    then="snooze W-1",
)


def shown(steward: PlayedSteward, form: Form) -> View:
    """The form, as if a button had opened it."""
    view = read_view(form_view(form, Origin(PAYMENTS, "payments")), "modal")
    return steward.slack.views.open(ANA, view)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        pytest.param("status payments", ["payments team: "], id="what was chosen is done"),
        pytest.param("snooze W-1", [], id="nothing is done where only the next was chosen"),
    ],
)
def test_the_next_form_takes_its_place(
    steward: PlayedSteward, store: Store, choice: str, said: list[str]
) -> None:
    first = shown(steward, GOING)
    assert steward.send_form({UNTIL: choice}) == {}
    [second] = steward.slack.views.stack(ANA)
    assert (second.id, second.body["title"]["text"]) == (first.id, "Snooze W-1")
    steward.seen_soon(1 + len(said))
    assert [text[: len(begins)] for text, begins in zip(steward.shown(), said, strict=True)] == said
    assert steward.send_form({UNTIL: "2h"}) == {}
    assert steward.slack.views.stack(ANA) == ()
    assert "is snoozed until" in steward.shown_soon(1 + len(said))[-1]
    assert snoozed_until(store) == NOON + timedelta(hours=2)


def test_no_form_follows_a_refusal(steward: PlayedSteward) -> None:
    view = shown(steward, GOING)
    assert set(steward.send_form({UNTIL: "status nobody"})) == {UNTIL}
    assert steward.slack.views.stack(ANA) == (view,)


def test_a_refusal_without_a_field_to_stand_under_closes_it(steward: PlayedSteward) -> None:
    shown(steward, Form("Sure", "status nobody", lines=["All of it."], then="snooze W-1"))
    assert steward.send_form({}) == {}
    assert steward.slack.views.stack(ANA) == ()
    assert 'begins with "nobody"' in steward.seen_soon(2)[-1]


@pytest.mark.parametrize("then", ["snooze W-9", "status", "dance"])
def test_where_none_follows_it_closes(steward: PlayedSteward, then: str) -> None:
    shown(steward, replace(GOING, then=then))
    assert steward.send_form({UNTIL: "status payments"}) == {}
    assert steward.slack.views.stack(ANA) == ()
    assert steward.seen_soon(2)[-1].startswith("payments team: ")


def test_people_of_another_workspace_get_no_form(steward: PlayedSteward) -> None:
    place = Place("U0KIM", "C0RETAIL")
    [said] = steward.press("Snooze…", place)
    assert said.startswith("Steward serves another Slack workspace here.")
    assert steward.slack.views.stack("U0KIM") == ()


@pytest.mark.parametrize(
    "view",
    [
        pytest.param({}, id="nothing in it"),
        pytest.param({"private_metadata": "{", "state": []}, id="no JSON"),
        pytest.param(
            {"private_metadata": '{"ask": 1, "prefixes": {}}', "state": {"values": 1}},
            id="other types",
        ),
        pytest.param(
            {"private_metadata": '{"ask": "help", "prefixes": [[]], "channel": []}'},
            id="other types within",
        ),
    ],
)
def test_misshapen_forms_do_no_harm(steward: PlayedSteward, view: dict[str, Any]) -> None:
    named = {"type": "modal", "callback_id": "form", **view}
    assert deliver(steward, {"type": "view_submission", "view": named}).status_code == 200
    steward.type_in("/slm help")
    assert steward.shown()[-1].startswith("What you can ask")


class HeldStore(Store):
    """A database that lets nobody write until it is let go."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.let_go = threading.Event()

    @contextmanager
    def transaction(self, workspace: str = DEFAULT_WORKSPACE) -> Iterator[Transaction]:
        assert self.let_go.wait(10)
        with super().transaction(workspace) as tx:
            yield tx


@pytest.mark.parametrize(
    ("until", "said"),
    [
        pytest.param("2h", f"W-1 ({NAME}) is snoozed until ", id="done"),
        pytest.param("30d", "A snooze lasts 7 days at most.", id="refused"),
    ],
)
def test_what_takes_longer_than_slack_waits_is_answered_later(store: Store, until: str, said: str) -> None:
    held = HeldStore(store.engine)
    held.let_go.set()
    with played_steward(held, MovableClock(NOON), seed=WORLD, ack_seconds=0.2) as steward:
        post(steward, "snooze W-1")
        steward.open_form("Snooze…")
        held.let_go.clear()
        assert steward.send_form({UNTIL: until}) == {}
        assert steward.slack.views.stack(ANA) == ()
        held.let_go.set()
        assert answers(steward)[0].startswith(said)


def test_by_socket_mode_too(store: Store) -> None:
    with played_steward(store, MovableClock(NOON), by_socket=True) as steward:
        steward.connected_soon()
        post(steward, "snooze W-1")
        steward.open_form("Snooze…")
        assert set(steward.send_form({UNTIL: "30d"})) == {UNTIL}
        assert steward.send_form({UNTIL: "2h"}) == {}
        assert "is snoozed until" in answers(steward)[0]
