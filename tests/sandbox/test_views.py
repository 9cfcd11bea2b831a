"""Modals and homes, and the trigger ids that open them."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.buttons import Press
from sandbox.errors import SlackError
from sandbox.place import Place
from sandbox.triggers import REMEMBERED
from tests.sandbox.test_deliveries import BUTTONS
from tests.sandbox.world import BASE, SEED, World


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


SECTION = {"type": "section", "text": plain("loading")}
INPUT = {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input", "action_id": "why"}}
MODAL = {"type": "modal", "title": plain("Dispute"), "blocks": [SECTION]}
HOME = {"type": "home", "blocks": [SECTION]}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
CHART = {
    "type": "data_visualization",
    "title": "x",
    "chart": {"type": "pie", "segments": [{"label": "x", "value": 1}]},
}
MARKDOWN = {"type": "markdown", "text": "x"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}


def trigger(world: World, user: str = "U0ANA") -> str:
    return world.slack.triggers.fresh(user)


def opened(world: World, **more: Any) -> dict[str, Any]:
    view: dict[str, Any] = world.call("views.open", trigger_id=trigger(world), view={**MODAL, **more})["view"]
    return view


def test_every_command_and_button_has_a_fresh_trigger(world: World) -> None:
    world.type_in("/slm")
    world.type_in("/slm")
    ts = world.post(blocks=BUTTONS)["ts"]
    asyncio.run(world.desk.press(Place("U0ANA", "C0PAY"), Press(ts, "row", "ack")))
    forms = [
        dict(line.split("=", 1) for line in body.decode().split("&")) for _, body in world.listener.requests
    ]
    triggers = [forms[0]["trigger_id"], forms[1]["trigger_id"], world.listener.payload()["trigger_id"]]
    assert len(set(triggers)) == 3
    world.slack.triggers.exchange(triggers[1])
    assert world.call("views.open", trigger_id=triggers[2], view=MODAL)["ok"]


def test_a_trigger_is_good_for_three_seconds(world: World) -> None:
    first, second = trigger(world), trigger(world)
    world.slack.advance(timedelta(seconds=3))
    assert world.call("views.open", trigger_id=first, view=MODAL)["ok"]
    world.slack.advance(timedelta(microseconds=1))
    assert world.call("views.open", trigger_id=second, view=MODAL)["error"] == "expired_trigger_id"


def test_a_trigger_is_good_for_one_view(world: World) -> None:
    used = trigger(world)
    assert world.call("views.open", trigger_id=used, view=MODAL)["ok"]
    assert world.call("views.push", trigger_id=used, view=MODAL)["error"] == "exchanged_trigger_id"


def test_a_trigger_that_nobody_gave(world: World) -> None:
    assert world.call("views.open", trigger_id="1.2.abc", view=MODAL)["error"] == "invalid_trigger_id"
    assert world.call("views.open", view=MODAL)["error"] == "invalid_arguments"


def test_a_refused_view_uses_no_trigger_up(world: World) -> None:
    kept = trigger(world)
    assert (
        world.call("views.open", trigger_id=kept, view={**MODAL, "blocks": []})["error"]
        == "invalid_arguments"
    )
    assert world.call("views.open", trigger_id=kept, view=MODAL)["ok"]


def test_the_oldest_triggers_are_forgotten(world: World) -> None:
    first = trigger(world)
    world.slack.triggers.exchange(first)
    for _ in range(REMEMBERED):
        trigger(world)
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        world.slack.triggers.exchange(first)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        pytest.param(
            {"title": plain("x" * 25)}, "less than 25 characters [json-pointer:/view/title/text]", id="t"
        ),
        pytest.param(
            {"submit": plain("x" * 25)}, "less than 25 characters [json-pointer:/view/submit", id="s"
        ),
        pytest.param({"close": plain("x" * 25)}, "less than 25 characters [json-pointer:/view/close", id="c"),
        pytest.param(
            {"title": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn", id="mrkdwn title"
        ),
        pytest.param({"blocks": [SECTION] * 101}, "no more than 100 items", id="101 blocks"),
        pytest.param({"private_metadata": "x" * 3001}, "less than 3001 characters", id="private metadata"),
        pytest.param({"callback_id": "x" * 256}, "less than 256 characters", id="callback id"),
        pytest.param({"blocks": [INPUT]}, "submit is required", id="an input that cannot be sent"),
        pytest.param({"blocks": [TABLE]}, "unsupported type: table", id="a table"),
        pytest.param({"blocks": [MARKDOWN]}, "unsupported type: markdown", id="markdown"),
        pytest.param({"blocks": [CHART]}, "unsupported type: data_visualization", id="a chart"),
        pytest.param({"blocks": [{"type": "container"}]}, "unsupported type: container", id="a container"),
        pytest.param({"text": "x"}, "no more fields allowed: text", id="a field of messages"),
        pytest.param({"type": "home"}, "unsupported type: home", id="a home opened"),
        pytest.param(
            {"blocks": [{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}]},
            "`block_id` already exists: a [json-pointer:/view/blocks]",
            id="a block_id twice",
        ),
    ],
)
def test_refused_modals(world: World, more: dict[str, Any], problem: str) -> None:
    said = world.call("views.open", trigger_id=trigger(world), view={**MODAL, **more})
    assert said["error"] == "invalid_arguments"
    assert problem in " ".join(said["response_metadata"]["messages"])
    assert world.slack.views.stack("U0ANA") == ()


@pytest.mark.parametrize(
    "block", [TABLE, MARKDOWN, CHART, RICH, {"type": "container"}], ids=lambda one: one["type"]
)
def test_homes_are_kept_simple(world: World, block: dict[str, Any]) -> None:
    said = world.call("views.publish", user_id="U0ANA", view={**HOME, "blocks": [block]})
    assert f"unsupported type: {block['type']}" in said["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": plain("x")},
        SECTION,
        {"type": "context", "elements": [plain("x")]},
        BUTTONS[0],
        {"type": "image", "image_url": "https://x.example/x.png", "alt_text": "x"},
        {"type": "divider"},
        INPUT,
    ],
    ids=lambda one: str(one["type"]),
)
def test_what_a_home_may_have(world: World, block: dict[str, Any]) -> None:
    assert world.call("views.publish", user_id="U0ANA", view={**HOME, "blocks": [block]})["ok"]
    modal = {**MODAL, "submit": plain("Send"), "blocks": [block]}
    assert world.call("views.open", trigger_id=trigger(world), view=modal)["ok"]


def test_a_view_of_a_hundred_blocks_and_no_more_than_250_kb(world: World) -> None:
    def of(length: int) -> dict[str, Any]:
        blocks = [{"type": "section", "text": plain("x" * length)} for _ in range(100)]
        return world.call("views.open", trigger_id=trigger(world), view={**MODAL, "blocks": blocks})

    assert of(2_400)["ok"]
    assert of(2_500)["error"] == "view_too_large"


def test_a_view_may_come_as_text(world: World) -> None:
    assert world.call("views.open", trigger_id=trigger(world), view=json.dumps(MODAL))["ok"]
    for view in ("{", None, 5):
        said = world.call("views.open", trigger_id=trigger(world), view=view)
        assert said["error"] == "invalid_arguments"


def test_an_opened_view_is_told_whole(world: World) -> None:
    view = opened(world, private_metadata="disputed x", callback_id="dispute")
    assert (view["type"], view["private_metadata"], view["callback_id"]) == ("modal", "disputed x", "dispute")
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert (view["team_id"], view["bot_id"], view["app_id"]) == (SEED.team_id, SEED.bot_id, SEED.app_id)
    assert view["state"] == {"values": {}}
    assert view["blocks"][0]["block_id"]


def test_three_on_the_stack(world: World) -> None:
    first = opened(world)
    second = world.call("views.push", trigger_id=trigger(world), view=MODAL)["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    third = world.call("views.push", trigger_id=trigger(world), view=MODAL)["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert world.call("views.push", trigger_id=trigger(world), view=MODAL)["error"] == "push_limit_reached"
    world.slack.views.close("U0ANA")
    assert world.call("views.push", trigger_id=trigger(world), view=MODAL)["ok"]
    assert [view.id for view in world.slack.views.stack("U0ANA")][:2] == [first["id"], second["id"]]


def test_nothing_to_push_on(world: World) -> None:
    opened(world)
    other = trigger(world, "U0BEN")
    assert world.call("views.push", trigger_id=other, view=MODAL)["error"] == "not_found"


def test_opening_puts_another_stack_in_place(world: World) -> None:
    first, second = opened(world), opened(world)
    assert [view.id for view in world.slack.views.stack("U0ANA")] == [second["id"]]
    assert world.call("views.update", view_id=first["id"], view=MODAL)["error"] == "not_found"


def test_a_loading_modal_is_filled_later(world: World) -> None:
    loading = opened(world)
    world.clock.forward(minutes=1)
    filled = {**MODAL, "submit": plain("Send"), "blocks": [INPUT]}
    view = world.call("views.update", view_id=loading["id"], hash=loading["hash"], view=filled)["view"]
    assert (view["id"], view["blocks"][0]["type"]) == (loading["id"], "input")
    assert view["hash"] != loading["hash"]
    stale = world.call("views.update", view_id=loading["id"], hash=loading["hash"], view=MODAL)
    assert stale["error"] == "hash_conflict"
    assert world.call("views.update", view_id=loading["id"], view=MODAL)["ok"]


def test_views_by_an_id_of_the_apps_own(world: World) -> None:
    opened(world, external_id="dispute-7")
    world.call("views.push", trigger_id=trigger(world), view=MODAL)
    drawn = {**MODAL, "external_id": "dispute-7", "title": plain("Ruled")}
    assert world.call("views.update", external_id="dispute-7", view=drawn)["ok"]
    assert [view.body["title"]["text"] for view in world.slack.views.stack("U0ANA")] == ["Ruled", "Dispute"]
    taken = world.call("views.push", trigger_id=trigger(world), view={**MODAL, "external_id": "dispute-7"})
    assert taken["error"] == "duplicate_external_id"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        pytest.param({"view_id": "VNONE"}, "not_found", id="an unknown id"),
        pytest.param({"external_id": "none"}, "not_found", id="an unknown one of the app's own"),
        pytest.param({}, "invalid_arguments", id="neither"),
        pytest.param({"view_id": "VNONE", "external_id": "none"}, "invalid_arguments", id="both"),
    ],
)
def test_views_that_are_not_there(world: World, args: dict[str, Any], error: str) -> None:
    opened(world)
    assert world.call("views.update", view=MODAL, **args)["error"] == error


def test_a_home_is_published_again_and_again(world: World) -> None:
    first = world.call("views.publish", user_id="U0ANA", view=HOME)["view"]
    second = world.call("views.publish", user_id="U0ANA", view=HOME, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    stale = world.call("views.publish", user_id="U0ANA", view=HOME, hash=first["hash"])
    assert stale["error"] == "hash_conflict"
    assert world.call("views.update", view_id=first["id"], view=HOME)["ok"]
    assert world.call("views.update", view_id=first["id"], view=MODAL)["error"] == "invalid_arguments"
    home = world.slack.views.home("U0ANA")
    assert home is not None
    assert home.id == first["id"]


@pytest.mark.parametrize("user", ["U0NONE", "U0KIM"])
def test_nobody_elses_home(world: World, user: str) -> None:
    assert world.call("views.publish", user_id=user, view=HOME)["error"] == "invalid_arguments"


def test_an_app_whose_manifest_has_no_home(world: World) -> None:
    create_app(world.slack, events_url=f"{BASE}/slack/events", manifest={})
    assert world.call("views.publish", user_id="U0ANA", view=HOME)["error"] == "not_enabled"


def test_the_pages_hear_of_views(world: World) -> None:
    before = world.slack.changes.version
    opened(world)
    assert world.slack.changes.version > before
