"""Modals that people fill in: what is sent, and what the app's acknowledgement makes of the modal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox import payloads
from sandbox.blocks.view import read_view
from sandbox.courier import Courier
from sandbox.errors import SlackError
from sandbox.slack import SandboxSlack
from sandbox.views import View

CHOSEN = frozenset({"static_select", "radio_buttons"})
TYPED = "plain_text_input"


@dataclass(frozen=True)
class Filled:
    """Which modal, and for each block with an input what was typed, or the value of the option that was chosen."""

    view_id: str
    values: Mapping[str, str] = field(default_factory=dict)


async def send(slack: SandboxSlack, courier: Courier, user: str, filled: Filled) -> dict[str, str]:
    """Delivers it; what the app says is wrong, by block. DeliveryFailed, SlackError: then it stays open as well."""
    person, view = slack.seed.person(user), on_top(slack, user, filled.view_id)
    if person is None or person.is_bot:
        raise SlackError("user_not_found")
    state = {"values": _state(view, filled.values)}
    payload = payloads.view_submission(slack, person, view, state)
    return _acknowledged(slack, view, await courier.deliver("interactive", payload))


def close(slack: SandboxSlack, user: str, view_id: str) -> None:
    """The person closes it without sending."""
    on_top(slack, user, view_id)
    slack.views.close(user)
    slack.changes.notify()


def on_top(slack: SandboxSlack, user: str, view_id: str) -> View:
    """The modal that the person sees. SlackError `not_found` for any other."""
    stack = slack.views.stack(user)
    if not stack or stack[-1].id != view_id:
        raise SlackError("not_found")
    return stack[-1]


def inputs(view: View) -> list[dict[str, Any]]:
    return [block for block in view.body["blocks"] if block["type"] == "input"]


def _state(view: View, values: Mapping[str, str]) -> dict[str, Any]:
    return {
        block["block_id"]: {block["element"]["action_id"]: _given(block, values.get(block["block_id"], ""))}
        for block in inputs(view)
    }


def _given(block: dict[str, Any], value: str) -> dict[str, Any]:
    """As Slack tells it; SlackError for what its clients do not let people send."""
    element, kind = block["element"], block["element"]["type"]
    if not value.strip() and not block.get("optional"):
        raise SlackError("missing_input", [f"[ERROR] {block['label']['text']}: please complete this field"])
    if kind == TYPED:
        if value and not element.get("min_length", 0) <= len(value) <= element.get("max_length", 3000):
            raise SlackError("invalid_input", [f"[ERROR] {block['label']['text']}: too long or too short"])
        return {"type": kind, "value": value or None}
    if kind in CHOSEN:
        return {"type": kind, "selected_option": _option(element, value) if value else None}
    raise SlackError("unknown_element", [f"[ERROR] the sandbox cannot fill in {kind} yet"])


def _option(element: dict[str, Any], value: str) -> dict[str, Any]:
    groups = [element.get("options", []), *(group["options"] for group in element.get("option_groups", []))]
    found = next((one for group in groups for one in group if one["value"] == value), None)
    if found is None:
        raise SlackError("no_such_option")
    return dict(found)


def _acknowledged(slack: SandboxSlack, view: View, said: Any) -> dict[str, str]:
    """Closes the modal, draws it anew or leaves it, as the app says. SlackError for what Slack would not take."""
    answer = said if isinstance(said, dict) else {}
    match answer.get("response_action"):
        case "errors":
            return _errors(view, answer.get("errors"))
        case "update":
            slack.views.redraw(view, read_view(answer.get("view"), "modal"), "")
        case "push":
            slack.views.push(view.user, read_view(answer.get("view"), "modal"))
        case "clear":
            slack.views.clear(view.user)
        case None if not said:
            slack.views.close(view.user)
        case _:
            raise SlackError("invalid_acknowledgement")
    slack.changes.notify()
    return {}


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Slack shows an error under a block with an input, and nowhere else."""
    known = {block["block_id"] for block in inputs(view)}
    if not isinstance(errors, dict) or not errors or not set(errors) <= known:
        raise SlackError("invalid_errors")
    if not all(isinstance(text, str) and text.strip() for text in errors.values()):
        raise SlackError("invalid_errors")
    return errors
