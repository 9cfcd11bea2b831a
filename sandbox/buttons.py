"""Buttons and menus of a message."""

from dataclasses import dataclass
from typing import Any

from sandbox import payloads
from sandbox.blocks.message import find_element
from sandbox.courier import Courier
from sandbox.errors import SlackError
from sandbox.journal import Stored
from sandbox.place import Place, acting
from sandbox.response_urls import Origin, new_token, url_of
from sandbox.slack import SandboxSlack

MENUS = frozenset({"overflow", "static_select", "radio_buttons"})


@dataclass(frozen=True)
class Press:
    """Which element of which message; `option` is the value chosen in a menu."""

    ts: str
    block_id: str
    action_id: str
    option: str | None = None


async def press(slack: SandboxSlack, courier: Courier, place: Place, pressed: Press) -> None:
    """Delivers it. Slack ignores what such an acknowledgement says: answers go to the response_url."""
    person = acting(slack, place)
    message = slack.message(place.channel, pressed.ts)
    if message is None or message.seen_by not in {None, person.id}:
        raise SlackError("message_not_found")
    payload = payloads.block_actions(slack, person, message, _action(slack, message, pressed))
    origin = Origin(message.channel, person.id, message.ts, message.thread_ts)
    payload["response_url"] = url_of(courier.base_url, new_token(slack, origin))
    await courier.deliver("interactive", payload)


def _action(slack: SandboxSlack, message: Stored, pressed: Press) -> dict[str, Any]:
    element = find_element(message.body.get("blocks", []), pressed.block_id, pressed.action_id)
    if element is None:
        raise SlackError("no_such_action")
    told = ("type", "action_id", "text", "value", "style")
    action: dict[str, Any] = {name: element[name] for name in told if name in element}
    action |= {"block_id": pressed.block_id, "action_ts": f"{slack.clock().timestamp():.6f}"}
    return action | _selected(element, pressed.option)


def _selected(element: dict[str, Any], wanted: str | None) -> dict[str, Any]:
    if element["type"] not in MENUS:
        return {}
    groups = [element.get("options", []), *(group["options"] for group in element.get("option_groups", []))]
    option = next((one for group in groups for one in group if one["value"] == wanted), None)
    if option is None:
        raise SlackError("no_such_option")
    return {"selected_option": {"text": option["text"], "value": option["value"]}}
