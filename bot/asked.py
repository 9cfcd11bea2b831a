"""What Slack sends when somebody asks, as asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commands.ask import Ask
from domain.typed import as_typed
from jobs.job import Clock
from messages.form import Origin, sent_form

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
MOST_DELIVERY = 200
"""Characters of a delivery's name that are kept; Slack's have under a hundred."""

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask, where it came from and how it is answered; `delivery` names what Slack delivered, "" without a name.

    `slack_team_id` is the workspace that Steward is installed in, `person_team_id` that of whoever asks;
    `bot_user_id` is Steward itself. With its `trigger` a form can be opened within three seconds; `has_fields`
    says that it came from a form with something to fill in, `then` which form follows it.
    """

    ask: Ask
    slack_team_id: str
    person_team_id: str = ""
    response_url: str = ""
    thread_ts: str | None = None
    delivery: str = ""
    bot_user_id: str = ""
    trigger: str = ""
    has_fields: bool = False
    then: str = ""

    @property
    def origin(self) -> Origin:
        """Where a form's answer goes that is opened by it."""
        return Origin(self.ask.channel_id, self.ask.channel_name, self.thread_ts)


class Asks:
    """Makes asks of Slack's payloads, for one workspace; `command` is the slash command."""

    def __init__(self, workspace: str, clock: Clock, command: str) -> None:
        self._workspace = workspace
        self._clock = clock
        self._command = command

    def typed(self, payload: Payload) -> Asked:
        """Of a slash command: `/slm-status checkout` is `/slm status checkout`."""
        word = str(payload.get("command", "")).removeprefix(self._command).removeprefix("-")
        text = as_typed(f"{word} {payload.get('text', '')}")
        channel = (payload.get("channel_id", ""), payload.get("channel_name", ""))
        ask = self._ask(text, payload.get("user_id"), *channel)
        return Asked(
            ask,
            str(payload.get("team_id") or ""),
            response_url=str(payload.get("response_url") or ""),
            delivery=_delivery("trigger", payload.get("trigger_id")),
        )

    def pressed(self, body: Payload) -> Asked:
        """Of a button or a menu entry, whose value is what it asks."""
        action, container = _first(body.get("actions")), _object(body.get("container"))
        chosen = _object(action.get("selected_option")) or action
        person, channel = _object(body.get("user")), _object(body.get("channel"))
        ask = self._ask(chosen.get("value"), person.get("id"), channel.get("id"), channel.get("name"))
        return Asked(
            ask,
            str(_object(body.get("team")).get("id") or ""),
            str(person.get("team_id") or ""),
            str(body.get("response_url") or ""),
            _thread_of(container),
            _delivery("trigger", body.get("trigger_id")),
            trigger=str(body.get("trigger_id") or ""),
        )

    def sent(self, body: Payload) -> Asked:
        """Of a form that was filled in; it is one delivery however often it is sent, until it is drawn anew."""
        view, person = _object(body.get("view")), _object(body.get("user"))
        sent = sent_form(view)
        origin = sent.origin
        return Asked(
            self._ask(sent.text, person.get("id"), origin.channel_id, origin.channel_name),
            str(_object(body.get("team")).get("id") or ""),
            str(person.get("team_id") or ""),
            thread_ts=origin.thread_ts,
            delivery=_delivery("view", f"{view.get('id')}:{view.get('hash')}" if view.get("id") else None),
            has_fields=sent.has_fields,
            then=sent.then,
        )

    def heard(self, body: Payload) -> Asked:
        """Of an event: what somebody said to Steward, or nothing where somebody came in."""
        event, installed = _object(body.get("event")), str(body.get("team_id") or "")
        me = str(_first(body.get("authorizations")).get("user_id") or "")
        by_person = None if event.get("bot_id") else event.get("user")
        said = as_typed(_said_to(me, str(event.get("text") or "")))
        ask = self._ask(said, by_person, event.get("channel"), "")
        return Asked(
            ask,
            installed,
            str(event.get("user_team") or event.get("team") or ""),
            thread_ts=event.get("thread_ts"),
            delivery=_delivery("event", body.get("event_id")),
            bot_user_id=me,
        )

    def _ask(self, text: object, person: object, channel_id: object, channel_name: object) -> Ask:
        return Ask(
            workspace=self._workspace,
            text=" ".join(str(text or "").split()),
            person=str(person or ""),
            channel_id=str(channel_id or ""),
            channel_name=str(channel_name or ""),
            at=self._clock.now(),
            command=self._command,
        )


def _delivery(kind: str, key: object) -> str:
    return f"{kind}:{key}"[:MOST_DELIVERY] if key else ""


def _thread_of(container: Payload) -> str | None:
    """The thread that the message stands in; the beginning of one stands in the channel."""
    ts = container.get("thread_ts")
    return None if ts is None or ts == container.get("message_ts") else str(ts)


def _said_to(me: str, text: str) -> str:
    """The rest of the line after Steward's name."""
    for mention in MENTION.finditer(text):
        if mention.group(1) == me:
            return "".join(text[mention.end() :].strip().splitlines()[:1])
    return text


def _object(value: object) -> Payload:
    return value if isinstance(value, dict) else {}


def _first(values: object) -> Payload:
    return _object(values[0]) if isinstance(values, list) and values else {}
