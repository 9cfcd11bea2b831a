"""A customer's people, of a Slack workspace of their own: in the channel shared with them they answer disputes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.dispute import Dispute, DisputeStage
from domain.minutes import minute_of
from domain.team import Team, TeamKind
from messages.asking import ask_button, form_button
from messages.blocks import actions
from sandbox.place import Place
from sandbox.slack import Draft
from sandbox.workspace import Channel, Person
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.disputes import contested, raise_dispute
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RETAIL = Team("retail", TeamKind.CUSTOMER, channel="#retail", slack_team="T0RETAIL")
KIM = Person("U0KIM", "kim", "Kim S", "kim@retail.example", team_id="T0RETAIL")
PAT = Person("U0PAT", "pat", "Pat Moreau", "pat@example.com")
EVE = Person("U0EVE", "eve", "Eve X", "eve@other.example", team_id="T0OTHER")
SHARED = Channel("C0RETAIL", "retail", members=frozenset({ANA, "U0PAT", "U0KIM", "U0EVE", "UBOT"}))
WORLD = replace(SEED, people=(*SEED.people, KIM, EVE, PAT), channels=(*SEED.channels, SHARED))
SLA = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")
CHECKOUT = "checkout-availability"
ELSEWHERE = "Steward serves another Slack workspace here."
START = minute_of(NOON) - 60


@pytest.fixture
def steward(store: Store) -> Iterator[PlayedSteward]:
    made = objective(CHECKOUT, "payments")
    promised = replace(made, versions=(replace(made.versions[0], agreement="checkout-sla"),))
    organise(store, [team("payments"), RETAIL], [promised])
    measure(store, CHECKOUT, since=NOON - timedelta(hours=6), until=NOON)
    with store.transaction() as tx:
        tx.agreements.save([SLA])
        one = raise_dispute(tx, CHECKOUT, contested((START, START + 10)), with_customer=True)
        tx.disputes.note(one, "raise", at=NOON, by=ANA, team="payments", words=one.words)
    with played_steward(store, MovableClock(NOON), seed=WORLD) as steward:
        post(
            steward,
            ask_button("Agree", "answer D-1 agree"),
            form_button("Contest…", "answer D-1 contest"),
            ask_button("Status", "status payments"),
            ask_button("Show D-2", "show D-2"),
            ask_button("Show D-1", "show D-1"),
        )
        yield steward


def post(steward: PlayedSteward, *elements: dict[str, Any]) -> None:
    blocks = [{**actions(*elements), "block_id": "row"}]
    steward.slack.post(Draft(SHARED.id, "UBOT", {"text": "D-1", "blocks": blocks}))


def at(person: str) -> Place:
    return Place(person, SHARED.id)


def dispute(store: Store) -> Dispute:
    with store.read() as tx:
        found = tx.disputes.numbered(1)
    assert found is not None
    return found


def test_a_guest_agrees_for_their_team(steward: PlayedSteward, store: Store) -> None:
    [told] = steward.press("Agree", at("U0KIM"))
    assert told == "D-1 is settled."
    assert dispute(store).stage is DisputeStage.SETTLED


def test_a_guest_is_shown_the_dispute(steward: PlayedSteward) -> None:
    [told] = steward.press("Show D-1", at("U0KIM"))
    assert told.startswith("D-1: payments team contests")


def test_a_guest_fills_in_the_form(steward: PlayedSteward, store: Store) -> None:
    steward.open_form("Contest…", at("U0KIM"))
    assert steward.send_form({"field-0": "the test ended at 12:04"}, at("U0KIM")) == {}
    assert dispute(store).stage is DisputeStage.RULING


@pytest.mark.parametrize("label", ["Agree", "Contest…", "Show D-1", "Status"])
def test_people_of_a_workspace_that_nobody_named_are_refused(
    steward: PlayedSteward, store: Store, label: str
) -> None:
    [told] = steward.press(label, at("U0EVE"))
    assert told.startswith(ELSEWHERE)
    assert dispute(store).stage is DisputeStage.ANSWERING


def test_a_guest_is_told_nothing_else(steward: PlayedSteward) -> None:
    [told] = steward.press("Status", at("U0KIM"))
    assert told.startswith(ELSEWHERE)


def test_a_guest_is_not_answered_in_a_mention(steward: PlayedSteward) -> None:
    steward.type_in("@steward show D-1", at("U0KIM"))
    assert steward.seen_soon(3, at("U0KIM"))[-1].startswith(ELSEWHERE)


def test_a_guest_sees_no_dispute_of_others(steward: PlayedSteward, store: Store) -> None:
    with store.transaction() as tx:
        raise_dispute(tx, CHECKOUT, contested((START + 20, START + 30)), counterpart="platform")
    [told] = steward.press("Show D-2", at("U0KIM"))
    assert told.startswith("There is no D-2.")


def test_one_of_ours_does_not_answer_for_the_guests_in_their_channel(
    steward: PlayedSteward, store: Store
) -> None:
    [told] = steward.press("Agree", at("U0PAT"))
    assert told.startswith("Only retail can do that.")
    assert dispute(store).stage is DisputeStage.ANSWERING


def test_once_nobody_names_their_workspace_any_more_they_are_refused(
    steward: PlayedSteward, store: Store
) -> None:
    with store.transaction() as tx:
        tx.teams.save([team("payments"), replace(RETAIL, slack_team=None)])
    [told] = steward.press("Agree", at("U0KIM"))
    assert told.startswith(ELSEWHERE)
