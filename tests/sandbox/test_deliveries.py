import asyncio
import hashlib
import hmac

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from sandbox.buttons import Press
from sandbox.courier import DeliveryFailed
from sandbox.errors import SlackError
from sandbox.place import Place
from sandbox.signing import signature_headers
from tests.sandbox.world import NOON, SECRET, World

BUTTONS = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {
                "type": "button",
                "action_id": "ack",
                "value": "ack x@4",
                "text": {"type": "plain_text", "text": "Ack"},
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": [{"text": {"type": "plain_text", "text": "Explain"}, "value": "explain x@4"}],
            },
        ],
    }
]


def test_signature_is_slacks() -> None:
    expected = hmac.new(SECRET.encode(), b"v0:1795521600:a=b", hashlib.sha256).hexdigest()
    assert signature_headers(SECRET, b"a=b", at=NOON) == {
        "X-Slack-Request-Timestamp": "1795521600",
        "X-Slack-Signature": f"v0={expected}",
    }


def test_a_command_goes_out_signed_with_slacks_fields(world: World) -> None:
    world.type_in("/slm status  check")
    headers, body = world.listener.requests[0]
    at = world.clock()
    assert signature_headers(SECRET, body, at=at)["X-Slack-Signature"] == headers["x-slack-signature"]
    form = world.listener.form()
    assert (form["command"], form["text"]) == ("/slm", "status  check")
    assert (form["channel_id"], form["channel_name"], form["user_id"]) == ("C0PAY", "payments", "U0ANA")
    assert form["is_enterprise_install"] == "false"
    assert form["response_url"].startswith("http://127.0.0.1:3000/sandbox/response/")
    assert form["trigger_id"]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("who @ben", "who <@U0BEN|ben>"),
        ("status #shop", "status <#C0SHOP|shop>"),
        ("ask @oncall", "ask <!subteam^S0CALL|@oncall>"),
        ("a<b & c@ben.example", "a&lt;b &amp; c@ben.example"),
        ("@nobody", "@nobody"),
        ("<!channel>", "&lt;!channel&gt;"),
    ],
)
def test_mentions_become_references(world: World, typed: str, sent: str) -> None:
    world.type_in(f"/slm {typed}")
    assert world.listener.form()["text"] == sent


def test_a_text_answer_is_for_one_person_only(world: World) -> None:
    world.listener.reply = PlainTextResponse("all met")
    world.slack.join("C0PAY", "U0BEN")
    world.type_in("/slm")
    assert world.texts("U0ANA") == ["all met"]
    assert world.texts("U0BEN") == []
    assert world.call("conversations.history", channel="C0PAY")["messages"] == []


def test_an_answer_in_the_channel_is_for_all(world: World) -> None:
    world.listener.reply = JSONResponse({"response_type": "in_channel", "text": "all met"})
    world.type_in("/slm")
    assert world.texts("U0BEN") == ["all met"]


def test_an_empty_answer_says_nothing(world: World) -> None:
    world.type_in("/slm")
    assert world.texts() == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(PlainTextResponse("no", 404), "http_client_error", id="404"),
        pytest.param(PlainTextResponse("no", 500), "http_service_error", id="500"),
        pytest.param(
            JSONResponse({"blocks": [{"type": "nope"}]}), "invalid_blocks", id="blocks that Slack refuses"
        ),
    ],
)
def test_a_bad_answer_is_said_as_slack_says_it(world: World, reply: httpx.Response, error: str) -> None:
    world.listener.reply = reply  # type: ignore[assignment]
    world.type_in("/slm status")
    (said,) = world.texts()
    assert said.startswith(f'/slm failed with the error "{error}')


def test_no_answer_in_time(world: World) -> None:
    world.listener.before = asyncio.Event().wait
    world.type_in("/slm status")
    assert world.texts() == ['/slm failed with the error "operation_timeout"']


def test_an_unknown_command(world: World) -> None:
    world.type_in("/foo bar")
    assert world.texts() == ["/foo is not a valid command. Known here: `/slm`, `/invite`."]
    assert world.listener.requests == []


def test_no_commands_in_threads(world: World) -> None:
    ts = world.post()["ts"]
    asyncio.run(world.desk.type_in(Place("U0ANA", "C0PAY", ts), "/slm status"))
    assert world.texts()[-1] == "/slm is not supported in threads. Sorry!"


