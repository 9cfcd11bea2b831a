"""People of another workspace in a channel, and an app with the scopes of its manifest only."""

import asyncio

import pytest

from messages.asking import ask_button
from messages.blocks import actions
from sandbox.buttons import Press
from sandbox.place import Place
from tests.sandbox.world import BASE, SEED, World


@pytest.fixture
def shared(world: World) -> World:
    """Kim of another workspace reads along in #payments."""
    world.slack.join("C0PAY", "U0KIM")
    return world


def flags(world: World, channel: str) -> dict[str, bool]:
    described = world.call("conversations.info", channel=channel)["channel"]
    return {name: described[name] for name in described if "shared" in name}


def test_a_channel_says_who_shares_it(shared: World) -> None:
    ours = {
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
    }
    assert flags(shared, "C0SHOP") == ours
    assert flags(shared, "C0PAY") == {**ours, "is_shared": True, "is_ext_shared": True}


def test_an_event_says_whose_person_spoke(shared: World) -> None:
    shared.type_in("@steward status", user="U0KIM")
    told = shared.listener.event()
    assert told["is_ext_shared_channel"] is True
    assert told["team_id"] == "T0HOME"
    assert told["event"]["user_team"] == told["event"]["team"] == "T0RETAIL"


def test_commands_are_not_for_people_of_another_workspace(shared: World) -> None:
    shared.type_in("/slm status", user="U0KIM")
    [said] = shared.slack.ephemeral("C0PAY", "U0KIM")
    assert said.body["text"] == "/slm is only for people of Larkspur."
    assert shared.listener.requests == []
    shown = shared.request("GET", "/sandbox/page/state", params={"user": "U0KIM"}).json()
    assert shown["commands"] == []
    assert [one["is_shared"] for one in shown["channels"] if one["id"] == "C0PAY"] == [True]


def test_among_ourselves_no_event_speaks_of_others(world: World) -> None:
    world.type_in("@steward status")
    assert world.listener.event()["is_ext_shared_channel"] is False
    assert "user_team" not in world.listener.event()["event"]


def test_a_private_channel_is_of_type_g(world: World) -> None:
    world.slack.leave("G0BOARD", "UBOT")
    asyncio.run(world.desk.type_in(Place("U0ANA", "G0BOARD"), "/invite @steward"))
    assert world.listener.event()["event"]["channel_type"] == "G"


def test_a_private_channels_name_is_told_to_nobody_who_asks_there(world: World) -> None:
    buttons = [ask_button("Ask", "status")]
    world.type_in("/slm status", channel="G0BOARD")
    assert world.listener.form()["channel_name"] == "privategroup"
    ts = world.post(channel="G0BOARD", blocks=[{**actions(*buttons), "block_id": "row"}])["ts"]
    pressed = Press(ts, "row", buttons[0]["action_id"])
    asyncio.run(world.desk.press(Place("U0ANA", "G0BOARD"), pressed))
    assert world.listener.payload()["channel"] == {"id": "G0BOARD", "name": "privategroup"}
    assert world.call("conversations.info", channel="G0BOARD")["channel"]["name"] == "board"


def test_where_scopes_are_not_enforced_the_token_may_all(world: World) -> None:
    answer = world.request(
        "POST", "/sandbox/api/users.list", headers={"Authorization": f"Bearer {SEED.bot_token}"}
    )
    assert "x-oauth-scopes" not in answer.headers
    assert answer.json()["ok"]


@pytest.mark.parametrize(
    ("method", "error"),
    [("auth.test", None), ("conversations.list", None), ("users.list", "missing_scope")],
)
def test_where_they_are_it_may_what_the_manifest_asks_for(method: str, error: str | None) -> None:
    world = World(scopes=("chat:write", "channels:read"))
    try:
        answer = world.request(
            "POST", f"{BASE}/sandbox/api/{method}", headers={"Authorization": "Bearer xoxb-bot"}
        )
    finally:
        world.slack.close()
    assert answer.headers["x-oauth-scopes"] == "channels:read,chat:write"
    assert answer.json().get("error") == error
    if error:
        assert answer.json()["needed"] == "users:read"


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        pytest.param("conversations.info", {"channel": "C0PAY"}, None, id="a public channel"),
        pytest.param("conversations.info", {"channel": "G0BOARD"}, "groups:read", id="a private one"),
        pytest.param("conversations.members", {"channel": "G0BOARD"}, "groups:read", id="its members"),
        pytest.param("conversations.history", {"channel": "C0PAY"}, None, id="what was said"),
        pytest.param("conversations.history", {"channel": "G0BOARD"}, "groups:history", id="in private"),
        pytest.param("conversations.replies", {"channel": "D0ANA", "ts": "1.0"}, "im:history", id="directly"),
        pytest.param("conversations.list", {"types": "public_channel"}, None, id="the public ones"),
        pytest.param(
            "conversations.list", {"types": "public_channel,private_channel"}, "groups:read", id="all of them"
        ),
    ],
)
def test_each_kind_of_channel_has_a_scope_of_its_own(
    method: str, args: dict[str, str], needed: str | None
) -> None:
    world = World(scopes=("channels:read", "channels:history"))
    world.slack.open_direct("U0ANA")
    try:
        said = world.call(method, **args)
        assert (said.get("error"), said.get("needed")) == (needed and "missing_scope", needed)
    finally:
        world.slack.close()
