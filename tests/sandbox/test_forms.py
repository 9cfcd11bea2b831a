"""Modals that people fill in: what the app is sent, and what its acknowledgement makes of the modal."""

import asyncio
import json
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.courier import DeliveryFailed
from sandbox.errors import SlackError
from sandbox.forms import Filled
from tests.sandbox.test_views import INPUT, MODAL, SECTION, opened, plain
from tests.sandbox.world import SEED, World


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def radio(**more: Any) -> dict[str, Any]:
    element = {"type": "radio_buttons", "action_id": "picked", "options": [option("one"), option("two")]}
    return {"type": "input", "block_id": "which", "label": plain("Which"), "element": element, **more}


def typed(**more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "why", "max_length": 10, "min_length": 2}
    return {**INPUT, "block_id": "why", "element": element, **more}


FORM = {
    "submit": plain("Send"),
    "callback_id": "form",
    "private_metadata": "kept",
    "blocks": [SECTION, radio(), typed()],
}
RIGHT = {"which": "two", "why": "so it is"}


def send(world: World, view: dict[str, Any], values: dict[str, str], user: str = "U0ANA") -> dict[str, str]:
    return asyncio.run(world.desk.send_form(user, Filled(view["id"], values)))


def on_the_stack(world: World) -> list[str]:
    return [view.id for view in world.slack.views.stack("U0ANA")]


def test_what_is_sent_has_slacks_fields(world: World) -> None:
    view = opened(world, **FORM)
    assert send(world, view, RIGHT) == {}
    payload = world.listener.payload()
    assert (payload["type"], payload["team"]["id"]) == ("view_submission", SEED.team_id)
    assert (payload["user"]["id"], payload["user"]["team_id"]) == ("U0ANA", SEED.team_id)
    assert {"channel", "response_url", "container", "actions"} & payload.keys() == set()
    told = payload["view"]
    assert (told["id"], told["hash"]) == (view["id"], view["hash"])
    assert (told["callback_id"], told["private_metadata"]) == ("form", "kept")
    assert told["state"]["values"] == {
        "which": {"picked": {"type": "radio_buttons", "selected_option": option("two")}},
        "why": {"why": {"type": "plain_text_input", "value": "so it is"}},
    }
    assert on_the_stack(world) == []


def test_what_is_left_empty_is_null(world: World) -> None:
    view = opened(world, **{**FORM, "blocks": [radio(optional=True), typed(optional=True)]})
    send(world, view, {})
    values = world.listener.payload()["view"]["state"]["values"]
    assert values["which"]["picked"]["selected_option"] is None
    assert values["why"]["why"]["value"] is None


@pytest.mark.parametrize(
    ("values", "error"),
    [
        pytest.param({"why": "so it is"}, "missing_input", id="nothing chosen"),
        pytest.param({"which": "one", "why": " "}, "missing_input", id="nothing but space"),
        pytest.param({"which": "three", "why": "so it is"}, "no_such_option", id="an option that is none"),
        pytest.param({"which": "one", "why": "x" * 11}, "invalid_input", id="too long"),
        pytest.param({"which": "one", "why": "x"}, "invalid_input", id="too short"),
    ],
)
def test_what_slack_does_not_let_people_send(world: World, values: dict[str, str], error: str) -> None:
    view = opened(world, **FORM)
    with pytest.raises(SlackError, match=error):
        send(world, view, values)
    assert world.listener.requests == []
    assert on_the_stack(world) == [view["id"]]


def test_a_kind_of_field_that_it_cannot_fill_in(world: World) -> None:
    date = {"type": "datepicker", "action_id": "on"}
    view = opened(world, **{**FORM, "blocks": [{**INPUT, "element": date, "optional": True}]})
    with pytest.raises(SlackError, match="datepicker"):
        send(world, view, {})


def test_errors_leave_it_open(world: World) -> None:
    view = opened(world, **FORM)
    world.listener.reply = JSONResponse({"response_action": "errors", "errors": {"why": "Nobody says that."}})
    assert send(world, view, RIGHT) == {"why": "Nobody says that."}
    assert on_the_stack(world) == [view["id"]]


def test_a_view_instead(world: World) -> None:
    view = opened(world, **FORM)
    world.listener.reply = JSONResponse(
        {"response_action": "update", "view": {**MODAL, "title": plain("Done")}}
    )
    assert send(world, view, RIGHT) == {}
    [shown] = world.slack.views.stack("U0ANA")
    assert (shown.id, shown.body["title"]["text"]) == (view["id"], "Done")


