from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from sandbox.tiers import TIERS
from tests.sandbox.world import World

AUTH = {"Authorization": "Bearer xoxb-bot"}
#: From slack.md, and here once more so that a slip in the table is seen.
SLACKS = {
    "chat.update": 50,
    "chat.delete": 50,
    "conversations.list": 20,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.members": 100,
    "users.info": 100,
    "users.list": 20,
    "users.lookupByEmail": 50,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
}


@pytest.fixture
def tiered() -> Iterator[World]:
    made = World(tiers=True)
    yield made
    made.slack.close()


def ask(world: World, method: str = "conversations.list") -> httpx.Response:
    return world.request("POST", f"/sandbox/api/{method}", headers=AUTH)


@pytest.mark.parametrize(("method", "most"), SLACKS.items())
def test_so_many_calls_a_minute_and_no_more(tiered: World, method: str, most: int) -> None:
    assert {ask(tiered, method).status_code for _ in range(most)} == {200}
    refused = ask(tiered, method)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert refused.json() == {"ok": False, "error": "ratelimited"}


def test_the_minute_slides(tiered: World) -> None:
    for _ in range(20):
        tiered.clock.forward(seconds=2)
        assert ask(tiered).status_code == 200
    tiered.clock.forward(seconds=1.5)
    assert ask(tiered).headers["Retry-After"] == "21"
    tiered.clock.forward(seconds=20.5)
    assert ask(tiered).status_code == 200
    assert ask(tiered).headers["Retry-After"] == "2"


def test_each_method_has_its_own(tiered: World) -> None:
    for _ in range(21):
        ask(tiered)
    assert ask(tiered, "users.list").status_code == 200


def test_who_may_not_call_uses_nothing_up(tiered: World) -> None:
    for _ in range(30):
        tiered.request("POST", "/sandbox/api/conversations.list")
    assert ask(tiered).status_code == 200


def test_a_moved_clock_counts(tiered: World) -> None:
    for _ in range(20):
        ask(tiered)
    tiered.slack.advance(timedelta(minutes=1))
    assert ask(tiered).status_code == 200


def test_a_clock_set_back_shuts_nothing(tiered: World) -> None:
    for _ in range(20):
        ask(tiered)
    tiered.clock.forward(hours=-1)
    assert ask(tiered).status_code == 200


def test_tests_call_as_often_as_they_like(world: World) -> None:
    assert {ask(world).status_code for _ in range(30)} == {200}


def test_messages_have_a_pace_of_their_own() -> None:
    assert "chat.postMessage" not in TIERS
