"""A stranger's first look, on a Sunday: Friday's digests stand there, a question is answered, figures move."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot import sandbox
from bot.settings import Settings
from bot.wiring import Opened
from connectors.slack import SlackPoster
from jobs.job import Context
from jobs.listing import run_due
from sandbox.place import Place
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.steward_server import PlayedSteward, played_steward
from tests.fakes.surroundings import Surroundings

SUNDAY = datetime(2026, 11, 22, 15, 30, 20, tzinfo=UTC)
FRIDAY, SATURDAY = "2026-11-20", "2026-11-21"
ANA = Place("U0ANA", "C0PAYMENTS")


@pytest.mark.slow
def test_first_look(sqlite_store: Store, surroundings: Surroundings) -> None:
    clock, found = MovableClock(SUNDAY), Opened(sqlite_store, "default")
    feed = sandbox.sample_feed(found, at=SUNDAY)
    assert feed is not None
    sandbox.last_digests(Settings.read(), found, at=SUNDAY)
    with played_steward(sqlite_store, clock, seed=sandbox.seed()) as steward:
        tick(steward, found, clock)
        last_day = {team: SATURDAY if team == "logistics" else FRIDAY for team in teams(sqlite_store)}
        assert digest_keys(steward) == {f"digest:{team}:{on}" for team, on in last_day.items()}

        steward.type_in("/slm status", ANA)
        [answer] = steward.shown(ANA)
        assert answer.startswith("Payments team: ")
        steward.type_in("/slm status checkout-availability", ANA)
        before = total(sqlite_store, clock)
        clock.advance(minutes=3)
        feed.catch_up(at=clock.now())
        assert total(sqlite_store, clock) > before

        again = sandbox.sample_feed(found, at=clock.now())
        assert again is not None
        sandbox.last_digests(Settings.read(), found, at=clock.now())
        again.catch_up(at=clock.now())
        standing = digest_keys(steward)
        tick(steward, found, clock)
        assert digest_keys(steward) == standing
        assert len(steward.shown(ANA)) == 2


def tick(steward: PlayedSteward, found: Opened, clock: MovableClock) -> None:
    with closing(SlackPoster(steward.slack.seed.bot_token, f"{steward.address}/sandbox/api/")) as poster:
        context = Context(found.store, found.workspace, clock, clock.now(), poster, drain=True)
        assert run_due(context) == []


def digest_keys(steward: PlayedSteward) -> set[str]:
    """Of the messages in all channels; none stands there twice."""
    keys = [
        message.body["metadata"]["event_payload"]["key"]
        for channel in steward.slack.channels()
        for message in steward.slack.history(channel.id)
    ]
    assert len(keys) == len(set(keys))
    return set(keys)


def teams(store: Store) -> set[str]:
    with store.read() as tx:
        return {team.name for team in tx.teams.all() if team.kind == "internal" and team.digest.days}


def total(store: Store, clock: MovableClock) -> int:
    """Events of all objectives, each in its window."""
    with store.read() as tx:
        return sum(one.figures.counts.total for one in tx.standings.all(at=clock.now()))