def test_a_view_on_top_and_all_closed(world: World) -> None:
    first = opened(world, **FORM)
    world.listener.reply = JSONResponse({"response_action": "push", "view": {**MODAL, **FORM}})
    send(world, first, RIGHT)
    [_, second] = on_the_stack(world)
    world.listener.reply = JSONResponse({"response_action": "clear"})
    with pytest.raises(SlackError, match="not_found"):
        send(world, first, RIGHT)
    send(world, {"id": second}, RIGHT)
    assert on_the_stack(world) == []


def test_only_the_one_on_top_closes(world: World) -> None:
    first = opened(world, **FORM)
    world.listener.reply = JSONResponse({"response_action": "push", "view": {**MODAL, **FORM}})
    send(world, first, RIGHT)
    world.listener.reply = PlainTextResponse("")
    send(world, {"id": on_the_stack(world)[-1]}, RIGHT)
    assert on_the_stack(world) == [first["id"]]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param({"response_action": "errors", "errors": {}}, "invalid_errors", id="no errors"),
        pytest.param({"response_action": "errors", "errors": {"x": "y"}}, "invalid_errors", id="of no block"),
        pytest.param(
            {"response_action": "errors", "errors": {"auto0": "y"}}, "invalid_errors", id="of a section"
        ),
        pytest.param(
            {"response_action": "errors", "errors": {"why": ""}}, "invalid_errors", id="an empty one"
        ),
        pytest.param({"response_action": "errors", "errors": [1]}, "invalid_errors", id="a list of errors"),
        pytest.param({"response_action": "update"}, "invalid_arguments", id="no view"),
        pytest.param({"response_action": "dance"}, "invalid_acknowledgement", id="an unknown action"),
        pytest.param({"text": "hello"}, "invalid_acknowledgement", id="a message"),
    ],
)
def test_acknowledgements_that_slack_does_not_take(world: World, reply: dict[str, Any], error: str) -> None:
    view = opened(world, **FORM)
    world.listener.reply = JSONResponse(reply)
    with pytest.raises(SlackError, match=error):
        send(world, view, RIGHT)
    assert on_the_stack(world) == [view["id"]]


def test_an_app_in_trouble(world: World) -> None:
    view = opened(world, **FORM)
    world.listener.reply = Response(status_code=500)
    with pytest.raises(DeliveryFailed, match="http_service_error"):
        send(world, view, RIGHT)
    assert on_the_stack(world) == [view["id"]]


@pytest.mark.parametrize("user", ["U0BEN", "U0NOBODY", "UBOT"])
def test_nobody_elses_form(world: World, user: str) -> None:
    view = opened(world, **FORM)
    with pytest.raises(SlackError, match="not_found"):
        send(world, view, RIGHT, user)


def page(world: World, what: str, **body: Any) -> dict[str, Any]:
    said: dict[str, Any] = world.request("POST", f"/sandbox/page/{what}", json=body).json()
    return said


def modal(world: World, user: str = "U0ANA") -> Any:
    return world.request("GET", "/sandbox/page/state", params={"user": user}).json()["modal"]


def test_the_page_shows_it_to_its_person_without_what_is_the_apps(world: World) -> None:
    view = opened(world, **FORM)
    shown = modal(world)
    assert (shown["id"], shown["title"]["text"], len(shown["blocks"])) == (view["id"], "Dispute", 3)
    assert "kept" not in json.dumps(shown)
    assert modal(world, "U0BEN") is None


def test_the_page_sends_it(world: World) -> None:
    view = opened(world, **FORM)
    about = {"user": "U0ANA", "view_id": view["id"]}
    assert page(world, "form", **about, values={})["error"].startswith("missing_input")
    assert page(world, "form", **about, values=7)["ok"] is False
    world.listener.reply = JSONResponse({"response_action": "errors", "errors": {"why": "No."}})
    assert page(world, "form", **about, values=RIGHT) == {"ok": True, "errors": {"why": "No."}}
    world.listener.reply = PlainTextResponse("")
    assert page(world, "form", **about, values=RIGHT) == {"ok": True, "errors": {}}
    assert page(world, "form", **about, values=RIGHT)["error"] == "not_found"


def test_the_page_closes_it(world: World) -> None:
    view = opened(world, **FORM)
    assert page(world, "form/close", user="U0BEN", view_id=view["id"])["error"] == "not_found"
    before = world.slack.changes.version
    assert page(world, "form/close", user="U0ANA", view_id=view["id"]) == {"ok": True}
    assert world.slack.changes.version > before
    assert modal(world) is None
    assert world.listener.requests == []