@pytest.mark.parametrize(
    ("user", "channel", "error"),
    [
        ("U0BEN", "C0PAY", "not_in_channel"),
        ("U0BEN", "G0SECRET", "channel_not_found"),
        ("U0X", "C0PAY", "user_not_found"),
    ],
)
def test_who_is_not_there_cannot_write(world: World, user: str, channel: str, error: str) -> None:
    with pytest.raises(SlackError, match=error):
        world.type_in("hello", user=user, channel=channel)


def test_a_mention_reaches_the_app(world: World) -> None:
    world.type_in("@steward status, please & thanks")
    event = world.listener.event()
    assert event["event"]["type"] == "app_mention"
    assert event["event"]["text"] == "<@UBOT> status, please &amp; thanks"
    assert event["event_id"].startswith("Ev")


def test_a_mention_where_the_app_is_not(world: World) -> None:
    world.type_in("@steward status", channel="C0SHOP")
    assert world.listener.requests == []


def test_inviting_the_bot(world: World) -> None:
    world.type_in("/invite @steward", channel="C0SHOP")
    assert world.listener.event()["event"] == {
        "type": "member_joined_channel",
        "user": "UBOT",
        "channel": "C0SHOP",
        "channel_type": "C",
        "team": "T0HOME",
        "event_ts": "1795521600.000000",
        "inviter": "U0ANA",
    }
    assert world.post(channel="C0SHOP")["ok"]


def test_the_address_is_verified_by_a_challenge(world: World) -> None:
    world.listener.reply = JSONResponse({"challenge": "3eZb"})
    assert asyncio.run(world.desk.courier.verify_url("3eZb"))
    assert not asyncio.run(world.desk.courier.verify_url("other"))


def press(world: World, ts: str, action: str, option: str | None = None) -> None:
    asyncio.run(world.desk.press(Place("U0ANA", "C0PAY"), Press(ts, "row", action, option)))


def test_a_button(world: World) -> None:
    ts = world.post(blocks=BUTTONS)["ts"]
    press(world, ts, "ack")
    payload = world.listener.payload()
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "U0ANA"
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0PAY",
        "is_ephemeral": False,
    }
    assert payload["actions"][0]["value"] == "ack x@4"
    assert payload["message"]["ts"] == ts


def test_a_menu_entry(world: World) -> None:
    ts = world.post(blocks=BUTTONS)["ts"]
    press(world, ts, "more", "explain x@4")
    assert world.listener.payload()["actions"][0]["selected_option"]["value"] == "explain x@4"
    with pytest.raises(SlackError, match="no_such_option"):
        press(world, ts, "more", "forged")


def test_an_ephemeral_button_carries_no_message(world: World) -> None:
    args = {"channel": "C0PAY", "user": "U0ANA", "text": "x", "blocks": BUTTONS}
    press(world, world.call("chat.postEphemeral", **args)["message_ts"], "ack")
    assert "message" not in world.listener.payload()
    assert world.listener.payload()["container"]["is_ephemeral"]


def test_buttons_that_are_not_there(world: World) -> None:
    args = {"channel": "C0PAY", "user": "U0ANA", "text": "x", "blocks": BUTTONS}
    whispered = world.call("chat.postEphemeral", **args)["message_ts"]
    with pytest.raises(SlackError, match="no_such_action"):
        press(world, whispered, "other")
    with pytest.raises(SlackError, match="message_not_found"):
        asyncio.run(world.desk.press(Place("U0BEN", "C0PAY"), Press(whispered, "row", "ack")))


def test_a_failing_button_says_so(world: World) -> None:
    ts = world.post(blocks=BUTTONS)["ts"]
    world.listener.reply = PlainTextResponse("", 500)
    with pytest.raises(DeliveryFailed, match="http_service_error"):
        press(world, ts, "ack")


def test_an_app_that_cannot_be_reached(world: World) -> None:
    async def refuse() -> None:
        raise httpx.ConnectError("refused")

    world.listener.before = refuse
    world.type_in("/slm status")
    assert world.texts() == ['/slm failed with the error "dispatch_failed"']


def test_inviting_nobody(world: World) -> None:
    world.type_in("/invite @nobody")
    assert world.texts() == ["Whom? Type for example `/invite @steward`."]


def test_events_that_nobody_subscribed_to_stay(world: World) -> None:
    world.slack.open_direct("U0ANA")
    world.type_in("hello", channel="D0ANA")
    assert world.listener.requests == []


def test_a_mention_in_a_thread_says_which(world: World) -> None:
    ts = world.post()["ts"]
    asyncio.run(world.desk.type_in(Place("U0ANA", "C0PAY", ts), "@steward status"))
    assert world.listener.event()["event"]["thread_ts"] == ts
