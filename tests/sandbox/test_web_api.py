from typing import Any

import pytest

from tests.sandbox.world import SEED, World

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}


@pytest.mark.parametrize(
    ("method", "headers", "error"),
    [
        pytest.param("auth.test", {}, "not_authed", id="no token"),
        pytest.param("auth.test", {"Authorization": "Bearer xoxb-other"}, "invalid_auth", id="another token"),
        pytest.param(
            "auth.test", {"Authorization": "Bearer xapp-app"}, "not_allowed_token_type", id="app token"
        ),
        pytest.param(
            "apps.connections.open", {"Authorization": "Bearer xoxb-bot"}, "not_allowed_token_type", id="bot"
        ),
        pytest.param(
            "files.upload", {"Authorization": "Bearer xoxb-bot"}, "unknown_method", id="unknown method"
        ),
    ],
)
def test_refused_calls(world: World, method: str, headers: dict[str, str], error: str) -> None:
    said = world.request("POST", f"/sandbox/api/{method}", headers=headers).json()
    assert (said["ok"], said["error"]) == (False, error)


@pytest.mark.parametrize("how", [{"params": {"token": "xoxb-bot"}}, {"data": {"token": "xoxb-bot"}}])
def test_the_token_may_be_an_argument(world: World, how: dict[str, Any]) -> None:
    assert world.request("POST", "/sandbox/api/auth.test", **how).json()["user_id"] == SEED.bot_user_id


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({"channel": "C0NONE", "text": "x"}, "channel_not_found", id="no such channel"),
        pytest.param({"channel": "C0SHOP", "text": "x"}, "not_in_channel", id="not a member"),
        pytest.param(
            {"channel": "G0SECRET", "text": "x"}, "channel_not_found", id="a private one stays unseen"
        ),
        pytest.param({"channel": "secret", "text": "x"}, "channel_not_found", id="by name too"),
        pytest.param({"channel": "C0OLD", "text": "x"}, "is_archived", id="archived"),
        pytest.param({"channel": "C0PAY"}, "no_text", id="nothing to say"),
        pytest.param({"channel": "C0PAY", "text": " ", "blocks": []}, "no_text", id="only spaces"),
        pytest.param({"channel": "C0PAY", "text": "x" * 40_001}, "msg_too_long", id="too long"),
        pytest.param(
            {"channel": "C0PAY", "blocks": "{"}, "invalid_blocks_format", id="blocks that are no JSON"
        ),
        pytest.param(
            {"channel": "C0PAY", "text": "x", "thread_ts": "1.000000"}, "thread_not_found", id="no thread"
        ),
        pytest.param(
            {"channel": "C0PAY", "text": "x", "metadata": {"event_type": "n"}},
            "invalid_metadata_format",
            id="m",
        ),
        pytest.param(
            {"channel": "C0PAY", "text": "x", "metadata": "no"}, "invalid_metadata_format", id="metadata text"
        ),
        pytest.param({"text": "x"}, "invalid_arguments", id="no channel"),
    ],
)
def test_refused_messages(world: World, args: dict[str, Any], error: str) -> None:
    world.slack.archive("C0OLD")
    assert world.call("chat.postMessage", **args)["error"] == error
    assert world.slack.history("C0PAY") == []


