"""The page's own requests: what to show, and what the person did."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox import forms
from sandbox.buttons import Press
from sandbox.call import thread_facts
from sandbox.courier import DeliveryFailed
from sandbox.desk import Desk
from sandbox.errors import SlackError
from sandbox.gallery import Gallery
from sandbox.journal import Stored
from sandbox.place import SLACKBOT, Place
from sandbox.views import View
from sandbox.workspace import Channel, Person

STATIC = Path(__file__).parent / "static"
SHOWN = 300
#: Short, so that a stopping server need not wait long for an open page.
LONGEST_NUMBER = 16
HOLD_SECONDS = 5.0

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Extras:
    """What the page has beside Slack's; `timezone` is the one whose mornings its clock jumps to."""

    gallery: Gallery = field(default_factory=Gallery)
    timezone: str = "UTC"


@dataclass(frozen=True)
class Page:
    desk: Desk
    extras: Extras = field(default_factory=Extras)

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show),
            Route("/archives/{channel}/{message}", self.show),
            Route("/sandbox/page/state", self.state),
            Route("/sandbox/page/messages", self.messages),
            Route("/sandbox/page/changes", self.changes),
            Route("/sandbox/page/send", _refusable(self.send), methods=["POST"]),
            Route("/sandbox/page/press", _refusable(self.press), methods=["POST"]),
            Route("/sandbox/page/form", _refusable(self.send_form), methods=["POST"]),
            Route("/sandbox/page/form/close", _refusable(self.close_form), methods=["POST"]),
            Route("/sandbox/page/join", _refusable(self.join), methods=["POST"]),
            Route("/sandbox/page/clock", _refusable(self.move_clock), methods=["POST"]),
            *self.extras.gallery.routes(),
        ]

    async def show(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def state(self, request: Request) -> Response:
        slack = self.desk.slack
        user = request.query_params.get("user") or self._first_person()
        version = slack.changes.version
        channels = [self._channel(one, user) for one in slack.channels() if _listed(one, user)]
        return JSONResponse(
            {
                "version": version,
                "user": user,
                "now": slack.clock().isoformat(),
                "ahead": slack.clock.ahead.total_seconds(),
                "timezone": self.extras.timezone,
                "has_gallery": self.extras.gallery.exists,
                "bot": slack.seed.bot_user_id,
                "workspace": slack.seed.name,
                "people": [*map(self._person, slack.seed.people), _slackbot()],
                "groups": [{"id": one.id, "handle": one.handle} for one in slack.seed.groups],
                "channels": channels,
                "modal": _modal(slack.views.stack(user)),
                "commands": [] if slack.is_stranger(user) else self.desk.commands,
            }
        )

    async def messages(self, request: Request) -> Response:
        channel, user = request.query_params.get("channel", ""), request.query_params.get("user", "")
        version = self.desk.slack.changes.version
        known = self.desk.slack.channel(channel)
        if known is None or not _listed(known, user):
            return JSONResponse({"error": "channel_not_found"}, 404)
        shown = self.desk.slack.visible(channel, user, most=SHOWN)
        return JSONResponse({"version": version, "messages": [self._message(one) for one in shown]})

    async def changes(self, request: Request) -> Response:
        """Answers as soon as something is newer than `since`, or after a while with the same number."""
        since = request.query_params.get("since", "")
        changes = self.desk.slack.changes
        known = int(since) if since.isdecimal() and len(since) < LONGEST_NUMBER else -1
        return JSONResponse({"version": await changes.after(known, at_most=HOLD_SECONDS)})

    async def send(self, given: dict[str, Any]) -> None:
        text = str(given.get("text") or "").strip()
        if not text:
            raise SlackError("no_text")
        await self.desk.type_in(_place(given), text)

    async def press(self, given: dict[str, Any]) -> None:
        option = given.get("option")
        press = Press(
            str(given.get("ts")),
            str(given.get("block_id")),
            str(given.get("action_id")),
            None if option is None else str(option),
        )
        await self.desk.press(_place(given), press)

    async def send_form(self, given: dict[str, Any]) -> dict[str, Any]:
        """What is wrong with it stands in `errors`, by block."""
        values = given.get("values")
        typed = (
            {str(block): str(value) for block, value in values.items()} if isinstance(values, dict) else {}
        )
        filled = forms.Filled(str(given.get("view_id")), typed)
        return {"errors": await self.desk.send_form(str(given.get("user")), filled)}

    async def close_form(self, given: dict[str, Any]) -> None:
        forms.close(self.desk.slack, str(given.get("user")), str(given.get("view_id")))

    async def join(self, given: dict[str, Any]) -> None:
        await self.desk.join(_place(given))

    async def move_clock(self, given: dict[str, Any]) -> None:
        """`{"to": ISO instant}` or `{"by_seconds": number}`; SlackError for anything that does not lead forward."""
        slack = self.desk.slack
        try:
            if "to" in given:
                slack.advance_to(datetime.fromisoformat(str(given["to"])))
            else:
                slack.advance(timedelta(seconds=float(given["by_seconds"])))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise SlackError(
                "invalid_clock", ["where to? {to: ISO instant} or {by_seconds: number}"]
            ) from error

    def _first_person(self) -> str:
        return next((one.id for one in self.desk.slack.seed.people if not one.is_bot), "")

    def _person(self, person: Person) -> dict[str, Any]:
        return {
            "id": person.id,
            "name": person.name,
            "real_name": person.real_name,
            "is_bot": person.is_bot,
            "is_stranger": self.desk.slack.is_stranger(person.id),
        }

    def _channel(self, channel: Channel, user: str) -> dict[str, Any]:
        direct = channel.id.startswith("D")
        return {
            "id": channel.id,
            "name": self.desk.slack.seed.bot.name if direct else channel.name,
            "topic": channel.topic,
            "is_private": channel.is_private,
            "is_direct": direct,
            "is_archived": self.desk.slack.is_archived(channel.id),
            "is_shared": self.desk.slack.is_shared(channel),
            "is_member": user in channel.members,
            "members": len(channel.members),
            "latest": self.desk.slack.latest(channel.id, user),
        }

    def _message(self, message: Stored) -> dict[str, Any]:
        body = message.body
        return {
            "ts": message.ts,
            "thread_ts": message.thread_ts,
            "in_channel": not message.thread_ts or body.get("subtype") == "thread_broadcast",
            "user": body["user"],
            "text": body.get("text", ""),
            "blocks": body.get("blocks", []),
            "metadata": body.get("metadata"),
            "edited": body.get("edited", {}).get("ts"),
            "ephemeral": message.seen_by is not None,
            **thread_facts(self.desk.slack, message),
        }


def _slackbot() -> dict[str, Any]:
    return {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "is_bot": True, "is_stranger": False}


def _modal(stack: Sequence[View]) -> dict[str, Any] | None:
    """What its person sees of the one on top."""
    if not stack:
        return None
    top = stack[-1]
    shown = {name: top.body.get(name) for name in ("title", "submit", "close", "blocks")}
    return {"id": top.id, "hash": top.hash, **shown}


def _listed(channel: Channel, user: str) -> bool:
    return not channel.is_private or user in channel.members


def _place(given: dict[str, Any]) -> Place:
    thread = given.get("thread_ts")
    return Place(str(given.get("user")), str(given.get("channel")), str(thread) if thread else None)


def _refusable(act: Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]) -> Endpoint:
    """JSON in, `{"ok": …}` and what `act` gives out; only JSON, which another site's form cannot send."""

    async def endpoint(request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"ok": False, "error": "unsupported_media_type"}, 415)
        try:
            given = json.loads(await request.body())
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_json"}, 400)
        if not isinstance(given, dict):
            return JSONResponse({"ok": False, "error": "json_not_object"}, 400)
        try:
            given_back = await act(given)
        except (SlackError, DeliveryFailed) as failure:
            return JSONResponse({"ok": False, "error": str(failure)})
        return JSONResponse({"ok": True, **(given_back or {})})

    return endpoint
