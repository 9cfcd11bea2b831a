"""An objective goes from one team to another: both agree and are told; what was measured before stays where it was."""

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
from domain.acknowledgement import Because, Stage
from domain.handover import HandoverStage
from domain.objective import Objective
from domain.team import Team, TeamKind
from jobs import acknowledge, handover
from jobs.deliver import JOB as DELIVER
from jobs.job import Context
from jobs.listing import run_due
from messages.message import Message
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, MANAGERS, measure, objective, organise
from tests.fakes.slack_server import PlayedSlack, played_slack

JOBS = (acknowledge.JOB, handover.JOB, DELIVER)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 10:00 in Berlin
CHECKOUT = "checkout-availability"
PAYMENTS = Team("payments", channel="#payments", members=("U0ANA", "U0TOM"), manager="U0PAT", timezone=BERLIN)
SHOP = Team("shop", channel="#shop", members=("U0KIM", "U0TOM"), timezone=BERLIN)
SEARCH = Team("search", channel="#search", members=("U0LEE",), timezone=BERLIN)
RETAIL = Team("retail", TeamKind.CUSTOMER)
SLM = replace(MANAGERS, members=("U0EVA",))
TEAMS = (PAYMENTS, SHOP, SEARCH, RETAIL, SLM)


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

    def says(self, person: str, text: str, channel: str = "elsewhere") -> str:
        """What the person is answered."""
        ask = Ask("default", text, person, "C0000009", channel, self.clock.advance(minutes=1))
        said = shown(answer(ask, self.store))
        self.tick()
        return said

    def heard(self, channel: str) -> list[str]:
        """What stands in a channel about hand-overs and assignments, in words."""
        found = [f"{one['text']} {one['blocks']}" for one in self.slack.messages(channel)]
        return [one for one in found if "please acknowledge" not in one.lower()]

    def asked(self, channel: str) -> list[str]:
        """The requests to acknowledge that stand in a channel."""
        found = [f"{one['text']} {one['blocks']}" for one in self.slack.messages(channel)]
        return [one for one in found if "acknowledge" in one.lower()]

    def objective(self) -> Objective:
        with self.store.read() as tx:
            [found] = tx.objectives.all()
        return found

    def owner(self, at: datetime | None = None) -> str | None:
        return self.objective().terms(at=at or self.clock.now()).owner

    def stages(self) -> list[tuple[str, Stage]]:
        """Who was asked about it, and what came of it."""
        with self.store.read() as tx:
            return [(one.team, one.stage) for one in tx.acknowledgements.of(CHECKOUT)]

    def handover(self) -> HandoverStage:
        with self.store.read() as tx:
            return tx.handovers.of(CHECKOUT)[-1].stage


def shown(message: Message) -> str:
    return " ".join(
        [message.text, *(block["text"]["text"] for block in message.blocks if block["type"] == "section")]
    )


@contextmanager
def story(store: Store, owner: str | None = "payments") -> Iterator[Story]:
    clock = MovableClock(MONDAY)
    organise(store, TEAMS, [objective(CHECKOUT, owner)], acknowledged=False)
    measure(store, CHECKOUT, since=MONDAY - timedelta(hours=12), until=MONDAY)
    with played_slack(clock, ["payments", "shop", "search", "slm"]) as slack:
        told = Story(store, clock, slack)
        told.tick()
        yield told


def test_proposed_agreed_and_done(store: Store) -> None:
    with story(store) as told:
        said = told.says("U0ANA", "handover checkout-a to shop because they build it now")
        assert "The shop team has to agree" in said
        [taking], [giving] = told.heard("shop"), told.heard("payments")[-1:]
        assert "shop team: please take over checkout-availability from the payments team" in taking
        assert "they build it now" in taking
        assert "<@U0KIM>" in taking
        assert "<@U0KIM>" not in giving
        assert f"handover {CHECKOUT} agree@1" in taking
        assert told.owner() == "payments"
        before = told.clock.now()
        assert "is the shop team's now" in told.says("U0KIM", f"handover {CHECKOUT} agree@1")
        for channel in ("shop", "payments"):
            [now] = [one for one in told.heard(channel) if "handed over" in one]
            assert "<@U0ANA> for the payments team and <@U0KIM> for the shop team" in now
            assert "agree@1" not in now
        assert (told.owner(before), told.owner()) == ("payments", "shop")
        assert told.stages() == [("payments", Stage.SUPERSEDED), ("shop", Stage.ACKNOWLEDGED)]
        [mark] = told.objective().slack_changes
        assert (mark.field, mark.by) == ("owner", "U0KIM")


