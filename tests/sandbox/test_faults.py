"""Which calls go wrong: reading what is asked for, drawing, switching by HTTP."""

from collections import Counter
from typing import Any

import httpx
import pytest

from sandbox.faults import Fault, Faults, FaultSwitch, read_faults
from tests.sandbox.world import World

POST = "chat.postMessage"
METHODS = frozenset({POST, "chat.update"})
ASKED = {
    "reset_after_receipt": 0.1,
    "hang": 0.05,
    "rate_limited": 0.1,
    "server_error": 0.05,
    "internal_error": 0.02,
    "methods": [POST],
    "retry_after": 2,
    "hang_seconds": 30,
    "seed": 7,
}


def put(world: World, asked: Any, **headers: str) -> httpx.Response:
    return world.request("PUT", "/sandbox/faults", json=asked, headers=headers)


def test_all_that_can_be_asked_for() -> None:
    assert read_faults(ASKED, METHODS) == Faults(0.1, 0.05, 0.1, 0.05, 0.02, (POST,), 2, 30.0, 7)
    assert read_faults({}, METHODS) == Faults()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        pytest.param({"hangs": 1}, "no fault 'hangs'", id="an unknown name"),
        pytest.param({"hang": 1.01}, "from 0 to 1", id="more than all calls"),
        pytest.param({"hang": -0.1}, "from 0 to 1", id="less than none"),
        pytest.param({"hang": "often"}, "from 0 to 1", id="in words"),
        pytest.param({"hang": True}, "from 0 to 1", id="a boolean"),
        pytest.param({"hang": float("nan")}, "from 0 to 1", id="not a number"),
        pytest.param({"hang": 10**400}, "from 0 to 1", id="beyond any float"),
        pytest.param({"hang": 0.6, "rate_limited": 0.41}, "together", id="more than all together"),
        pytest.param({"methods": ["chat.shout"]}, "no method 'chat.shout'", id="an unknown method"),
        pytest.param({"methods": POST}, "list of names", id="a method that is no list"),
        pytest.param({"methods": [1]}, "list of names", id="a method that is no name"),
        pytest.param({"retry_after": 0.5}, "whole number", id="half a second of patience"),
        pytest.param({"retry_after": -1}, "whole number", id="patience of the past"),
        pytest.param({"hang_seconds": 3601}, "3600", id="hanging over an hour"),
        pytest.param({"seed": "7"}, "whole number", id="a seed in words"),
    ],
)
def test_what_nobody_can_mean(asked: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_faults(asked, METHODS)


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (0.0, Fault.RESET_AFTER_RECEIPT),
        (0.24, Fault.RESET_AFTER_RECEIPT),
        (0.25, Fault.HANG),
        (0.5, Fault.RATE_LIMITED),
        (0.75, Fault.SERVER_ERROR),
        (0.87, Fault.SERVER_ERROR),
        (0.88, Fault.INTERNAL_ERROR),
        (0.99, Fault.INTERNAL_ERROR),
    ],
)
def test_the_faults_share_the_draw(at: float, fault: Fault) -> None:
    assert Faults(0.25, 0.25, 0.25, 0.125, 0.125).drawn(POST, at) is fault


def test_other_methods_and_the_rest_go_well() -> None:
    assert Faults(hang=1.0, methods=(POST,)).drawn("chat.update", 0.0) is None
    assert Faults(hang=0.5).drawn(POST, 0.5) is None
    assert Faults().drawn(POST, 0.0) is None


def test_the_same_seed_draws_the_same_faults() -> None:
    def drawn() -> list[Fault | None]:
        switch = FaultSwitch()
        switch.switch(Faults(0.2, 0.2, 0.2, 0.1, 0.1, seed=7))
        return [switch.draw(POST).fault for _ in range(50)]

    assert drawn() == drawn()
    assert set(drawn()) == {*Fault, None}


def test_shares_come_out_as_asked_for() -> None:
    switch = FaultSwitch()
    switch.switch(Faults(0.1, 0.05, 0.1, 0.05, seed=17))
    drawn = Counter(switch.draw(POST).fault for _ in range(10_000))
    assert 900 < drawn[Fault.RESET_AFTER_RECEIPT] < 1_100
    assert 400 < drawn[Fault.SERVER_ERROR] < 600
    assert switch.done == {fault.value: drawn[fault] for fault in Fault}


@pytest.mark.parametrize(
    ("fault", "carried_out"),
    [
        ("reset_after_receipt", {True}),
        ("hang", {False}),
        ("rate_limited", {False}),
        ("server_error", {True, False}),
        ("internal_error", {True, False}),
    ],
)
def test_what_is_carried_out_nevertheless(fault: str, carried_out: set[bool]) -> None:
    switch = FaultSwitch()
    switch.switch(read_faults({fault: 1.0, "seed": 1}, METHODS))
    assert {switch.draw(POST).carried_out for _ in range(50)} == carried_out


def test_switching_by_http(world: World) -> None:
    assert put(world, ASKED).json()["faults"] == ASKED
    shown = world.request("GET", "/sandbox/faults").json()
    assert (shown["ok"], shown["faults"], shown["done"]["hang"]) == (True, ASKED, 0)
    off: dict[str, Any] = {
        **{fault.value: 0.0 for fault in Fault},
        "methods": [],
        "retry_after": 1,
        "hang_seconds": 30.0,
        "seed": None,
    }
    assert put(world, {}).json()["faults"] == off


def test_a_refused_switch_changes_nothing(world: World) -> None:
    put(world, ASKED)
    refused = put(world, {"hang": 2})
    assert (refused.status_code, refused.json()) == (
        400,
        {"ok": False, "error": "hang is a share of the calls: a number from 0 to 1."},
    )
    assert world.desk.faults.now == read_faults(ASKED, METHODS)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"hang=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_only_json_switches(world: World, content: bytes, kind: str, status: int) -> None:
    answer = world.request("PUT", "/sandbox/faults", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["ok"]) == (status, False)


def test_other_sites_cannot_switch(world: World) -> None:
    assert put(world, ASKED, Origin="http://evil.example").status_code == 403
    assert put(world, ASKED, Host="sandbox.evil.example").status_code == 403
    assert world.desk.faults.now == Faults()


def test_rate_limited_says_when_to_come_back(world: World) -> None:
    put(world, {"rate_limited": 1, "retry_after": 9, "methods": [POST]})
    answer = world.request("POST", f"/sandbox/api/{POST}", json={"channel": "C0PAY", "text": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "9")
    assert answer.json() == {"ok": False, "error": "ratelimited"}
    assert world.call("auth.test")["ok"]
    assert world.texts() == []


@pytest.mark.parametrize(("fault", "status"), [("server_error", 503), ("internal_error", 200)])
def test_a_server_error_may_have_done_it(world: World, fault: str, status: int) -> None:
    put(world, {fault: 1, "seed": 1})
    headers = {"Authorization": "Bearer xoxb-bot"}
    for number in range(20):
        world.clock.forward(seconds=1)
        said = {"channel": "C0PAY", "text": str(number)}
        answer = world.request("POST", f"/sandbox/api/{POST}", json=said, headers=headers)
        assert (answer.status_code, answer.json()["ok"]) == (status, False)
    assert 0 < len(world.texts()) < 20


def test_the_pages_hear_of_a_switch(world: World) -> None:
    before = world.slack.changes.version
    put(world, {"hang": 1})
    assert world.slack.changes.version > before
