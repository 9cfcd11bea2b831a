"""Events that the app did not acknowledge come again."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.responses import PlainTextResponse, Response

from sandbox.courier import DeliveryFailed
from sandbox.place import Place
from tests.sandbox.world import BASE, World

FINE, FAILED = PlainTextResponse(""), PlainTextResponse("", 500)
Story = list[tuple[str | None, str | None]]


def mention(world: World) -> None:
    world.type_in("@steward status")


def again(world: World, **by: float) -> None:
    world.slack.advance(timedelta(**by))
    asyncio.run(world.desk.redelivery.deliver_due())


def retries(world: World) -> Story:
    """Of each request the number and the reason of its repetition."""
    heard = [headers for headers, _ in world.listener.requests]
    return [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in heard]


def test_at_once_after_a_minute_after_five_and_no_more(world: World) -> None:
    world.listener.reply = FAILED
    mention(world)
    again(world)
    assert retries(world) == [(None, None), ("1", "http_error")]
    again(world, seconds=59)
    assert len(retries(world)) == 2
    again(world, seconds=1)
    assert retries(world)[2:] == [("2", "http_error")]
    again(world, minutes=4, seconds=59)
    assert len(retries(world)) == 3
    again(world, seconds=1)
    assert retries(world)[3:] == [("3", "http_error")]
    again(world, days=1)
    assert len(retries(world)) == 4


def test_it_is_the_same_event_each_time(world: World) -> None:
    world.listener.reply = FAILED
    mention(world)
    again(world)
    bodies = {body for _, body in world.listener.requests}
    assert len(bodies) == 1


def test_once_acknowledged_it_rests(world: World) -> None:
    world.listener.reply = FAILED
    mention(world)
    world.listener.reply = FINE
    again(world)
    again(world, minutes=10)
    assert len(retries(world)) == 2
    assert world.desk.redelivery.waiting == ()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (PlainTextResponse("", 404), "http_error"),
        (PlainTextResponse("", 302), "http_error"),
        (Response("{", media_type="application/json"), "unknown_error"),
    ],
)
def test_every_answer_but_a_good_one_counts(world: World, reply: Response, reason: str) -> None:
    world.listener.reply = reply
    mention(world)
    again(world)
    assert retries(world)[1:] == [("1", reason)]


def test_no_answer_within_three_seconds(world: World) -> None:
    world.listener.before = asyncio.Event().wait
    mention(world)
    world.listener.before = None
    again(world)
    assert retries(world)[1:] == [("1", "http_timeout")]


def test_commands_and_buttons_do_not_come_again(world: World) -> None:
    world.listener.reply = FAILED
    world.type_in("/slm status")
    again(world)
    assert len(retries(world)) == 1


@pytest.fixture
def running() -> Iterator[World]:
    made = World(repeats=True)
    yield made
    made.slack.close()


def test_a_running_sandbox_does_it_by_itself(running: World) -> None:
    """At once, and when the clock is moved."""

    async def waiting(*numbers: int) -> None:
        while [one.retry.number for one in running.desk.redelivery.waiting] != [*numbers]:
            await asyncio.sleep(0)

    async def story() -> None:
        await running.desk.type_in(Place("U0ANA", "C0PAY"), "@steward status")
        await waiting(2)
        running.slack.advance(timedelta(minutes=1))
        await waiting(3)
        await running.desk.type_in(Place("U0ANA", "C0PAY"), "@steward help")
        await waiting(3, 2)
        running.slack.changes.stop()

    async def dawdle() -> None:
        for _ in range(50):
            await asyncio.sleep(0)

    running.listener.reply = FAILED
    running.listener.before = dawdle
    asyncio.run(asyncio.wait_for(story(), 10))
    assert [number for number, _ in retries(running)] == [None, "1", "2", None, "1"]


def test_anything_can_be_delivered_twice(world: World) -> None:
    world.type_in("/slm status")
    asyncio.run(world.desk.deliver_again())
    first, second = (body for _, body in world.listener.requests)
    assert first == second


def test_and_to_another_server_of_the_app(world: World) -> None:
    mention(world)
    asyncio.run(world.desk.deliver_again(events_url=f"{BASE}/slack/events?second"))
    assert len(world.listener.requests) == 2


def test_nothing_to_deliver_again(world: World) -> None:
    with pytest.raises(DeliveryFailed, match="nothing was delivered yet"):
        asyncio.run(world.desk.deliver_again())
