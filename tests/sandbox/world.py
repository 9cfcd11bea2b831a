"""A small workspace, a clock that is moved by hand, and an app that writes down what it is sent."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.app import create_app
from sandbox.courier import Road
from sandbox.desk import Desk
from sandbox.place import Place
from sandbox.slack import SandboxSlack
from sandbox.workspace import Channel, Group, Person, WorkspaceSeed

BASE = "http://127.0.0.1:3000"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

ANA = Person("U0ANA", "ana", "Ana Lind", "ana@example.com")
BEN = Person("U0BEN", "ben", "Ben Ace", "ben@example.com")
KIM = Person("U0KIM", "kim", "Kim S", "kim@retail.example", team_id="T0RETAIL")
BOT = Person("UBOT", "steward", "Steward", "", is_bot=True)

SEED = WorkspaceSeed(
    team_id="T0HOME",
    name="Larkspur",
    people=(ANA, BEN, KIM, BOT),
    channels=(
        Channel("C0PAY", "payments", members=frozenset({"U0ANA", "UBOT"})),
        Channel("C0SHOP", "shop", members=frozenset({"U0ANA", "U0BEN"})),
        Channel("C0OLD", "old", members=frozenset({"U0ANA", "UBOT"})),
        Channel("G0SECRET", "secret", is_private=True, members=frozenset({"U0ANA"})),
        Channel("G0BOARD", "board", is_private=True, members=frozenset({"U0ANA", "UBOT"})),
    ),
    bot_user_id="UBOT",
    bot_token="xoxb-bot",
    signing_secret=SECRET,
    app_token="xapp-app",
    groups=(Group("S0CALL", "oncall", "On call", frozenset({"U0ANA"})),),
)
MANIFEST: dict[str, Any] = {
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/slm", "description": "Ask", "should_escape": True}],
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "member_joined_channel"]}},
}


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Listener:
    """Stands for Steward: answers everything with `reply`, after `before` when that is given."""

    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    reply: Response = field(default_factory=lambda: PlainTextResponse(""))
    before: Callable[[], Any] | None = None

    async def hear(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        if self.before:
            await self.before()
        return self.reply

    def form(self) -> dict[str, str]:
        """The last form that came."""
        return {name: values[0] for name, values in parse_qs(self.requests[-1][1].decode(), True).items()}

    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(self.form()["payload"])
        return payload

    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.requests[-1][1])
        return event


class World:
    def __init__(
        self,
        path: str | None = None,
        scopes: tuple[str, ...] | None = None,
        *,
        tiers: bool = False,
        repeats: bool = False,
        ack_seconds: float = 0.05,
    ) -> None:
        self.clock = Clock()
        self.listener = Listener()
        self.slack = SandboxSlack(SEED, path=path, clock=self.clock)
        steward = Starlette(routes=[Route("/slack/events", self.listener.hear, methods=["POST"])])
        road = Road(
            f"{BASE}/slack/events",
            ack_seconds=ack_seconds,
            transport=httpx.ASGITransport(app=steward),
            signed_at=self.clock,
            repeats=repeats,
        )
        granted = {} if scopes is None else {"oauth_config": {"scopes": {"bot": list(scopes)}}}
        self.app = create_app(
            self.slack,
            events_url=road.events_url,
            manifest={**MANIFEST, **granted},
            road=road,
            enforce_scopes=scopes is not None,
            tiers=tiers,
        )

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._request(method, path, options))

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path, **options)

    def call(self, method: str, /, **args: Any) -> dict[str, Any]:
        """The Web API with the bot's token, in JSON."""
        headers = {"Authorization": f"Bearer {SEED.bot_token}"}
        response = self.request("POST", f"/sandbox/api/{method}", json=args, headers=headers)
        said: dict[str, Any] = response.json()
        return said

    def post(self, text: str = "hello", *, channel: str = "C0PAY", **more: Any) -> dict[str, Any]:
        """A message, a second after the last one."""
        self.clock.forward(seconds=1)
        return self.call("chat.postMessage", channel=channel, text=text, **more)

    def type_in(self, text: str, *, user: str = "U0ANA", channel: str = "C0PAY") -> None:
        asyncio.run(self.desk.type_in(Place(user, channel), text))

    def texts(self, user: str = "U0ANA", channel: str = "C0PAY") -> list[str]:
        """What that person reads there."""
        return [message.body["text"] for message in self.slack.visible(channel, user)]
