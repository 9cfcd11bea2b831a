"""What messages may carry, and who may change them when."""

from typing import Any

import pytest

from tests.sandbox.world import World


def told(**payload: Any) -> dict[str, Any]:
    return {"event_type": "steward_notice", "event_payload": payload}


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        pytest.param({"event_type": "x"}, "invalid_metadata_format", id="no payload"),
        pytest.param({"event_payload": {}}, "invalid_metadata_format", id="no type"),
        pytest.param({**told(), "event_type": ""}, "invalid_metadata_format", id="an empty type"),
        pytest.param({**told(), "event_type": "a b"}, "invalid_metadata_format", id="a type of words"),
        pytest.param({**told(), "event_type": "x" * 256}, "invalid_metadata_format", id="a long type"),
        pytest.param({**told(), "more": 1}, "invalid_metadata_format", id="a field too many"),
        pytest.param(told(key=None), "invalid_metadata_format", id="nothing for a value"),
        pytest.param(told(a={"b": {"c": 1}}), "invalid_metadata_format", id="nested too deep"),
        pytest.param(told(a=[["b"]]), "invalid_metadata_format", id="a list in a list"),
        pytest.param(told(key="x" * 16_000), "metadata_too_large", id="too large"),
        pytest.param("{", "invalid_metadata_format", id="no JSON"),
    ],
)
def test_refused_metadata(world: World, metadata: Any, error: str) -> None:
    ts = world.post()["ts"]
    assert world.post(metadata=metadata)["error"] == error
    assert world.call("chat.update", channel="C0PAY", ts=ts, text="x", metadata=metadata)["error"] == error
    assert world.texts() == ["hello"]


@pytest.mark.parametrize(
    "payload",
    [{}, {"key": "k", "n": 1, "share": 0.5, "on": True}, {"a": {"b": "c"}}, {"a": ["b"], "c": [{"d": 1}]}],
)
def test_metadata_that_slack_takes(world: World, payload: dict[str, Any]) -> None:
    ts = world.post(metadata=told(**payload))["ts"]
    for method, args in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
        (without,) = world.call(method, channel="C0PAY", **args)["messages"]
        assert "metadata" not in without
        (said,) = world.call(method, channel="C0PAY", include_all_metadata=True, **args)["messages"]
        assert said["metadata"] == told(**payload)


def test_an_update_keeps_metadata_unless_given_anew(world: World) -> None:
    ts = world.post(metadata=told(key="a"))["ts"]
    changed = world.call("chat.update", channel="C0PAY", ts=ts, text="x")
    assert changed["message"]["metadata"] == told(key="a")
    changed = world.call("chat.update", channel="C0PAY", ts=ts, text="x", metadata=told(key="b"))
    assert changed["message"]["metadata"] == told(key="b")


@pytest.mark.parametrize("method", ["chat.update", "chat.delete"])
@pytest.mark.parametrize("happens", ["deleted", "archived", "removed", "hidden", "elsewhere"])
def test_what_can_no_longer_be_changed(world: World, method: str, happens: str) -> None:
    channel = "G0BOARD" if happens == "hidden" else "C0PAY"
    ts = world.post(channel=channel)["ts"]
    asked = "C0NONE" if happens == "elsewhere" else channel
    if happens == "deleted":
        world.call("chat.delete", channel=channel, ts=ts)
    elif happens == "archived":
        world.desk.states.archive(channel)
    elif happens in {"removed", "hidden"}:
        world.desk.states.remove_bot(channel)
    errors = {
        "deleted": "message_not_found",
        "archived": "is_archived",
        "removed": "not_in_channel",
        "hidden": "channel_not_found",
        "elsewhere": "channel_not_found",
    }
    assert world.call(method, channel=asked, ts=ts, text="x")["error"] == errors[happens]


@pytest.mark.parametrize(
    ("scopes", "channel", "error"),
    [
        pytest.param(("chat:write",), "C0SHOP", "not_in_channel", id="only where it is"),
        pytest.param(("chat:write", "chat:write.public"), "C0SHOP", None, id="in any public channel"),
        pytest.param(
            ("chat:write", "chat:write.public"), "G0SECRET", "channel_not_found", id="in no private one"
        ),
    ],
)
def test_speaking_where_one_is_not(scopes: tuple[str, ...], channel: str, error: str | None) -> None:
    world = World(scopes=scopes)
    try:
        assert world.post(channel=channel).get("error") == error
    finally:
        world.slack.close()
