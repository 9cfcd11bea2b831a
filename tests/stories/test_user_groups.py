"""A team is a user group in Slack and nothing else: who joins it is of the team ten minutes later."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from connectors.slack import SlackPoster
from domain.team import Team
from jobs import usergroups
from jobs.job import Context
from sandbox.place import Place
from sandbox.workspace import Channel, Group, Person
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import objective, organise
from tests.fakes.steward_server import ANA, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MIA = Person("U0MIA", "mia", "Mia Ode", "mia@example.com")
ONCALL = Group("S0PAY", "payments", "Payments", frozenset({ANA}))
TEAM = Channel("C0TEAM", "team", members=frozenset({ANA, MIA.id}))
WORLD = replace(SEED, people=(*SEED.people, MIA), channels=(*SEED.channels, TEAM), groups=(ONCALL,))
HERS = Place(MIA.id, TEAM.id)
NOBODYS = "Nothing waits for you. You are in no team yet."
OURS = "Nothing waits for you. payments team: "


def test_a_team_by_its_user_group(sqlite_store: Store) -> None:
    clock = MovableClock(NOON)
    organise(sqlite_store, [Team("payments", usergroup="S0PAY")], [objective("checkout-errors", "payments")])
    with played_steward(sqlite_store, clock, seed=WORLD) as steward:
        assert asked(steward, Place(ANA, TEAM.id)) == NOBODYS
        tick(steward, sqlite_store, clock)
        assert asked(steward, Place(ANA, TEAM.id)).startswith(OURS)
        assert asked(steward, HERS) == NOBODYS
        joins(steward)
        clock.advance(minutes=9)
        tick(steward, sqlite_store, clock)
        assert asked(steward, HERS) == NOBODYS
        clock.advance(minutes=1)
        tick(steward, sqlite_store, clock)
        assert asked(steward, HERS).startswith(OURS)
        steward.slack.plan_refusal = "paid_teams_only"
        clock.advance(minutes=10)
        tick(steward, sqlite_store, clock)
        assert asked(steward, HERS).startswith(OURS)


def joins(steward: PlayedSteward) -> None:
    """Mia is taken into the group, in Slack."""
    group = replace(ONCALL, members=frozenset({ANA, MIA.id}))
    steward.slack.seed = replace(steward.slack.seed, groups=(group,))


def asked(steward: PlayedSteward, place: Place) -> str:
    """What the person is told by `/slm` alone."""
    before = len(steward.seen(place))
    steward.type_in("/slm", place)
    return steward.seen_soon(before + 1, place)[-1]


def tick(steward: PlayedSteward, store: Store, clock: MovableClock) -> None:
    with closing(SlackPoster(steward.slack.seed.bot_token, f"{steward.address}/sandbox/api/")) as poster:
        usergroups.run(Context(store, "default", clock, clock.now(), poster, directory=poster))