def test_invalid_blocks_are_named_with_their_limit(world: World) -> None:
    said = world.call(
        "chat.postMessage",
        channel="C0PAY",
        blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
    )
    assert said["error"] == "invalid_blocks"
    assert said["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize("name", ["C0PAY", "payments", "#payments"])
def test_a_channel_by_id_and_by_name(world: World, name: str) -> None:
    assert world.post(channel=name)["channel"] == "C0PAY"


def test_a_persons_id_leads_to_the_direct_conversation(world: World) -> None:
    assert world.post(channel="U0ANA")["channel"] == "D0ANA"
    assert world.texts(channel="D0ANA") == ["hello"]


def test_one_message_a_second_a_channel(world: World) -> None:
    args = {"channel": "C0PAY", "text": "x"}
    headers = {"Authorization": "Bearer xoxb-bot"}
    assert world.call("chat.postMessage", **args)["ok"]
    world.clock.forward(seconds=0.999)
    refused = world.request("POST", "/sandbox/api/chat.postMessage", json=args, headers=headers)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert refused.json() == {"ok": False, "error": "ratelimited"}
    assert world.call("chat.postMessage", channel="G0BOARD", text="another channel")["ok"]
    world.clock.forward(seconds=0.001)
    assert world.call("chat.postMessage", **args)["ok"]


def test_a_clock_set_back_silences_nobody(world: World) -> None:
    world.post()
    world.clock.forward(hours=-1)
    assert world.call("chat.postMessage", channel="C0PAY", text="x")["ok"]


def test_timestamps_grow_whatever_the_clock_does(world: World) -> None:
    first = world.post()["ts"]
    world.clock.forward(hours=-1)
    second = world.call("chat.postEphemeral", channel="C0PAY", user="U0ANA", text="x")["message_ts"]
    world.type_in("hello")
    times = [message.ts for message in world.slack.visible("C0PAY", "U0ANA")]
    assert times == sorted(set(times))
    assert times[:2] == [first, second]


def test_an_update_keeps_blocks_unless_told(world: World) -> None:
    ts = world.post(blocks=[SECTION])["ts"]
    world.clock.forward(minutes=1)
    changed = world.call("chat.update", channel="C0PAY", ts=ts, text="new")
    assert (changed["text"], len(changed["message"]["blocks"])) == ("new", 1)
    assert changed["message"]["edited"]["user"] == "UBOT"
    assert "blocks" not in world.call("chat.update", channel="C0PAY", ts=ts, text="new", blocks=[])["message"]


def test_updates_are_refused(world: World) -> None:
    ts = world.post()["ts"]
    world.type_in("mine")
    theirs = world.slack.visible("C0PAY", "U0ANA")[-1].ts
    whispered = world.call("chat.postEphemeral", channel="C0PAY", user="U0ANA", text="x")["message_ts"]
    assert world.call("chat.update", channel="C0PAY", ts="1.000000", text="x")["error"] == "message_not_found"
    assert world.call("chat.update", channel="C0PAY", ts=whispered, text="x")["error"] == "message_not_found"
    assert world.call("chat.update", channel="C0PAY", ts=theirs, text="x")["error"] == "cant_update_message"
    assert world.call("chat.delete", channel="C0PAY", ts=theirs)["error"] == "cant_delete_message"
    assert world.call("chat.update", channel="C0PAY", ts=ts, text="x" * 4_000)["ok"]
    assert world.call("chat.update", channel="C0PAY", ts=ts, text="x" * 4_001)["error"] == "msg_too_long"


def test_deleting(world: World) -> None:
    ts = world.post()["ts"]
    assert world.call("chat.delete", channel="C0PAY", ts=ts)["ok"]
    assert world.call("chat.delete", channel="C0PAY", ts=ts)["error"] == "message_not_found"


def test_metadata_only_when_asked_for(world: World) -> None:
    metadata = {"event_type": "notice", "event_payload": {"key": "digest:payments:2026-11-24"}}
    world.post(metadata=metadata)
    (without,) = world.call("conversations.history", channel="C0PAY")["messages"]
    (with_it,) = world.call("conversations.history", channel="C0PAY", include_all_metadata=True)["messages"]
    assert "metadata" not in without
    assert with_it["metadata"] == metadata


def test_history_is_paged_newest_first_and_bounded(world: World) -> None:
    ts = [world.post(text)["ts"] for text in ("one", "two", "three")]
    first = world.call("conversations.history", channel="C0PAY", limit=2)
    assert [one["text"] for one in first["messages"]] == ["three", "two"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = world.call("conversations.history", channel="C0PAY", limit=2, cursor=cursor)
    assert ([one["text"] for one in rest["messages"]], rest["has_more"]) == (["one"], False)
    between = {"oldest": ts[0], "latest": ts[2]}
    assert [
        m["text"] for m in world.call("conversations.history", channel="C0PAY", **between)["messages"]
    ] == ["two"]
    assert (
        len(world.call("conversations.history", channel="C0PAY", inclusive=True, **between)["messages"]) == 3
    )


def test_threads(world: World) -> None:
    parent = world.post("parent")["ts"]
    reply = world.post("reply", thread_ts=parent)["ts"]
    world.post("to a reply", thread_ts=reply)
    (shown,) = world.call("conversations.history", channel="C0PAY")["messages"]
    assert (shown["reply_count"], shown["reply_users"]) == (2, ["UBOT"])
    replies = world.call("conversations.replies", channel="C0PAY", ts=parent)["messages"]
    assert [one["text"] for one in replies] == ["parent", "reply", "to a reply"]
    assert world.call("conversations.replies", channel="C0PAY", ts="1.000000")["error"] == "thread_not_found"


def test_history_needs_membership(world: World) -> None:
    assert world.call("conversations.history", channel="C0SHOP")["error"] == "not_in_channel"
    assert world.call("conversations.history", channel="G0SECRET")["error"] == "channel_not_found"


def test_channels_are_listed_as_the_bot_sees_them(world: World) -> None:
    world.slack.archive("C0OLD")
    args = {"types": "public_channel,private_channel", "exclude_archived": True}
    first = world.call("conversations.list", limit=2, **args)
    rest = world.call("conversations.list", cursor=first["response_metadata"]["next_cursor"], **args)
    assert [one["name"] for one in first["channels"] + rest["channels"]] == ["payments", "shop", "board"]


def test_joining(world: World) -> None:
    assert world.call("conversations.join", channel="C0SHOP")["channel"]["is_member"]
    assert world.call("conversations.join", channel="C0SHOP")["warning"] == "already_in_channel"
    assert "UBOT" in world.call("conversations.members", channel="C0SHOP")["members"]
    error = world.call("conversations.join", channel="G0BOARD")["error"]
    assert error == "method_not_supported_for_channel_type"


def test_people(world: World) -> None:
    assert world.call("users.lookupByEmail", email="ANA@example.com")["user"]["id"] == "U0ANA"
    assert world.call("users.lookupByEmail", email="kim@retail.example")["error"] == "users_not_found"
    assert world.call("users.info", user="U0KIM")["user"]["team_id"] == "T0RETAIL"
    assert [one["name"] for one in world.call("users.list")["members"]] == ["ana", "ben", "steward"]
    assert world.call("usergroups.list", include_users=True)["usergroups"][0]["users"] == ["U0ANA"]
    assert world.call("usergroups.users.list", usergroup="S0CALL")["users"] == ["U0ANA"]


def test_links_lead_to_the_page(world: World) -> None:
    ts = world.post()["ts"]
    link = world.call("chat.getPermalink", channel="C0PAY", message_ts=ts)["permalink"]
    assert link == f"http://127.0.0.1:3000/archives/C0PAY/p{ts.replace('.', '')}"
    assert world.request("GET", link).status_code == 200


def test_what_else_is_known(world: World) -> None:
    assert world.call("team.info")["team"]["name"] == "Larkspur"
    assert world.call("bots.info", bot="BBOT")["bot"]["user_id"] == "UBOT"
    assert world.call("conversations.open", users="U0BEN")["channel"]["id"] == "D0BEN"
    assert world.call("conversations.info", channel="D0BEN")["channel"]["is_im"]
    assert world.call("api.test", error="oops")["error"] == "oops"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({"limit": 0}, "invalid_limit", id="limit of nothing"),
        pytest.param({"limit": "many"}, "invalid_limit", id="limit in words"),
        pytest.param({"cursor": "!"}, "invalid_cursor", id="cursor"),
        pytest.param({"oldest": "noon"}, "invalid_ts_oldest", id="oldest"),
    ],
)
def test_refused_readings(world: World, args: dict[str, Any], error: str) -> None:
    assert world.call("conversations.history", channel="C0PAY", **args)["error"] == error


