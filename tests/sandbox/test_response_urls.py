import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from sandbox.buttons import Press
from sandbox.place import Place
from tests.sandbox.test_deliveries import BUTTONS
from tests.sandbox.world import World


def of_command(world: World) -> str:
    world.type_in("/slm status")
    return world.listener.form()["response_url"]


def of_button(world: World, ts: str) -> str:
    asyncio.run(world.desk.press(Place("U0ANA", "C0PAY"), Press(ts, "row", "ack")))
    url: str = world.listener.payload()["response_url"]
    return url


def answer(world: World, url: str, **said: Any) -> httpx.Response:
    return world.request("POST", url, json=said)


def test_five_answers_and_no_more(world: World) -> None:
    url = of_command(world)
    assert [answer(world, url, text=str(number)).status_code for number in range(5)] == [200] * 5
    refused = answer(world, url, text="6")
    assert (refused.status_code, refused.json()["error"]) == (404, "used_url")
    assert world.texts() == ["0", "1", "2", "3", "4"]


def test_thirty_minutes_and_no_longer(world: World) -> None:
    url = of_command(world)
    world.clock.forward(minutes=30)
    assert answer(world, url, text="just in time").status_code == 200
    world.clock.forward(seconds=1)
    refused = answer(world, url, text="late")
    assert (refused.status_code, refused.json()["error"]) == (404, "expired_url")


def test_a_moved_clock_ends_them_too(world: World) -> None:
    url = of_command(world)
    world.slack.advance(timedelta(minutes=30))
    assert answer(world, url, text="just in time").status_code == 200
    world.slack.advance(timedelta(microseconds=1))
    assert answer(world, url, text="late").json()["error"] == "expired_url"


def test_an_unknown_one(world: World) -> None:
    assert answer(world, "/sandbox/response/none", text="x").json()["error"] == "expired_url"


def test_for_one_person_unless_said_otherwise(world: World) -> None:
    url = of_command(world)
    answer(world, url, text="for ana")
    answer(world, url, text="for all", response_type="in_channel")
    assert world.texts("U0BEN") == ["for all"]


def test_replacing_and_deleting_the_message_of_a_button(world: World) -> None:
    ts = world.post(blocks=BUTTONS)["ts"]
    url = of_button(world, ts)
    answer(world, url, text="done", replace_original=True)
    (message,) = world.slack.history("C0PAY")
    assert (message.ts, message.body["text"]) == (ts, "done")
    assert "blocks" not in message.body
    answer(world, url, delete_original=True)
    assert world.slack.history("C0PAY") == []


def test_replacing_an_ephemeral_message_keeps_it_so(world: World) -> None:
    args = {"channel": "C0PAY", "user": "U0ANA", "text": "x", "blocks": BUTTONS}
    ts = world.call("chat.postEphemeral", **args)["message_ts"]
    answer(world, of_button(world, ts), text="done", replace_original=True)
    assert (world.texts("U0ANA"), world.texts("U0BEN")) == (["done"], [])


@pytest.mark.parametrize("said", [{"text": ""}, {"blocks": [{"type": "nope"}]}])
def test_a_refused_answer_uses_nothing_up(world: World, said: dict[str, Any]) -> None:
    url = of_command(world)
    for _ in range(5):
        assert answer(world, url, **said).status_code == 400
    assert answer(world, url, text="x").status_code == 200


def test_what_is_no_json(world: World) -> None:
    assert world.request("POST", of_command(world), content=b"{").json()["error"] == "invalid_payload"


def test_they_work_where_the_bot_is_no_member(world: World) -> None:
    world.listener.reply = PlainTextResponse("")
    world.type_in("/slm status", channel="C0SHOP")
    answer(world, world.listener.form()["response_url"], text="here too")
    assert world.texts(channel="C0SHOP") == ["here too"]
