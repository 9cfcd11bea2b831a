"""Told to stop: the tick that runs is waited for, no further one begins, and nothing new is sent."""

import threading
from datetime import UTC, datetime

from bot.ticker import Ticker
from connectors.slack import STOPPED, SlackPoster
from domain.delivery import Outgoing, Posted
from tests.fakes.clock import MovableClock
from tests.fakes.slack_server import played_slack

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MESSAGE = Outgoing(1, "a-key", "#payments", "All is well.", [])


def test_the_running_tick_is_waited_for() -> None:
    began, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def tick() -> None:
        began.set()
        assert go_on.wait(10)
        ended.set()

    ticker = Ticker({"tick": tick})
    ticker.start()
    assert began.wait(10)
    assert not ticker.stop(within=0)
    go_on.set()
    assert ticker.stop(within=10)
    assert ended.is_set()


def test_a_stop_before_the_first_tick() -> None:
    ticks: list[int] = []
    ticker = Ticker({"tick": lambda: ticks.append(1)})
    ticker.start()
    assert ticker.stop(within=10)
    assert ticks == []


def test_one_tick_does_not_wait_for_another() -> None:
    began, go_on, beside = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        began.set()
        assert go_on.wait(10)

    def quick() -> None:
        if began.is_set():
            beside.set()

    ticker = Ticker({"slow": slow, "quick": quick})
    ticker.start()
    assert beside.wait(10)
    go_on.set()
    assert ticker.stop(within=10)


def test_what_is_asked_after_the_stop_is_given_back() -> None:
    with played_slack(MovableClock(NOON), ["payments"]) as slack:
        poster = SlackPoster(slack.token, slack.base_url)
        assert isinstance(poster.post(MESSAGE).result(), Posted)
        poster.stop()
        assert poster.stopping
        assert poster.post(MESSAGE).result() == STOPPED
        poster.close()
        assert poster.stopping
        assert slack.said("payments") == ["All is well."]
