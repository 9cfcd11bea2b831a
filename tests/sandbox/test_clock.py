from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sandbox.errors import SlackError
from tests.sandbox.world import NOON, World

TOMORROW_AT_NINE = datetime(2026, 11, 25, 9, tzinfo=timezone(timedelta(hours=1)))


def test_it_runs_on_from_where_it_was_moved_to(world: World) -> None:
    assert world.slack.advance(timedelta(hours=2)) == NOON + timedelta(hours=2)
    world.clock.forward(minutes=5)
    assert world.slack.clock() == NOON + timedelta(hours=2, minutes=5)


def test_it_is_moved_to_an_instant_of_any_zone(world: World) -> None:
    assert world.slack.advance_to(TOMORROW_AT_NINE) == TOMORROW_AT_NINE


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(timedelta(microseconds=-1), id="back"),
        pytest.param(timedelta(days=31, microseconds=1), id="more than 31 days at once"),
    ],
)
def test_it_refuses_to_go(world: World, by: timedelta) -> None:
    with pytest.raises(SlackError, match="invalid_clock"):
        world.slack.advance(by)
    with pytest.raises(SlackError, match="invalid_clock"):
        world.slack.advance_to(NOON + by)
    assert world.slack.clock() == NOON


def test_an_instant_needs_its_zone(world: World) -> None:
    with pytest.raises(SlackError, match="time zone"):
        world.slack.advance_to(datetime(2026, 11, 25, 9))  # noqa: DTZ001 -- that is the point


def test_thirty_one_days_may_be_done_twice(world: World) -> None:
    world.slack.advance(timedelta(days=31))
    assert world.slack.advance(timedelta(days=31)) == NOON + timedelta(days=62)


def test_the_pages_hear_of_it(world: World) -> None:
    before = world.slack.changes.version
    world.slack.advance(timedelta(hours=1))
    assert world.slack.changes.version > before


def test_what_is_said_then_has_that_time(world: World) -> None:
    world.slack.advance(timedelta(days=1))
    assert world.post()["ts"] == f"{world.clock().timestamp() + 86_400:.6f}"


def test_a_restart_keeps_it(tmp_path: Path) -> None:
    first = World(str(tmp_path / "slack.db"))
    first.slack.advance(timedelta(days=3, microseconds=7))
    first.slack.close()
    second = World(str(tmp_path / "slack.db"))
    assert second.slack.clock() == NOON + timedelta(days=3, microseconds=7)
    second.slack.close()
