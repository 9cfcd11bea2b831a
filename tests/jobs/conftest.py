"""A Slack of one's own for each test of delivery."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from connectors.slack import SlackPoster
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.slack_server import PlayedSlack, played_slack

CHANNELS = ("payments", "shop", "slm")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[PlayedSlack]:
    with played_slack(clock, CHANNELS) as slack:
        yield slack


@pytest.fixture
def poster(slack: PlayedSlack) -> Iterator[SlackPoster]:
    with closing(SlackPoster(slack.token, slack.base_url)) as poster:
        yield poster


@pytest.fixture
def context(store: Store, clock: MovableClock, poster: SlackPoster) -> Callable[..., Context]:
    """A context at the clock's time; `drain` as `tick` has it."""

    def context(*, drain: bool = False) -> Context:
        return Context(store, "default", clock, clock.now(), poster, drain=drain)

    return context
