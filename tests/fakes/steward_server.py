"""Steward as it runs, on loopback: its real application, with the sandbox as its Slack on the same port."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.gallery import every_message
from bot.manifest import manifest
from bot.service import application
from bot.settings import Settings
from bot.wiring import Opened
from jobs.job import Clock
from sandbox.app import create_app
from sandbox.buttons import Press
from sandbox.courier import Road
from sandbox.desk import Desk
from sandbox.forms import Filled
from sandbox.gallery import Gallery
from sandbox.page import Extras
from sandbox.place import Place
from sandbox.signing import signature_headers
from sandbox.slack import SandboxSlack
from sandbox.views import View
from sandbox.workspace import Channel, Person, WorkspaceSeed
from storage.store import Store

SECRET = "the-signing-secret-of-the-tests"
API_TOKEN = "the-api-token-of-the-tests"
BOT_TOKEN, APP_TOKEN = "xoxb-of-the-tests", "xapp-of-the-tests"
ANA, PAYMENTS = "U0ANA", "C0PAYMENTS"
HERE = Place(ANA, PAYMENTS)
FORM = "application/x-www-form-urlencoded"
SECONDS = 10

SEED = WorkspaceSeed(
    team_id="T0HOME",
    name="Larkspur",
    people=(
        Person(ANA, "ana", "Ana Lind", "ana@example.com"),
        Person("UBOT", "steward", "Steward", "", is_bot=True),
    ),
    channels=(Channel(PAYMENTS, "payments", members=frozenset({ANA, "UBOT"})),),
    bot_user_id="UBOT",
    bot_token=BOT_TOKEN,
    signing_secret=SECRET,
    app_token=APP_TOKEN,
)


@dataclass(frozen=True)
class PlayedSteward:
    """Steward's server, and the Slack whose people ask it."""

    address: str
    slack: SandboxSlack
    desk: Desk
    loop: asyncio.AbstractEventLoop
    clock: Clock

    def type_in(self, text: str, place: Place = HERE) -> None:
        """Ana types it into the payments channel; back when Slack has the acknowledgement."""
        typing = self.desk.type_in(place, text)
        asyncio.run_coroutine_threadsafe(typing, self.loop).result(SECONDS)

    def press(self, label: str, place: Place = HERE, *, count: int = 1) -> list[str]:
        """Press the newest button of that label; what the person then sees there, once so many came after it."""
        before = len(self.seen(place))
        pressing = self.desk.press(place, self._newest(label, place))
        asyncio.run_coroutine_threadsafe(pressing, self.loop).result(SECONDS)
        return self.seen_soon(before + count, place)[before:]

    def open_form(self, label: str, place: Place = HERE) -> View:
        """Press the newest button of that label; the form that then opens for the person."""
        pressing = self.desk.press(place, self._newest(label, place))
        asyncio.run_coroutine_threadsafe(pressing, self.loop).result(SECONDS)
        return asyncio.run_coroutine_threadsafe(self._opened(place.user), self.loop).result(SECONDS)

    async def _opened(self, user: str) -> View:
        version = self.slack.changes.version
        while not (stack := self.slack.views.stack(user)):
            version = await self.slack.changes.after(version, at_most=SECONDS)
        return stack[-1]

    def send_form(self, values: Mapping[str, str], place: Place = HERE) -> dict[str, str]:
        """Send the form that the person sees, with what was filled in by block; what is said to be wrong with it."""
        filled = Filled(self.slack.views.stack(place.user)[-1].id, values)
        sending = self.desk.send_form(place.user, filled)
        return asyncio.run_coroutine_threadsafe(sending, self.loop).result(SECONDS)

    def _newest(self, label: str, place: Place) -> Press:
        for message in reversed(self.slack.visible(place.channel, place.user)):
            for block in message.body.get("blocks", []):
                for element in [*block.get("elements", []), block.get("accessory", {})]:
                    for option in element.get("options", [element]):
                        if _label(option) == label:
                            chosen = option["value"] if "options" in element else None
                            return Press(message.ts, block["block_id"], element["action_id"], chosen)
        raise AssertionError(f"no button {label!r}")

    def join(self, channel: str, person: str) -> None:
        """Bring somebody, or Steward, into a channel; back when Slack has told of it."""
        invited = self.slack.seed.person(person)
        assert invited is not None
        self.type_in(f"/invite @{invited.name}", Place(ANA, channel))

    def seen(self, place: Place = HERE) -> list[str]:
        """All that this person sees in the channel, oldest first."""
        return [message.body["text"] for message in self.slack.visible(place.channel, place.user)]

    def seen_soon(self, count: int, place: Place = HERE) -> list[str]:
        """The same, as soon as there are so many."""
        return asyncio.run_coroutine_threadsafe(self._seen_soon(count, place), self.loop).result(SECONDS)

    async def _seen_soon(self, count: int, place: Place) -> list[str]:
        version = self.slack.changes.version
        while len(seen := self.seen(place)) < count:
            version = await self.slack.changes.after(version, at_most=SECONDS)
        return seen

    def shown(self, place: Place = HERE) -> list[str]:
        """What only Ana sees in the payments channel."""
        return [message.body["text"] for message in self.slack.ephemeral(place.channel, place.user)]

    def shown_soon(self, count: int) -> list[str]:
        """The same, as soon as there are so many."""
        return asyncio.run_coroutine_threadsafe(self._shown_soon(count), self.loop).result(SECONDS)

    async def _shown_soon(self, count: int) -> list[str]:
        version = self.slack.changes.version
        while len(shown := self.shown()) < count:
            version = await self.slack.changes.after(version, at_most=SECONDS)
        return shown

    def connected_soon(self) -> None:
        """Back as soon as Steward is connected by Socket Mode."""
        asyncio.run_coroutine_threadsafe(self._connected_soon(), self.loop).result(2 * SECONDS)

    async def _connected_soon(self) -> None:
        while not self.desk.courier.sockets.is_open:
            await asyncio.sleep(0)

    def ask(self, text: str, *, command: str = "/slm", **more: str) -> httpx.Response:
        """A slash command, signed as Slack signs it."""
        form = {"command": command, "text": text, "user_id": ANA, "channel_id": PAYMENTS, "team_id": "T0HOME"}
        return self.deliver(urlencode({**form, **more}).encode())

    def deliver(
        self,
        body: bytes,
        kind: str = FORM,
        *,
        at: datetime | None = None,
        headers: Mapping[str, str | bytes] | None = None,
    ) -> httpx.Response:
        """Any body, signed; `headers` replace those of the signature."""
        signed = signature_headers(SECRET, body, at=at or self.clock.now())
        return self.request("POST", content=body, headers={**signed, "Content-Type": kind, **(headers or {})})

    def request(self, method: str, path: str = "/slack/events", **options: Any) -> httpx.Response:
        """Any request to Steward's server."""
        with httpx.Client(base_url=self.address, trust_env=False, timeout=SECONDS) as client:
            return client.request(method, path, **options)