def test_the_agreement_is_the_acknowledgement_so_nobody_is_asked_again(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "handover checkout-a to shop because they build it now")
        told.says("U0KIM", "handover checkout-a agree")
        told.tick(days=30)
        assert told.asked("shop") == [one for one in told.heard("shop") if "has acknowledged it" in one]
        with store.read() as tx:
            newest = tx.acknowledgements.newest_of(CHECKOUT)
        assert newest is not None
        assert (newest.because, newest.answered_by, newest.words) == (
            Because.HANDOVER,
            "U0KIM",
            "they build it now",
        )
        assert newest.covers(told.objective(), "")


def test_what_the_former_owner_was_asked_is_not_asked_any_more(store: Store) -> None:
    with story(store) as told:
        [request] = told.asked("payments")
        assert f"ack {CHECKOUT}@1" in request
        told.says("U0ANA", "handover checkout-a to shop")
        told.says("U0KIM", "handover checkout-a agree")
        assert not any(f"ack {CHECKOUT}@1" in one for one in told.asked("payments"))


def test_proposed_by_a_service_level_manager_both_have_to_agree(store: Store) -> None:
    with story(store) as told:
        said = told.says("U0EVA", "handover checkout-a to shop")
        assert "The payments team and the shop team have to agree" in said
        assert "<@U0ANA>" in told.heard("payments")[-1]
        assert "The shop team still has to agree" in told.says("U0PAT", f"handover {CHECKOUT} agree@1")
        assert told.owner() == "payments"
        told.says("U0KIM", f"handover {CHECKOUT} agree@1")
        assert told.owner() == "shop"


def test_nobody_agrees_for_both(store: Store) -> None:
    with story(store) as told:
        told.says("U0TOM", "handover checkout-a to shop")
        said = told.says("U0TOM", "handover checkout-a agree")
        assert "somebody else has to agree for the other. <@U0KIM> can." in said
        assert told.owner() == "payments"


