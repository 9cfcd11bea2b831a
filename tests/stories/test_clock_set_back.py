"""The machine's clock is set back, or forward: no digest comes twice, none is lost, and everything goes on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from connectors.slack import SlackPoster
from domain.measurement import Measurement
from domain.minutes import minute_of
from domain.notice import Content, Notice, NoticeState
from jobs.job import Context
from jobs.listing import JOBS, run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import EVERY_DAY, objective, organise, team
from tests.fakes.slack_server import PlayedSlack, played_slack

MONDAY = datetime(2026, 11, 23, 7, 55, tzinfo=UTC)  # before nine in Berlin
STEP = timedelta(hours=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class World:
    """Steward's jobs over a span of time, with a measurement in each step."""

    def __init__(self, store: Store, clock: MovableClock, slack: PlayedSlack, poster: SlackPoster) -> None:
        self.store, self.clock, self.slack, self._poster = store, clock, slack, poster
        self.measured: set[int] = set()

    def work(self, span: timedelta) -> None:
        """Until the clock is so much further."""
        until = self.clock.now() + span
        while self.clock.now() < until:
            self._measure()
            context = Context(self.store, "default", self.clock, self.clock.now(), self._poster)
            assert run_due(context, JOBS) == []
            self.clock.advance(seconds=STEP.total_seconds())

    def posted(self) -> Counter[str]:
        """How often each digest stands in the channel."""
        keys = [message["metadata"]["event_payload"]["key"] for message in self.slack.messages("payments")]
        return Counter(key for key in keys if not key.endswith(":figures"))

    def _measure(self) -> None:
        minute = minute_of(self.clock.now()) - 1
        with self.store.transaction() as tx:
            measured = [("checkout-availability", Measurement(minute, 10, 10))]
            assert tx.measurements.record(measured, at=self.clock.now()) == 1
        self.measured.add(minute)


@pytest.fixture
def world(sqlite_store: Store) -> Iterator[World]:
    organise(
        sqlite_store, [team("payments", days=EVERY_DAY)], [objective("checkout-availability", "payments")]
    )
    clock = MovableClock(MONDAY)
    with (
        played_slack(clock, ["payments"]) as slack,
        closing(SlackPoster(slack.token, slack.base_url)) as poster,
    ):
        yield World(sqlite_store, clock, slack, poster)


def digests(*days: int) -> Counter[str]:
    return Counter(f"digest:payments:2026-11-{day}" for day in days)


@pytest.mark.parametrize("back", [HOUR, DAY], ids=str)
def test_set_back(world: World, back: timedelta) -> None:
    world.work(DAY + 2 * HOUR)  # two digests
    assert world.posted() == digests(23, 24)
    world.clock.advance(seconds=-back.total_seconds())
    world.work(back + DAY)
    expected = digests(23, 24, 25)
    assert {key: count for key, count in world.posted().items() if key in expected} == expected
    assert set(world.posted().values()) == {1}
    with world.store.read() as tx:
        [standing] = tx.standings.of(["checkout-availability"], at=world.clock.now())
        assert not tx.outbox.waiting()
    assert standing.figures.counts.measured == len(world.measured)


def test_what_was_under_way_goes_on(world: World) -> None:
    """A worker died while it sent, another was asked to wait; then the clock is set back by a day."""
    at = world.clock.now()
    with world.store.transaction() as tx:
        tx.outbox.add(Notice("under-way", "#payments", Content("under way"), at))
        tx.deliveries.claim(by="who died", at=at, most=1)
        tx.outbox.add(Notice("later", "#payments", Content("later"), at, not_before=at, attempts=3))
    world.clock.advance(days=-1)
    world.work(5 * HOUR)
    with world.store.read() as tx:
        states = {
            notice.key: notice.state for notice in tx.outbox.all() if not notice.key.startswith("digest")
        }
    assert states == {"under-way": NoticeState.SENT, "later": NoticeState.SENT}
    assert world.posted()["under-way"] == world.posted()["later"] == 1


def test_set_forward_and_back_again(world: World) -> None:
    world.work(HOUR)
    world.clock.advance(days=2)
    world.work(HOUR)
    world.clock.advance(days=-2)
    world.work(2 * DAY)
    assert set(world.posted().values()) == {1}
    assert digests(23, 24, 25) <= world.posted()
