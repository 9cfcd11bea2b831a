"""Minutes are contested, answered, ruled upon, appealed against: all four figures by hand arithmetic at each step."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from commands.ask import Ask
from commands.registry import answer
from connectors.slack import SlackPoster
from domain.agreement import Agreement, AgreementKind
from domain.dispute import Dispute, DisputeStage
from domain.layer import Layer
from domain.measurement import Measurement
from domain.minutes import minute_of
from domain.team import Team, TeamKind
from jobs import dispute as dispute_job
from jobs.deliver import JOB as DELIVER
from jobs.job import Context
from jobs.listing import run_due
from messages.message import Message
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, MANAGERS, objective, organise
from tests.fakes.slack_server import PlayedSlack, played_slack

JOBS = (dispute_job.JOB, DELIVER)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 10:00 in Berlin
FRIDAY = datetime(2026, 11, 20, 20, tzinfo=UTC)  # 21:00 in Berlin
CARD = "card-auth"
PAYMENTS = Team("payments", channel="#payments", members=("U0ANA", "U0TOM"), timezone=BERLIN)
NETWORK = Team("network", channel="#network", members=("U0NED",), timezone=BERLIN)
RETAIL = Team("retail", TeamKind.CUSTOMER, channel="#retail", members=("U0KIM",), timezone=BERLIN)
SLM = replace(MANAGERS, members=("U0EVA", "U0IDA", "U0NED"), timezone=BERLIN)
CHANNELS = ("payments", "network", "retail", "slm")
BAD = 60
MEASURED = 3 * 1440
RAISE = "dispute card-auth from fri 21:00 to 21:40 ground {} against {} because the log shows it"


@dataclass
class Story:
    """An organisation with the Slack that it hears Steward in."""

    store: Store
    clock: MovableClock
    slack: PlayedSlack

    def tick(self, **later: float) -> None:
        at = self.clock.advance(**later)
        with closing(SlackPoster(self.slack.token, self.slack.base_url)) as poster:
            context = Context(Store(self.store.engine), "default", self.clock, at, poster, drain=True)
            assert run_due(context, JOBS) == []

    def says(self, person: str, text: str, channel: str = "elsewhere") -> str:
        ask = Ask("default", text, person, "C0000009", channel, self.clock.advance(minutes=1))
        said = shown(answer(ask, self.store))
        self.tick()
        return said

    def heard(self, channel: str) -> list[str]:
        return [f"{one['text']} {one['blocks']}" for one in self.slack.messages(channel)]

    def dispute(self, number: int = 1) -> Dispute:
        with self.store.read() as tx:
            found = tx.disputes.numbered(number)
        assert found is not None
        return found

    def bad(self) -> dict[str, tuple[int, int]]:
        """Of each layer the bad minutes and all."""
        with self.store.read() as tx:
            layered = tx.layered.of([CARD], at=self.clock.now())[CARD]
        counts = {layer.value: layered.standing(layer).figures.counts for layer in Layer}
        return {name: (one.slices_total - one.slices_good, one.slices_total) for name, one in counts.items()}


def shown(message: Message) -> str:
    return f"{message.text} {message.blocks}"


@contextmanager
def story(store: Store, agreement: Agreement | None) -> Iterator[Story]:
    made = objective(CARD, "payments")
    terms = replace(made.versions[0], agreement=agreement.name if agreement else None)
    clock = MovableClock(MONDAY)
    with played_slack(clock, CHANNELS) as slack:
        organise(store, [PAYMENTS, NETWORK, RETAIL, SLM], [replace(made, versions=(terms,))])
        with store.transaction() as tx:
            tx.agreements.save([agreement] if agreement else [])
        measure(store)
        yield Story(store, clock, slack)


def measure(store: Store) -> None:
    """Three days until Monday 09:00 UTC; of them 60 minutes from Friday 21:00 in Berlin failed."""
    first, bad = minute_of(MONDAY) - MEASURED, minute_of(FRIDAY)
    minutes = range(first, minute_of(MONDAY))
    with store.transaction() as tx:
        tx.measurements.record(
            [(CARD, Measurement(m, 0 if bad <= m < bad + BAD else 10, 10)) for m in minutes], at=MONDAY
        )


SLA = Agreement("card-sla", AgreementKind.SLA, "payments", "retail")


def test_not_ours_contested_upheld_in_part_appealed_final(store: Store) -> None:
    with story(store, SLA) as told:
        assert told.bad()["agreement"] == (60, MEASURED)
        said = told.says("U0ANA", RAISE.format("dependency-fault", "network"))
        assert "D-1" in said
        assert told.bad() == {
            "measured": (60, MEASURED),
            "agreement": (60, MEASURED),
            "owner": (60, MEASURED),
            "if_upheld": (20, MEASURED - 40),
        }
        assert any(
            "network's turn" in one.replace("network team", "network") for one in told.heard("network")
        )
        assert told.heard("payments")
        assert "Only" in told.says("U0ANA", "answer D-1 agree")
        told.says("U0NED", "answer D-1 contest because our log ends at 21:10")
        one = told.dispute()
        # U0NED is a service level manager too, but of the other party: never the arbiter.
        assert (one.stage, one.arbiter) == (DisputeStage.RULING, "U0EVA")
        assert "cannot" in told.says("U0NED", "rule D-1 rejected because it was not us")
        assert "Only its arbiter" in told.says("U0IDA", "rule D-1 rejected because no")
        told.says("U0EVA", "rule D-1 part from fri 21:00 to 21:10 because the log shows ten minutes")
        assert told.bad() == {
            "measured": (60, MEASURED),
            "agreement": (60, MEASURED),
            "owner": (50, MEASURED - 10),
            "if_upheld": (50, MEASURED - 10),
        }
        told.says("U0ANA", "appeal D-1 because the second log was not read")
        assert (told.dispute().stage, told.dispute().arbiter) == (DisputeStage.APPEALED, "U0IDA")
        assert told.bad()["owner"] == (50, MEASURED - 10)
        assert told.bad()["if_upheld"] == (20, MEASURED - 40)
        told.says("U0IDA", "rule D-1 upheld because both logs show it")
        assert told.bad() == {
            "measured": (60, MEASURED),
            "agreement": (60, MEASURED),
            "owner": (20, MEASURED - 40),
            "if_upheld": (20, MEASURED - 40),
        }
        assert told.dispute().stage is DisputeStage.FINAL
        assert "over" in told.says("U0NED", "appeal D-1 because again")


def test_whose_turn_it_is_stands_in_what_waits_for_them(store: Store) -> None:
    with story(store, SLA) as told:
        told.says("U0ANA", RAISE.format("dependency-fault", "network"))
        assert "⚖️ D-1 card-auth: answer by" in told.says("U0NED", "mine")
        assert "D-1" not in told.says("U0TOM", "mine")
        assert "⚖️ D-1: network," in told.says("U0ANA", "digest now")
        told.says("U0NED", "answer D-1 contest because our log ends at 21:10")
        assert "⚖️ D-1 card-auth: rule by" in told.says("U0EVA", "mine")
        assert "⚖️ D-1: the arbiter," in told.says("U0ANA", "digest now")
        told.says("U0ANA", "withdraw D-1")
        assert "⚖️" not in told.says("U0ANA", "digest now")


def test_what_the_customer_agrees_to_changes_the_agreement(store: Store) -> None:
    with story(store, SLA) as told:
        told.says("U0ANA", RAISE.format("out-of-scope", "retail"))
        assert "propose" in told.says("U0KIM", "answer D-1 propose from fri 21:00 to 21:30").lower()
        told.says("U0TOM", "answer D-1 accept")
        assert told.bad() == {
            "measured": (60, MEASURED),
            "agreement": (30, MEASURED - 30),
            "owner": (30, MEASURED - 30),
            "if_upheld": (30, MEASURED - 30),
        }
        assert told.dispute().stage is DisputeStage.SETTLED
        assert any("settled" in one for one in told.heard("retail"))


def test_silence_goes_to_an_arbiter_and_an_unappealed_ruling_is_final(store: Store) -> None:
    with story(store, SLA) as told:
        told.says("U0ANA", RAISE.format("out-of-scope", "retail"))
        told.tick(days=2)
        assert told.dispute().reminded == 1
        told.tick(days=2)
        assert (told.dispute().stage, told.dispute().unanswered) == (DisputeStage.RULING, True)
        told.says("U0EVA", "rule D-1 upheld because nobody answered")
        assert told.dispute().stage is DisputeStage.RULED
        told.tick(days=9)
        assert told.dispute().stage is DisputeStage.FINAL


@pytest.mark.parametrize("stage", ["answering", "ruling"])
def test_withdrawn_nothing_changes(store: Store, stage: str) -> None:
    with story(store, SLA) as told:
        told.says("U0ANA", RAISE.format("out-of-scope", "retail"))
        if stage == "ruling":
            told.says("U0KIM", "answer D-1 contest because no")
        told.says("U0TOM", "withdraw D-1")
        assert set(told.bad().values()) == {(60, MEASURED)}
        assert told.dispute().stage is DisputeStage.WITHDRAWN


def test_somebody_elses_objective_gets_its_owner(store: Store) -> None:
    with story(store, None) as told:
        told.says("U0ANA", "dispute card-auth ground not-ours against network because they run it")
        told.says("U0NED", "answer D-1 agree")
        with told.store.read() as tx:
            [found] = tx.objectives.all()
            newest = tx.acknowledgements.newest_of(CARD)
        assert found.versions[-1].owner == "network"
        assert newest is not None
        assert newest.team == "network"