def test_twice_is_once(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        assert "agreed for the payments team" in told.says("U0ANA", "handover checkout-a agree")
        told.says("U0KIM", "handover checkout-a agree@1")
        assert "was handed over to the" in told.says("U0KIM", "handover checkout-a agree@1")
        assert len(told.objective().versions) == 2


@pytest.mark.parametrize(
    ("person", "word"), [("U0KIM", "refused"), ("U0ANA", "withdrawn"), ("U0EVA", "refused")]
)
def test_refused_it_stays(person: str, word: str, sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        assert "stays with the payments team" in told.says(person, f"handover {CHECKOUT} refuse@1")
        for channel in ("payments", "shop"):
            [now] = [one for one in told.heard(channel) if "not handed over" in one]
            assert f"{word} by <@{person}>" in now.lower().replace(person.lower(), person)
        assert "refused this" in told.says("U0KIM", f"handover {CHECKOUT} agree@1")
        assert told.owner() == "payments"
        assert "proposed to go" in told.says("U0KIM", "handover checkout-a to shop")


def test_other_terms_meanwhile_end_it_and_the_messages_say_so(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        found = told.objective()
        newer = replace(found.versions[-1], version=2, since=told.clock.now(), target=Fraction(99, 100))
        with store.transaction() as tx, tx.measurements.recounted():
            tx.objectives.save([replace(found, versions=(*found.versions, newer))])
        assert "have changed meanwhile" in shown(
            answer(
                Ask("default", f"handover {CHECKOUT} agree@1", "U0KIM", "C9", "x", told.clock.now()), store
            )
        )
        told.tick()
        assert told.handover() is HandoverStage.OVERTAKEN
        assert "hand-over ended" in told.heard("shop")[-1]
        assert told.owner() == "payments"


def test_the_clock_ends_what_was_overtaken_without_anybody_pressing(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        found = told.objective()
        with store.transaction() as tx, tx.measurements.recounted():
            tx.objectives.save([replace(found, retired_at=told.clock.now())])
        told.tick(minutes=1)
        assert told.handover() is HandoverStage.OVERTAKEN
        assert "hand-over ended" in told.heard("shop")[-1]


def test_a_service_level_manager_assigns_it_and_the_team_is_asked(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        said = told.says("U0EVA", "assign checkout-a to search because search runs it")
        assert "checkout-availability is the search team's now" in said
        assert told.owner() == "search"
        assert told.handover() is HandoverStage.OVERTAKEN
        [request] = told.asked("search")
        assert "search runs it" in request
        assert any(
            "the search team's now" in one and "search runs it" in one for one in told.heard("payments")
        )
        assert told.stages() == [("payments", Stage.SUPERSEDED), ("search", Stage.OPEN)]
        told.tick(days=1)
        assert told.stages()[2:] == []


def test_what_nobody_owns_is_assigned(store: Store) -> None:
    with story(store, owner=None) as told:
        assert "no owner who could hand it over" in told.says("U0KIM", "handover checkout-a to shop")
        told.says("U0EVA", "assign checkout-a to shop")
        assert (told.owner(), told.stages()) == ("shop", [("shop", Stage.OPEN)])


def test_what_was_declined_is_assigned_to_another_team(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "decline checkout-a not-ours", "payments")
        [decision] = told.heard("slm")
        assert f"assign {CHECKOUT}" in decision
        told.says("U0EVA", "assign checkout-a to shop because they build it")
        assert told.stages() == [("payments", Stage.SUPERSEDED), ("shop", Stage.OPEN)]
        [decided] = told.heard("slm")
        assert "<@U0EVA>" in decided
        assert "shop" in decided
        assert f"'assign {CHECKOUT}'" not in decided


def test_what_was_declined_is_confirmed_and_asked_again(store: Store) -> None:
    with story(store) as told:
        told.says("U0ANA", "decline checkout-a target-unrealistic", "payments")
        refused = told.says("U0EVA", "assign checkout-a to payments")
        assert "To leave it with them: `/slm confirm checkout-availability because …`" in refused
        said = told.says("U0EVA", "confirm checkout-a because you agreed to it in May")
        assert "stays with the payments team" in said
        assert told.stages() == [("payments", Stage.SUPERSEDED), ("payments", Stage.OPEN)]
        assert "you agreed to it in May" in told.asked("payments")[-1]
        assert "you agreed to it in May" in told.heard("slm")[0]
        told.tick(days=1)
        assert len(told.stages()) == 2
        assert "Nobody declined" in told.says("U0EVA", "confirm checkout-a because again")


@pytest.mark.parametrize(
    ("person", "text", "said"),
    [
        (
            "U0LEE",
            "handover checkout-a to shop",
            "Only the payments team, the shop team and the service level",
        ),
        ("U0ANA", "handover checkout-a to payments", "is the payments team's already"),
        ("U0ANA", "handover checkout-a to retail", "is no team of ours"),
        ("U0ANA", "handover checkout-a to shpo", "Did you mean `shop`?"),
        ("U0ANA", "handover chekout to shop", "Did you mean `checkout-availability`?"),
        ("U0ANA", "handover payments to shop", "No objective begins with"),
        ("U0ANA", "handover checkout-a", "No hand-over of checkout-availability is open"),
        ("U0ANA", "handover checkout-a agree", "There is no such hand-over"),
        ("U0ANA", "handover", "Which objective?"),
        ("U0ANA", "handover checkout-a to shop because " + "x" * 501, "at most 500"),
        ("U0ANA", "assign checkout-a to shop", "Only the service level managers can assign"),
        ("U0EVA", "assign checkout-a", "Say to which team"),
        ("U0EVA", "assign checkout-a to payments", "is the payments team's already"),
        ("U0ANA", "confirm checkout-a", "Only the service level managers can confirm"),
        ("U0EVA", "confirm checkout-a", "Nobody declined checkout-availability"),
    ],
)
def test_a_no_says_what_to_do(person: str, text: str, said: str, sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        assert said in told.says(person, text)
        assert len(told.objective().versions) == 1


def test_a_second_proposal_shows_the_first(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        assert "is open already" in told.says("U0LEE", "handover checkout-a to search")
        assert "Hand over: checkout-availability" in told.says("U0LEE", "handover checkout-a")
        assert len(told.heard("shop")) == 1


def test_others_do_not_answer(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        for word in ("agree", "refuse"):
            said = told.says("U0LEE", f"handover checkout-a {word}@1")
            assert "Only the payments team and the shop team can answer this" in said
        assert told.handover() is HandoverStage.OPEN


def test_whoever_took_it_over_can_take_that_back(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "handover checkout-a to shop")
        told.says("U0KIM", "handover checkout-a agree")
        told.says("U0KIM", "withdraw checkout-a", "shop")
        assert told.stages()[1:] == [("shop", Stage.WITHDRAWN), ("shop", Stage.OPEN)]
        assert f"ack {CHECKOUT}@2" in told.asked("shop")[-1]


def test_a_declined_one_can_be_handed_over_and_who_decides_reads_that(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "decline checkout-a not-ours", "payments")
        told.says("U0ANA", "handover checkout-a to shop")
        told.says("U0KIM", "handover checkout-a agree")
        [decided] = told.heard("slm")
        assert "The shop team answers for it now" in decided
        assert f"'assign {CHECKOUT}'" not in decided


def test_what_changed_since_it_was_declined_is_not_confirmed(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.says("U0ANA", "decline checkout-a not-ours", "payments")
        found = told.objective()
        newer = replace(found.versions[-1], version=2, since=told.clock.now(), owner="shop")
        with sqlite_store.transaction() as tx, tx.measurements.recounted():
            tx.objectives.save([replace(found, versions=(*found.versions, newer))])
        said = told.says("U0EVA", "confirm checkout-a")
        assert "is not the payments team's any more" in said


def history_of(told: Story) -> Any:
    return answer(
        Ask("default", "history checkout-a by day", "U0ANA", "C9", "x", told.clock.now()), told.store
    )


def test_what_was_measured_before_stays_the_former_owners(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        assert "owner" not in shown(history_of(told))
        told.says("U0ANA", "handover checkout-a to shop")
        told.says("U0KIM", "handover checkout-a agree")
        told.clock.advance(days=1)
        measure(sqlite_store, CHECKOUT, since=MONDAY, until=told.clock.now())
        text = shown(history_of(told))
        assert "owner: payments, since Mon 23 Nov shop" in text


def days_of(told: Story, team: str) -> list[str]:
    """What `/slm history TEAM by day` has in its one row: a mark for each day."""
    ask = Ask("default", f"history team:{team} by day", "U0ANA", "C9", "x", told.clock.now())
    [table] = [block for block in answer(ask, told.store).blocks if block["type"] == "table"]
    [_, row] = table["rows"]
    return [cell["text"] for cell in row[1:]]


def test_in_the_tables_of_both_teams_each_has_its_own_days(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.clock.advance(days=1)
        told.says("U0ANA", "handover checkout-a to shop")
        told.says("U0KIM", "handover checkout-a agree")
        told.clock.advance(days=1)
        measure(sqlite_store, CHECKOUT, since=MONDAY, until=told.clock.now())
        assert days_of(told, "payments") == ["✅", "✅", "–", "–"]
        assert days_of(told, "shop") == ["–", "–", "✅", "✅"]
