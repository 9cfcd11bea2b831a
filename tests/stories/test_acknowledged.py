"""A team is asked, answers, or does not: one message, edited in place, and somebody else is asked in the end."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from commands.ask import Ask
from commands.registry import answer
from connectors.slack import SlackPoster
from domain.acknowledgement import Acknowledgement, Stage
from domain.notice import NoticeState
from domain.objective import Objective
from domain.team import Team
from jobs import acknowledge
from jobs.deliver import JOB as DELIVER
from jobs.job import Context
from jobs.listing import run_due
from messages.message import Message
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, MANAGERS, objective, organise
from tests.fakes.slack_server import PlayedSlack, played_slack

JOBS = (acknowledge.JOB, DELIVER)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 10:00 in Berlin
CHECKOUT = "checkout-availability"
PAYMENTS = Team("payments", channel="#payments", members=("U0ANA", "U0BEN"), manager="U0PAT", timezone=BERLIN)
SHOP = Team("shop", channel="#shop", members=("U0KIM",), timezone=BERLIN)
SLM = replace(MANAGERS, members=("U0EVA",))


@dataclass
class Story:
    """An organisation with the Slack that it hears Steward in."""

    store: Store
    clock: MovableClock
    slack: PlayedSlack

    def tick(self, **later: float) -> None:
        """So much later, what Steward does once a minute, by a process that was started just now."""
        at = self.clock.advance(**later)
        with closing(SlackPoster(self.slack.token, self.slack.base_url)) as poster:
            context = Context(Store(self.store.engine), "default", self.clock, at, poster, drain=True)
            assert run_due(context, JOBS) == []

    def says(self, text: str, person: str = "U0ANA", channel: str = "payments") -> Message:
        ask = Ask("default", text, person, "C0000001", channel, self.clock.advance(seconds=1))
        said = answer(ask, self.store)
        self.tick()
        return said

    def applies(self, *changed: Objective) -> None:
        with self.store.transaction() as tx:
            tx.objectives.lock()
            with tx.measurements.recounted():
                tx.objectives.save(changed)
        self.tick(minutes=1)

    def heard(self, channel: str = "payments") -> list[str]:
        """What stands in a channel, in words."""
        return [words(one) for one in self.slack.messages(channel)]

    def newest(self, name: str = CHECKOUT) -> Acknowledgement:
        with self.store.read() as tx:
            found = tx.acknowledgements.newest_of(name)
        assert found is not None
        return found


def words(message: dict[str, Any]) -> str:
    return str(message["text"]) + str(message["blocks"])


@contextmanager
def story(store: Store, *names: str) -> Iterator[Story]:
    clock = MovableClock(MONDAY)
    organise(
        store, [PAYMENTS, SHOP, SLM], [objective(name, "payments") for name in names], acknowledged=False
    )
    with played_slack(clock, ["payments", "slm", "shop"]) as slack:
        told = Story(store, clock, slack)
        told.tick()
        yield told


def new_target(store: Store, target: Fraction, **fields: Any) -> Objective:
    with store.read() as tx:
        [found] = tx.objectives.all()
    newest = found.versions[-1]
    newer = replace(newest, target=target, version=newest.version + 1, since=MONDAY, **fields)
    return replace(found, versions=(*found.versions, newer))


def test_asked_once_and_acknowledged(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.tick(minutes=5)
        [request] = told.heard()
        assert "payments team: please acknowledge checkout-availability by Mon 30 Nov" in request
        assert f"ack {CHECKOUT}@1" in request
        assert "acknowledged" in told.says(f"ack {CHECKOUT}@1").text
        [request] = told.heard()
        assert "acknowledged" in request
        assert "U0ANA" in request
        one = told.newest()
        assert (one.stage, one.answered_by) == (Stage.ACKNOWLEDGED, "U0ANA")
        assert one.answered_at is not None
        assert one.expires_at == one.answered_at + timedelta(days=365)
        told.tick(days=30)
        assert len(told.heard()) == 1


@pytest.mark.parametrize("text", [f"ack {CHECKOUT}", "decline checkout not-ours", "withdraw checkout"])
def test_only_people_of_the_team_may_answer(store: Store, text: str) -> None:
    with story(store, CHECKOUT) as told:
        said = told.says(text, person="U0KIM", channel="shop")
        assert "Only the payments team can" in str(said.blocks)
        assert "U0ANA" in str(said.blocks)
        assert told.newest().stage is Stage.OPEN


def test_the_manager_may_answer_and_the_second_is_told_who_did(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says("ack checkout", person="U0PAT")
        assert "U0PAT" in str(told.says("ack checkout").blocks)
        assert told.newest().answered_by == "U0PAT"


def test_a_button_of_older_terms_is_refused_and_the_new_ones_are_asked_about(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says(f"ack {CHECKOUT}@1")
        told.applies(new_target(store, Fraction(99, 100)))
        _, second = told.heard()
        assert f"ack {CHECKOUT}@2" in second
        assert "99%" in second
        told.says(f"ack {CHECKOUT}@1")
        assert told.newest().stage is Stage.OPEN
        told.says(f"ack {CHECKOUT}@2")
        assert (told.newest().version, told.newest().stage) == (2, Stage.ACKNOWLEDGED)


def test_an_answer_that_crosses_an_apply_is_refused(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        changed = new_target(store, Fraction(99, 100))
        with store.transaction() as tx:
            tx.objectives.lock()
            with tx.measurements.recounted():
                tx.objectives.save([changed])
        ask = Ask("default", f"ack {CHECKOUT}@1", "U0ANA", "C0000001", "payments", told.clock.now())
        answer(ask, store)
        assert told.newest().stage is Stage.OPEN


def test_nobody_answers(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        thread = told.slack.messages("payments")[0]["ts"]
        for _ in range(8 * 24 * 2):
            told.tick(minutes=60)
        lines = [one.body["text"] for one in told.slack.slack.thread("C0000001", thread)][1:]
        assert len(lines) == 2  # at half time, and at the end
        assert len(told.heard()) == 1
        [managers] = told.heard("slm")
        assert CHECKOUT in managers
        assert told.newest().reminded == 4
        with store.read() as tx:
            manager = tx.outbox.by_key("acknowledge:1:manager:1")
        assert manager is not None
        assert (manager.channel, manager.state) == ("U0PAT", NoticeState.SENT)


def test_what_is_declined_goes_to_the_service_level_managers(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says(f"decline {CHECKOUT}@1 target-unrealistic because it was never met")
        one = told.newest()
        assert (one.stage, one.words) == (Stage.DECLINED, "it was never met")
        [request] = told.heard()
        assert "declined" in request
        [decision] = told.heard("slm")
        assert "target unrealistic" in decision
        assert "it was never met" in decision
        told.says("ack checkout")
        assert told.newest().stage is Stage.ACKNOWLEDGED
        assert len(told.heard("slm")) == 1


def test_declining_needs_a_ground(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        assert "target-unrealistic" in str(told.says("decline checkout").blocks)
        assert "target-unrealistic" in str(told.says("decline checkout because so").blocks)
        assert told.newest().stage is Stage.OPEN


def test_what_is_withdrawn_is_asked_about_again_in_the_same_message(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says("ack checkout")
        told.says("withdraw checkout", person="U0BEN")
        [request] = told.heard()
        assert f"ack {CHECKOUT}@1" in request
        with store.read() as tx:
            stages = [(one.stage, one.ended_by) for one in tx.acknowledgements.of(CHECKOUT)]
        assert stages == [(Stage.WITHDRAWN, "U0BEN"), (Stage.OPEN, None)]
        told.says("ack checkout")
        assert told.newest().stage is Stage.ACKNOWLEDGED


def test_many_are_asked_about_in_one_message_and_listed_once_more(store: Store) -> None:
    names = [f"checkout-{number}" for number in range(7)]
    with story(store, *names) as told:
        [request] = told.heard()
        assert "7 objectives" in request
        listed = str(told.says("ack all").blocks)
        assert all(name in listed for name in names)
        assert told.newest(names[3]).stage is Stage.OPEN
        [digest] = {
            word
            for word in listed.replace("'", " ").split()
            if len(word) == 8 and f"ack all payments {word}" in listed
        }
        told.says(f"decline {names[0]} not-ours")
        assert "ack all payments" in str(told.says(f"ack all payments {digest}").blocks)
        assert told.newest(names[3]).stage is Stage.OPEN  # the list was another one
        listed = str(told.says("ack all payments").blocks)
        [digest] = {word for word in listed.replace("'", " ").split() if f"ack all payments {word}" in listed}
        told.says(f"ack all payments {digest}")
        assert [told.newest(name).stage for name in names] == [Stage.DECLINED, *[Stage.ACKNOWLEDGED] * 6]
        assert len(told.heard()) == 1


def test_it_expires_and_is_asked_again_two_weeks_ahead(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says("ack checkout")
        told.tick(days=350)
        assert len(told.heard()) == 1
        told.tick(days=1, minutes=1)
        assert len(told.heard()) == 2
        with store.read() as tx:
            assert not tx.acknowledgements.missing(at=told.clock.now())
            assert tx.acknowledgements.missing(at=told.clock.now() + timedelta(days=15))


def test_a_question_is_asked_in_the_thread_and_told_the_service_level_managers(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        told.says("ask checkout does planned work count?")
        thread = told.slack.messages("payments")[0]["ts"]
        lines = [one.body["text"] for one in told.slack.slack.thread("C0000001", thread)][1:]
        assert "does planned work count?" in lines[0]
        [managers] = told.heard("slm")
        assert "does planned work count?" in managers


def test_a_retired_objective_is_not_asked_about_any_more(store: Store) -> None:
    with story(store, CHECKOUT) as told:
        with store.read() as tx:
            [found] = tx.objectives.all()
        told.applies(replace(found, retired_at=told.clock.now()))
        [request] = told.heard()
        assert f"ack {CHECKOUT}@1" not in request
        assert told.newest().stage is Stage.SUPERSEDED