def _label(element: Mapping[str, Any]) -> object:
    text = element.get("text")
    return text.get("text") if isinstance(text, dict) else None


def text_of(response: httpx.Response) -> str:
    """The text of an answer that came with the acknowledgement."""
    assert response.status_code == 200, response.text
    return str(json.loads(response.text)["text"])


@contextmanager
def played_steward(
    store: Store,
    clock: Clock,
    *,
    seed: WorkspaceSeed = SEED,
    ack_seconds: float = SECONDS,
    by_socket: bool = False,
) -> Iterator[PlayedSteward]:
    """Steward on a free port of loopback, reached over HTTP or by Socket Mode."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        closing(SandboxSlack(seed, path=None, clock=clock.now)) as slack,
    ):
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = _settings(address, seed, by_socket=by_socket)
        road = Road(f"{address}/slack/events", ack_seconds=SECONDS, signed_at=clock.now)
        page = create_app(
            slack,
            events_url=road.events_url,
            manifest=manifest("/slm", public_url=address),
            road=road,
            enforce_scopes=True,
            extras=Extras(Gallery(every_message), "Europe/Berlin"),
        )
        app = application(
            settings,
            Opened(store, "default"),
            clock,
            mounts=[Mount("/", page)],
            ack_seconds=ack_seconds,
        )
        desk: Desk = page.state.desk
        with _served(app, listening, slack) as loop:
            yield PlayedSteward(address, slack, desk, loop, clock)


def _settings(address: str, seed: WorkspaceSeed, *, by_socket: bool) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(seed.bot_token),
        slack_signing_secret=None if by_socket else SecretStr(seed.signing_secret),
        slack_app_token=SecretStr(seed.app_token) if by_socket else None,
        slack_api_base_url=f"{address}/sandbox/api/",
        steward_api_token=SecretStr(API_TOKEN),
    )


@contextmanager
def _served(
    app: Starlette, listening: socket.socket, slack: SandboxSlack
) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of a server that answers, in a thread of its own."""
    loop = asyncio.new_event_loop()
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=SECONDS)
    server = uvicorn.Server(config)

    def serve() -> None:
        loop.run_until_complete(server.serve(sockets=[listening]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        slack.changes.stop()
        server.should_exit = True
        thread.join(SECONDS)
        assert not thread.is_alive(), "the server did not end"
