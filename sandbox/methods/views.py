"""Modals and homes."""

from typing import Any

from sandbox.blocks.view import read_view
from sandbox.call import Call
from sandbox.errors import SlackError
from sandbox.views import View, told


def open_view(call: Call) -> dict[str, Any]:
    body = read_view(call.args.get("view"), "modal")
    user = call.slack.triggers.exchange(call.need("trigger_id"))
    return _told(call, call.slack.views.open(user, body))


def push(call: Call) -> dict[str, Any]:
    body = read_view(call.args.get("view"), "modal")
    user = call.slack.triggers.exchange(call.need("trigger_id"))
    return _told(call, call.slack.views.push(user, body))


def update(call: Call) -> dict[str, Any]:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if bool(view_id) == bool(external_id):
        raise SlackError("invalid_arguments", ["[ERROR] give either view_id or external_id"])
    view = call.slack.views.named(view_id, external_id)
    body = read_view(call.args.get("view"), view.body["type"])
    return _told(call, call.slack.views.redraw(view, body, call.text("hash")))


def publish(call: Call) -> dict[str, Any]:
    """Only where the manifest has a home tab."""
    user = call.need("user_id")
    body = read_view(call.args.get("view"), "home")
    if not call.slack.has_home:
        raise SlackError("not_enabled")
    if call.slack.seed.person(user) is None or call.slack.is_stranger(user):
        raise SlackError("invalid_arguments", ["[ERROR] no such user [json-pointer:/user_id]"])
    return _told(call, call.slack.views.publish(user, body, call.text("hash")))


def _told(call: Call, view: View) -> dict[str, Any]:
    call.slack.changes.notify()
    return {"view": told(view, call.slack.seed)}
