"""A stranger's first look, on a Sunday: the last digests stand there, something burns, figures move, it ends."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot import sandbox
from bot.settings import Settings
from bot.wiring import Opened
from connectors.slack import SlackPoster
from domain.standing import State
from jobs.job import Context
from jobs.listing import run_due
from sandbox.place import Place
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.steward_server import PlayedSteward, played_steward
from tests.fakes.surroundings import Surroundings

SUNDAY = datetime(2026, 11, 22, 15, 30, 20, tzinfo=UTC)
ANA = Place("U0ANA", "C0PAYMENTS")


@pytest.mark.slow
def test_first_look(sqlite_store: Store, surroundings: Surroundings) -> None:
    clock, found = MovableClock(SUNDAY), Opened(sqlite_store, "default")
    feed = sandbox.sample_feed(found, at=SUNDAY)
    assert feed is not None
    sandbox.last_digests(Settings.read(), found, MovableClock(SUNDAY))
    with played_steward(sqlite_store, clock, seed=sandbox.seed()) as steward:
        tick(steward, found, clock)
        told = {key for key in keys(steward) if key.startswith(("digest:", "rollup:"))}
        assert told == {
            "rollup:service-levels:2026-11-20",
            *(f"digest:{team}:2026-11-20" for team in ("payments", "shop", "identity", "data-platform")),
            "digest:logistics:2026-11-21",
            *(f"digest:{outsider}:2026-11-16" for outsider in ("retail", "marketplace", "sms-provider")),
        }
        assert waiting(steward) == {
            "C0PAYMENTS": ["Payments team: please acknowledge wallet-availability by Mon 23 Nov"],
            "C0IDENTITY": ["Identity team: please acknowledge 4 objectives by Mon 23 Nov"],
            "C0LOGISTICS": ["Logistics team: please acknowledge stock-freshness by Fri 13 Nov"],
            "C0DATA": ["Data platform team: nightly-load-success declined"],
            "C0SLM": ["Data platform team declined nightly-load-success: not ours"],
        }
        planned = [key.split(":") for key in keys(steward) if key.startswith("planned:")]
        assert {(work, team) for _, work, *_when, team in planned} == {
            *(("checkout-2026-11-28", team) for team in ("payments", "retail")),
            *(("tracking-availability-2026-11-24", team) for team in ("logistics", "marketplace")),
        }
        assert in_threads(steward) == {"C0SLM", "C0PAYMENTS", "C0LOGISTICS", "C0DATA", "C0IDENTITY"}

        # The planned work of the night before would have breached it.
        assert states(sqlite_store, clock)["checkout-availability"] is State.AT_RISK
        assert states(sqlite_store, clock)["label-latency"] is State.BREACHED

        assert "requests are failing" in warning_of(sqlite_store, "checkout-availability")

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
        sandbox.last_digests(Settings.read(), found, clock)
        again.catch_up(at=clock.now())
        standing = keys(steward)
        tick(steward, found, clock)
        assert keys(steward) == standing
        assert len(steward.shown(ANA)) == 2

        for _ in range(12):
            clock.advance(minutes=4)
            again.catch_up(at=clock.now())
            tick(steward, found, clock)
        assert "over" in warning_of(sqlite_store, "checkout-availability")


def tick(steward: PlayedSteward, found: Opened, clock: MovableClock) -> None:
    with closing(SlackPoster(steward.slack.seed.bot_token, f"{steward.address}/sandbox/api/")) as poster:
        context = Context(found.store, found.workspace, clock, clock.now(), poster, drain=True)
        assert run_due(context) == []


def keys(steward: PlayedSteward) -> set[str]:
    """Of the messages in all channels; none stands there twice."""
    found = [
        message.body["metadata"]["event_payload"]["key"]
        for channel in steward.slack.channels()
        for message in steward.slack.history(channel.id)
    ]
    assert len(found) == len(set(found))
    return set(found)


def waiting(steward: PlayedSteward) -> dict[str, list[str]]:
    """Channel → what asks there for an acknowledgement, or for a decision about one."""
    found: dict[str, list[str]] = {}
    for channel in steward.slack.channels():
        for message in steward.slack.history(channel.id):
            if message.body["metadata"]["event_payload"]["key"].startswith(("acknowledge:", "declined:")):
                found.setdefault(channel.id, []).append(message.body["text"])
    return found


def in_threads(steward: PlayedSteward) -> set[str]:
    """The channels with a digest that has all numbers in its thread."""
    return {
        channel.id
        for channel in steward.slack.channels()
        for message in steward.slack.history(channel.id)
        if len(steward.slack.thread(channel.id, message.ts)) > 1
    }


def warning_of(store: Store, objective: str) -> str:
    """What the message of its first warning says now."""
    with store.read() as tx:
        warnings = tx.breach_warnings.since(SUNDAY - timedelta(hours=1))
        first = next(one for one in warnings if objective in [part.objective for part in one.episodes])
        return next(str(notice.content.blocks) for notice in tx.outbox.all() if notice.key == first.key)


def states(store: Store, clock: MovableClock) -> dict[str, State]:
    with store.read() as tx:
        return {one.name: one.state for one in tx.standings.all(at=clock.now())}


def total(store: Store, clock: MovableClock) -> int:
    """Events of all objectives, each in its window."""
    with store.read() as tx:
        return sum(one.figures.counts.total for one in tx.standings.all(at=clock.now()))
