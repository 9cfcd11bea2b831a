import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.gallery import Entry, Gallery
from sandbox.page import Extras
from sandbox.slack import SandboxSlack
from tests.sandbox.world import BASE, MANIFEST, NOON, SEED, World

STATIC = Path(__file__).parents[2] / "sandbox" / "static"


def state(world: World, user: str) -> dict[str, Any]:
    shown: dict[str, Any] = world.request("GET", "/sandbox/page/state", params={"user": user}).json()
    return shown


def messages(world: World, user: str, channel: str = "C0PAY") -> list[dict[str, Any]]:
    params = {"user": user, "channel": channel}
    shown: list[dict[str, Any]] = world.request("GET", "/sandbox/page/messages", params=params).json()[
        "messages"
    ]
    return shown


def test_the_page_and_all_its_parts_are_there(world: World) -> None:
    page = world.request("GET", "/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in (
        "app.js",
        "layout.css",
        "colours.css",
        "panels.css",
        "icon.svg",
        "gallery.js",
        "gallery.css",
    ):
        assert world.request("GET", f"/sandbox/static/{name}").status_code == 200


def test_no_data_ever_becomes_markup() -> None:
    for script in STATIC.glob("*.js"):
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script.read_text(), script.name


def test_private_channels_are_for_their_members(world: World) -> None:
    assert "secret" in [one["name"] for one in state(world, "U0ANA")["channels"]]
    assert "secret" not in [one["name"] for one in state(world, "U0BEN")["channels"]]
    refused = world.request("GET", "/sandbox/page/messages", params={"user": "U0BEN", "channel": "G0SECRET"})
    assert refused.status_code == 404


def test_commands_are_offered_from_the_manifest(world: World) -> None:
    assert [one["command"] for one in state(world, "")["commands"]] == ["/slm", "/invite"]


def test_ephemeral_messages_are_shown_to_their_person_only(world: World) -> None:
    world.call("chat.postEphemeral", channel="C0PAY", user="U0ANA", text="psst")
    assert [(one["text"], one["ephemeral"]) for one in messages(world, "U0ANA")] == [("psst", True)]
    assert messages(world, "U0BEN") == []


def test_sending_joining_and_refusals(world: World) -> None:
    def post(what: str, **body: str) -> dict[str, Any]:
        said: dict[str, Any] = world.request("POST", f"/sandbox/page/{what}", json=body).json()
        return said

    ben = {"user": "U0BEN", "channel": "C0PAY"}
    assert post("send", **ben, text="hello") == {"ok": False, "error": "not_in_channel"}
    assert post("join", **ben) == {"ok": True}
    assert post("send", **ben, text="hello") == {"ok": True}
    assert post("send", **ben, text=" ")["error"] == "no_text"
    assert post("press", **ben, ts="1.000000", block_id="b", action_id="a")["error"] == "message_not_found"
    assert post("join", user="U0BEN", channel="G0SECRET")["error"] == "channel_not_found"
    assert [one["text"] for one in messages(world, "U0ANA")] == ["hello"]


def move(world: World, **to: object) -> dict[str, Any]:
    said: dict[str, Any] = world.request("POST", "/sandbox/page/clock", json=to).json()
    return said


def test_the_clock_moves_forward(world: World) -> None:
    assert state(world, "U0ANA")["now"] == NOON.isoformat()
    assert move(world, by_seconds=3600) == {"ok": True}
    assert move(world, to="2026-11-25T09:00:00+01:00") == {"ok": True}
    shown = state(world, "U0ANA")
    assert shown["now"] == "2026-11-25T08:00:00+00:00"
    assert shown["ahead"] == timedelta(hours=20).total_seconds()
    assert shown["timezone"] == "UTC"


@pytest.mark.parametrize(
    "to",
    [
        {},
        {"to": "tomorrow"},
        {"to": "2026-11-25T09:00:00"},
        {"to": "2026-11-23T09:00:00+01:00"},
        {"to": None},
        {"by_seconds": -1},
        {"by_seconds": "soon"},
        {"by_seconds": "nan"},
        {"by_seconds": 1e300},
        {"by_seconds": None},
    ],
)
def test_the_clock_moves_nowhere_else(world: World, to: dict[str, object]) -> None:
    said = move(world, **to)
    assert not said["ok"]
    assert said["error"].startswith("invalid_clock: ")
    assert world.slack.clock() == NOON


