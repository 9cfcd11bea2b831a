"""Requests to acknowledge, answered by forms: the same as if it had been typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.acknowledgement import Acknowledgement, Ground, Stage
from jobs import acknowledge
from jobs.job import Context
from messages.asking import form_button
from messages.blocks import actions
from sandbox.slack import Draft
from storage.store import DEFAULT_WORKSPACE, Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, objective, organise, team
from tests.fakes.steward_server import ANA, PAYMENTS, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ("checkout-availability", "checkout-latency", "payout-latency")


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """The payments team, with Ana in it, is asked about three objectives."""
    payments = replace(team("payments"), members=(ANA,))
    organise(
        sqlite_store,
        [payments, MANAGERS],
        [objective(name, "payments") for name in NAMES],
        acknowledged=False,
    )
    acknowledge.JOB.run(Context(Store(sqlite_store.engine), DEFAULT_WORKSPACE, MovableClock(NOON), NOON))
    return sqlite_store


@contextmanager
def started(store: Store, *buttons: tuple[str, str]) -> Iterator[PlayedSteward]:
    with played_steward(Store(store.engine), MovableClock(NOON)) as steward:
        for label, text in buttons:
            blocks = [{**actions(form_button(label, text)), "block_id": "row"}]
            steward.slack.post(Draft(PAYMENTS, "UBOT", {"text": label, "blocks": blocks}))
        yield steward


def shown(steward: PlayedSteward) -> str:
    """The form that Ana has before her."""
    return str(steward.slack.views.stack(ANA)[-1].body["blocks"])


def newest(store: Store, name: str) -> Acknowledgement:
    with store.read() as tx:
        found = tx.acknowledgements.newest_of(name)
    assert found is not None
    return found


def test_declining_asks_for_the_ground(store: Store) -> None:
    with started(store, ("Decline…", f"decline {NAMES[0]}@1")) as steward:
        view = steward.open_form("Decline…")
        assert view.body["title"]["text"] == "Decline"
        assert steward.send_form({"field-0": "target-unrealistic", "field-1": "never met so far"}) == {}
        steward.seen_soon(2)
    one = newest(store, NAMES[0])
    assert (one.stage, one.ground, one.words) == (Stage.DECLINED, Ground.UNREALISTIC, "never met so far")


def test_going_through_them_one_after_another(store: Store) -> None:
    with started(store, ("Go through them…", "through payments")) as steward:
        steward.open_form("Go through them…")
        assert "2 more after this one" in shown(steward)
        answers = {"field-0": f"ack {NAMES[0]}@1", "field-1": "these words are for a no only"}
        assert steward.send_form(answers) == {}
        assert NAMES[1] in shown(steward)
        steward.send_form({"field-0": f"through payments after {NAMES[1]}"})
        assert NAMES[2] in shown(steward)
        assert "The last one" in shown(steward)
        steward.send_form({"field-0": f"decline {NAMES[2]}@1 terms-unclear", "field-1": "whose payouts?"})
        # What was left for later comes again; left once more, it is over.
        assert NAMES[1] in shown(steward)
        steward.send_form({"field-0": f"through payments after {NAMES[1]}"})
        assert steward.slack.views.stack(ANA) == ()
    stages = [newest(store, name).stage for name in NAMES]
    assert stages == [Stage.ACKNOWLEDGED, Stage.OPEN, Stage.DECLINED]
    assert newest(store, NAMES[2]).words == "whose payouts?"


def test_all_at_once_are_listed_before_it_counts(store: Store) -> None:
    with started(store, ("Acknowledge all 3…", "ack all payments")) as steward:
        view = steward.open_form("Acknowledge all 3…")
        assert all(name in str(view.body["blocks"]) for name in NAMES)
        assert {newest(store, name).stage for name in NAMES} == {Stage.OPEN}
        steward.send_form({})
        steward.seen_soon(2)
    assert {newest(store, name).stage for name in NAMES} == {Stage.ACKNOWLEDGED}


def test_a_question_about_one_of_several(store: Store) -> None:
    with started(store, ("Ask…", "ask payments")) as steward:
        steward.open_form("Ask…")
        assert steward.send_form({"field-0": NAMES[1], "field-1": "Who pays?"}) == {}
        steward.seen_soon(2)
    with store.read() as tx:
        asked = [one for one in tx.outbox.all() if one.key.startswith("question:")]
    assert [one.thread for one in asked] == [newest(store, NAMES[1]).key, None]
    assert all("Who pays?" in str(one.content.blocks) for one in asked)


def test_who_is_not_of_the_team_gets_no_form(store: Store) -> None:
    with store.transaction() as tx:
        tx.teams.save([replace(team("payments"), members=("U0BEN",))])
    buttons = [
        ("Decline…", f"decline {NAMES[0]}@1"),
        ("All…", "ack all payments"),
        ("Through…", "through payments"),
    ]
    with started(store, *buttons) as steward:
        for number, (label, _) in enumerate(buttons):
            steward.press(label)
            assert "Only the payments team can" in steward.seen_soon(4 + number)[-1]
        assert steward.slack.views.stack(ANA) == ()
    assert {newest(store, name).stage for name in NAMES} == {Stage.OPEN}
