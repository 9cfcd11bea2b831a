"""Steward is invited to channels: it says once what it does there, and nothing internal where outsiders read."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from connectors.slack import SlackPoster
from domain.team import Team, TeamKind
from jobs.job import Context
from jobs.listing import run_due
from sandbox.place import Place
from sandbox.workspace import Channel, Person
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, objective, organise, team
from tests.fakes.steward_server import ANA, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KIM = Person("U0KIM", "kim", "Kim S", "kim@retail.example", team_id="T0RETAIL")
BEN = Person("U0BEN", "ben", "Ben Ace", "ben@example.com")
TEAM = Channel("C0TEAM", "shop", members=frozenset({ANA}))
SLM = Channel("C0SLM", "slm", members=frozenset({ANA, "UBOT"}))
RETAIL = Channel("C0RETAIL", "retail", members=frozenset({ANA, "U0KIM"}))
WORLD = replace(SEED, people=(*SEED.people, KIM, BEN), channels=(*SEED.channels, TEAM, SLM, RETAIL))
MOST_LOOKS = 20_000


def test_invited(sqlite_store: Store) -> None:
    clock = MovableClock(NOON)
    shop = replace(team("shop"), channel="#shop", members=(ANA,))
    retail = Team("retail", TeamKind.CUSTOMER, channel="#retail")
    organise(sqlite_store, [shop, retail, MANAGERS], [objective("basket-availability", "shop")])
    with played_steward(sqlite_store, clock, seed=WORLD) as steward:
        greets_its_team_once(steward, sqlite_store, clock)
        says_nothing_internal_to_outsiders(steward, sqlite_store, clock)
        never_posts_a_digest_where_outsiders_read(steward, sqlite_store, clock)


def greets_its_team_once(steward: PlayedSteward, store: Store, clock: MovableClock) -> None:
    steward.join("C0TEAM", "UBOT")
    greeting = soon(steward, store, clock, "C0TEAM")
    assert greeting.endswith("shop team's digest comes here at `09:00` (Berlin) on working days.")
    steward.slack.leave("C0TEAM", "UBOT")
    steward.join("C0TEAM", "UBOT")
    steward.join("C0TEAM", "U0BEN")
    steward.type_in("/slm help", Place(ANA, "C0TEAM"))
    tick(steward, store, clock)
    assert len(steward.slack.history("C0TEAM")) == 1


def says_nothing_internal_to_outsiders(steward: PlayedSteward, store: Store, clock: MovableClock) -> None:
    steward.join("C0RETAIL", "UBOT")
    assert soon(steward, store, clock, "C0RETAIL").endswith("nothing internal is said here.")


def never_posts_a_digest_where_outsiders_read(
    steward: PlayedSteward, store: Store, clock: MovableClock
) -> None:
    """The team's file now names the customer's channel: the digest stays away, and somebody is told."""
    organise(store, [replace(team("shop"), channel="#retail")])
    said = len(steward.slack.history("C0RETAIL"))
    clock.advance(hours=21)
    tick(steward, store, clock)
    assert len(steward.slack.history("C0RETAIL")) == said
    told = [message.body["text"] for message in steward.slack.history("C0SLM")]
    assert any("#retail is shared with people outside." in one for one in told)


def soon(steward: PlayedSteward, store: Store, clock: MovableClock, channel: str) -> str:
    """The greeting, which is decided in the background and said by the next tick."""
    assert any(waits(store) for _ in range(MOST_LOOKS))
    tick(steward, store, clock)
    return str(steward.slack.history(channel)[0].body["text"])


def waits(store: Store) -> bool:
    with store.read() as tx:
        return bool(tx.outbox.waiting())


def tick(steward: PlayedSteward, store: Store, clock: MovableClock) -> None:
    with closing(SlackPoster(steward.slack.seed.bot_token, f"{steward.address}/sandbox/api/")) as poster:
        assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []
