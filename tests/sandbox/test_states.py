"""What is done to the app behind its back, by HTTP."""

from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from sandbox.methods import METHODS, WITH_APP_TOKEN, WITHOUT_TOKEN
from tests.sandbox.world import World


def act(world: World, name: str, **given: Any) -> dict[str, Any]:
    answer = world.request("POST", f"/sandbox/faults/{name}", json=given)
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["ok"]) in {(200, True), (400, False)}
    return told


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
@pytest.mark.parametrize("method", sorted(set(METHODS) - WITH_APP_TOKEN - WITHOUT_TOKEN))
def test_a_revoked_token_opens_nothing(world: World, method: str, error: str) -> None:
    assert act(world, "revoke-token", error=error)["token_revoked"] == error
    assert world.call(method)["error"] == error
    assert act(world, "restore-token")["token_revoked"] == ""
    assert world.call(method).get("error") != error


def test_revoked_unless_said_otherwise(world: World) -> None:
    assert act(world, "revoke-token")["token_revoked"] == "token_revoked"


def test_archived_and_back(world: World) -> None:
    assert act(world, "archive", channel="C0PAY")["archived"] == ["C0PAY"]
    assert world.post()["error"] == "is_archived"
    assert act(world, "unarchive", channel="#payments")["archived"] == []
    assert world.post()["ok"]


def test_restricted_to_administrators_and_back(world: World) -> None:
    assert act(world, "restrict", channel="payments")["restricted"] == ["C0PAY"]
    assert world.post()["error"] == "restricted_action"
    said = world.call("chat.postEphemeral", channel="C0PAY", user="U0ANA", text="x")
    assert said["error"] == "restricted_action"
    assert world.post(channel="G0BOARD")["ok"]
    assert act(world, "unrestrict", channel="payments")["restricted"] == []
    assert world.post()["ok"]


def test_the_bot_is_removed_and_invited(world: World) -> None:
    assert act(world, "remove-bot", channel="payments")["bot_absent"] == ["C0PAY", "C0SHOP", "G0SECRET"]
    assert world.post()["error"] == "not_in_channel"
    assert act(world, "remove-bot", channel="G0BOARD")["ok"]
    assert world.post(channel="G0BOARD")["error"] == "channel_not_found"
    assert world.listener.requests == []
    assert act(world, "invite-bot", channel="C0PAY")["bot_absent"] == ["C0SHOP", "G0SECRET", "G0BOARD"]
    assert world.listener.event()["event"]["type"] == "member_joined_channel"
    assert world.listener.event()["event"]["user"] == "UBOT"
    assert world.post()["ok"]


def test_an_invited_bot_is_not_told_twice(world: World) -> None:
    act(world, "invite-bot", channel="C0PAY")
    assert world.listener.requests == []


@pytest.mark.parametrize("error", ["paid_teams_only", "plan_upgrade_required"])
def test_free_plans_have_no_user_groups(world: World, error: str) -> None:
    assert act(world, "free-plan", error=error)["plan_refusal"] == error
    assert world.call("usergroups.list")["error"] == error
    assert world.call("usergroups.users.list", usergroup="S0CALL")["error"] == error
    act(world, "paid-plan")
    assert world.call("usergroups.list")["ok"]


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        pytest.param("archive", {}, 'Say which, as in {"channel": "C0123"}.', id="nothing"),
        pytest.param("archive", {"channel": "C0NONE"}, "There is no channel 'C0NONE'.", id="no such channel"),
        pytest.param("archive", {"channel": 5}, "What is given must be text.", id="a number"),
        pytest.param("archive", {"chanel": "C0PAY"}, "Nothing called 'chanel' is known here.", id="a slip"),
        pytest.param("restore-token", {"error": "x"}, "Nothing called 'error' is known here.", id="too much"),
        pytest.param(
            "free-plan",
            {"error": "x"},
            "It must be one of paid_teams_only, plan_upgrade_required, not 'x'.",
            id="an error that Slack has not",
        ),
        pytest.param(
            "disconnect-sockets",
            {"reason": "x"},
            "It must be one of refresh_requested, warning, link_disabled, not 'x'.",
            id="a reason that Slack has not",
        ),
    ],
)
def test_what_is_refused(world: World, name: str, given: dict[str, Any], sentence: str) -> None:
    assert act(world, name, **given) == {"ok": False, "error": sentence}


def test_other_sites_cannot_act(world: World) -> None:
    headers = {"Origin": "http://evil.example"}
    assert world.request("POST", "/sandbox/faults/revoke-token", json={}, headers=headers).status_code == 403
    assert world.request("POST", "/sandbox/faults/revoke-token", data={"error": "x"}).status_code == 415
    assert world.call("auth.test")["ok"]


def test_an_app_that_does_not_hear_of_its_invitation(world: World) -> None:
    world.listener.reply = PlainTextResponse("", 500)
    assert act(world, "invite-bot", channel="C0SHOP")["bot_absent"] == ["G0SECRET"]