@pytest.mark.parametrize(("content", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_bodies_that_are_no_objects(world: World, content: bytes, error: str) -> None:
    headers = {"Authorization": "Bearer xoxb-bot", "Content-Type": "application/json; charset=utf-8"}
    assert (
        world.request("POST", "/sandbox/api/auth.test", content=content, headers=headers).json()["error"]
        == error
    )


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        pytest.param(
            "chat.postEphemeral",
            {"channel": "C0PAY", "user": "U0BEN", "text": "x"},
            "user_not_in_channel",
            id="e",
        ),
        pytest.param(
            "chat.postMessage", {"channel": "C0PAY", "text": 5}, "invalid_arguments", id="text that is none"
        ),
        pytest.param(
            "chat.postMessage",
            {"channel": "C0PAY", "attachments": [{}]},
            "invalid_attachments",
            id="attachments",
        ),
        pytest.param(
            "chat.getPermalink",
            {"channel": "C0PAY", "message_ts": "1.000000"},
            "message_not_found",
            id="link",
        ),
        pytest.param("bots.info", {"bot": "BNONE"}, "bot_not_found", id="bot"),
        pytest.param("users.info", {"user": "U0NONE"}, "user_not_found", id="user"),
        pytest.param("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam", id="group"),
        pytest.param("conversations.list", {"types": "all"}, "invalid_types", id="types"),
        pytest.param("conversations.open", {"users": "U0ANA,U0BEN"}, "too_many_users", id="two people"),
        pytest.param("conversations.open", {"users": "U0NONE"}, "user_not_found", id="nobody"),
        pytest.param("conversations.join", {"channel": "C0OLD"}, "is_archived", id="archived"),
    ],
)
def test_other_refusals(world: World, method: str, args: dict[str, Any], error: str) -> None:
    world.slack.archive("C0OLD")
    assert world.call(method, **args)["error"] == error


def test_a_reply_may_stand_in_the_channel_too(world: World) -> None:
    parent = world.post("parent")["ts"]
    world.post("also here", thread_ts=parent, reply_broadcast=True)
    texts = [one["text"] for one in world.call("conversations.history", channel="C0PAY")["messages"]]
    assert texts == ["also here", "parent"]


def test_a_channel_with_outsiders_is_shared(world: World) -> None:
    assert not world.call("conversations.info", channel="C0PAY")["channel"]["is_ext_shared"]
    world.slack.join("C0PAY", "U0KIM")
    assert world.call("conversations.info", channel="C0PAY")["channel"]["is_ext_shared"]