def test_an_edited_message_says_when(world: World) -> None:
    ts = world.post("first")["ts"]
    world.clock.forward(minutes=5)
    world.call("chat.update", channel="C0PAY", ts=ts, text="second")
    [shown] = messages(world, "U0ANA")
    assert float(shown["edited"]) == world.clock().timestamp()
    assert messages(world, "U0ANA")[0]["text"] == "second"
    world.post("third")
    assert [one["edited"] for one in messages(world, "U0ANA")][1:] == [None]


def test_without_messages_to_show_there_is_no_gallery(world: World) -> None:
    assert not state(world, "U0ANA")["has_gallery"]
    assert world.request("GET", "/sandbox/gallery").status_code == 404


def test_the_gallery_shows_what_it_is_given() -> None:
    entry = Entry("Digest", "empty", "nothing", [{"type": "divider"}])
    slack = SandboxSlack(SEED, path=None, clock=lambda: NOON)
    extras = Extras(Gallery(lambda: [entry]))
    app = create_app(slack, events_url="http://127.0.0.1:9/", manifest=MANIFEST, extras=extras)

    async def look() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return [await client.get(path) for path in ("/sandbox/gallery", "/sandbox/page/gallery")]

    page, shown = asyncio.run(look())
    slack.close()
    assert "gallery.js" in page.text
    assert shown.json() == [
        {"group": "Digest", "title": "empty", "text": "nothing", "blocks": [{"type": "divider"}]}
    ]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        pytest.param({"content": b"{}"}, 415, id="no JSON announced"),
        pytest.param({"data": {"user": "U0ANA"}}, 415, id="a form"),
        pytest.param({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, id="broken"),
        pytest.param({"json": []}, 400, id="a list"),
    ],
)
def test_only_json_objects_act(world: World, options: dict[str, Any], status: int) -> None:
    assert world.request("POST", "/sandbox/page/send", **options).status_code == status


def test_news_are_answered_at_once(world: World) -> None:
    version = state(world, "U0ANA")["version"]
    world.post()
    answer = world.request("GET", "/sandbox/page/changes", params={"since": version}).json()
    assert answer["version"] > version


def test_news_that_come_while_waiting(world: World) -> None:
    async def wait_and_post() -> int:
        changes = world.slack.changes
        waiting = asyncio.create_task(changes.after(changes.version, at_most=60))
        await asyncio.sleep(0)
        world.slack.archive("C0OLD")
        return await waiting

    assert asyncio.run(wait_and_post()) == world.slack.changes.version


def test_a_stopping_server_lets_the_pages_go(world: World) -> None:
    async def wait_and_stop() -> int:
        changes = world.slack.changes
        waiting = asyncio.create_task(changes.after(changes.version, at_most=60))
        await asyncio.sleep(0)
        changes.stop()
        return await waiting

    assert asyncio.run(wait_and_stop()) == world.slack.changes.version


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:3000", "localhost:3000", "[::1]:3000"])
def test_hosts_of_this_machine(world: World, host: str) -> None:
    assert world.request("GET", "/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7:3000", "", "[", "localhost.x"]
)
@pytest.mark.parametrize("path", ["/", "/sandbox/page/state", "/sandbox/api/auth.test"])
def test_other_hosts(world: World, host: str, path: str) -> None:
    assert world.request("GET", path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://127.0.0.1:4000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_origins_cannot_act(world: World, headers: dict[str, str]) -> None:
    body = {"user": "U0ANA", "channel": "C0PAY", "text": "x"}
    assert world.request("POST", "/sandbox/page/send", json=body, headers=headers).status_code == 403
    assert world.texts() == []


def test_the_pages_own_requests_and_links_from_elsewhere(world: World) -> None:
    own = {"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "same-origin"}
    body = {"user": "U0ANA", "channel": "C0PAY", "text": "x"}
    assert world.request("POST", "/sandbox/page/send", json=body, headers=own).json() == {"ok": True}
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert world.request("GET", "/", headers=link).status_code == 200
    posting = "/sandbox/api/chat.postMessage?channel=C0PAY&text=forged"
    assert world.request("GET", posting, headers=link).status_code == 403


def test_a_number_of_thousands_of_digits_is_none(world: World) -> None:
    answer = world.request("GET", f"/sandbox/page/changes?since={'9' * 5000}")
    assert answer.status_code == 200
