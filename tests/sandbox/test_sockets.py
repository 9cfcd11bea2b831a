"""Socket Mode against a real server on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.courier import ACK_SECONDS
from sandbox.place import Place
from sandbox.serve import Server
from tests.sandbox.world import SEED, World

Story = Callable[[str], Awaitable[None]]
ANA = Place("U0ANA", "C0PAY")


@asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """The sandbox's address while it is served."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(world.app, log_level="error", lifespan="off")
    server = Server(config, world.slack)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def socket_url(session: aiohttp.ClientSession, base: str) -> str:
    headers = {"Authorization": f"Bearer {SEED.app_token}"}
    async with session.post(f"{base}/sandbox/api/apps.connections.open", headers=headers) as response:
        url: str = (await response.json())["url"]
        return url


@pytest.fixture
def patient() -> Iterator[World]:
    """A Slack that waits its whole three seconds."""
    made = World(ack_seconds=ACK_SECONDS)
    yield made
    made.slack.close()


async def connected(session: aiohttp.ClientSession, base: str) -> aiohttp.ClientWebSocketResponse:
    """A connection that was said hello to."""
    connection = await session.ws_connect(await socket_url(session, base))
    assert (await connection.receive_json())["type"] == "hello"
    return connection


async def disconnect(base: str, **given: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base}/sandbox/faults/disconnect-sockets", json=given) as response,
    ):
        assert (await response.json())["sockets"] == 0


def test_hello_envelope_and_acknowledgement(world: World) -> None:
    async def story() -> dict[str, Any]:
        async with served(world) as base, aiohttp.ClientSession() as session:
            url = await socket_url(session, base)
            assert url.startswith(base.replace("http", "ws"))
            async with session.ws_connect(url) as connection:
                assert (await connection.receive_json())["type"] == "hello"
                typing = asyncio.create_task(world.desk.type_in(ANA, "/slm status"))
                envelope: dict[str, Any] = await connection.receive_json()
                await connection.send_str("no JSON")
                payload = {"response_type": "ephemeral", "text": "all met"}
                await connection.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})
                await typing
            return envelope

    envelope = asyncio.run(story())
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["text"] == "status"
    assert world.texts() == ["all met"]
    assert world.listener.requests == []


def test_each_delivery_goes_to_one_connection(world: World) -> None:
    async def hear(connection: aiohttp.ClientWebSocketResponse, heard: list[str], name: str) -> None:
        async for message in connection:
            envelope = message.json()
            if "envelope_id" in envelope:
                heard.append(name)
                await connection.send_json({"envelope_id": envelope["envelope_id"]})

    async def story() -> list[str]:
        heard: list[str] = []
        async with served(world) as base, aiohttp.ClientSession() as session:
            connections = [await session.ws_connect(await socket_url(session, base)) for _ in range(2)]
            for connection in connections:
                await connection.receive_json()
            tasks = [
                asyncio.create_task(hear(one, heard, str(index))) for index, one in enumerate(connections)
            ]
            for _ in range(4):
                await world.desk.type_in(ANA, "/slm")
            for connection in connections:
                await connection.close()
            await asyncio.gather(*tasks)
        return heard

    assert sorted(asyncio.run(story())) == ["0", "0", "1", "1"]


def test_an_address_is_good_for_one_connection(world: World) -> None:
    async def story() -> int:
        async with served(world) as base, aiohttp.ClientSession() as session:
            url = await socket_url(session, base)
            async with session.ws_connect(url), session.get(url.replace("ws", "http", 1)) as response:
                assert response.status == 404
            try:
                await session.ws_connect(url)
            except aiohttp.WSServerHandshakeError as refusal:
                return refusal.status
            return 0

    assert asyncio.run(story()) == 403


def test_pages_of_other_origins_get_no_socket(world: World) -> None:
    async def story() -> int:
        async with served(world) as base, aiohttp.ClientSession() as session:
            try:
                await session.ws_connect(await socket_url(session, base), origin="http://evil.example")
            except aiohttp.WSServerHandshakeError as refusal:
                return refusal.status
            return 0

    assert asyncio.run(story()) == 403


def test_bolts_own_socket_mode(world: World) -> None:
    async def story() -> None:
        async with served(world) as base:
            client = AsyncWebClient(token=SEED.bot_token, base_url=f"{base}/sandbox/api/")
            app = AsyncApp(client=client, process_before_response=True)

            async def answer(ack: AsyncAck) -> None:
                await ack(text="met, through the socket")

            app.command("/slm")(answer)
            handler = AsyncSocketModeHandler(app, SEED.app_token, web_client=client)
            await handler.connect_async()
            await world.desk.type_in(ANA, "/slm status")
            await handler.close_async()

    asyncio.run(story())
    assert world.texts() == ["met, through the socket"]


def test_bolt_connects_anew_when_told_to(patient: World) -> None:
    """What is typed meanwhile waits for it."""

    async def story() -> None:
        async with served(patient) as base:
            client = AsyncWebClient(token=SEED.bot_token, base_url=f"{base}/sandbox/api/")
            app = AsyncApp(client=client, process_before_response=True)

            async def answer(ack: AsyncAck, command: dict[str, Any]) -> None:
                await ack(text=f"answered {command['text']}")

            app.command("/slm")(answer)
            handler = AsyncSocketModeHandler(app, SEED.app_token, web_client=client)
            await handler.connect_async()
            for number in ("one", "two"):
                before = handler.client.current_session
                await disconnect(base)
                await patient.desk.type_in(ANA, f"/slm {number}")
                assert handler.client.current_session is not before
            await handler.close_async()

    asyncio.run(asyncio.wait_for(story(), 20))
    assert patient.texts() == ["answered one", "answered two"]
    assert patient.listener.requests == []


def test_who_is_told_to_go_may_still_acknowledge(patient: World) -> None:
    async def story() -> None:
        async with served(patient) as base, aiohttp.ClientSession() as session:
            connection = await connected(session, base)
            typing = asyncio.create_task(patient.desk.type_in(ANA, "/slm status"))
            envelope = await connection.receive_json()
            await disconnect(base, reason="warning")
            assert await connection.receive_json() == {
                "type": "disconnect",
                "reason": "warning",
                "debug_info": {"host": "sandbox"},
            }
            payload = {"text": "just in time"}
            await connection.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})
            await typing

    asyncio.run(asyncio.wait_for(story(), 20))
    assert patient.texts() == ["just in time"]


def test_who_never_comes_back_misses_it(world: World) -> None:
    async def story() -> None:
        async with served(world) as base, aiohttp.ClientSession() as session:
            _connection = await connected(session, base)
            await disconnect(base)
            await world.desk.type_in(ANA, "/slm status")

    asyncio.run(asyncio.wait_for(story(), 20))
    assert world.texts() == ['/slm failed with the error "operation_timeout"']


def test_an_event_that_is_not_acknowledged_goes_to_another_connection_once(world: World) -> None:
    async def story() -> list[dict[str, Any]]:
        async with served(world) as base, aiohttp.ClientSession() as session:
            silent, other = [await connected(session, base) for _ in range(2)]
            await world.desk.type_in(ANA, "@steward status")
            first = await silent.receive_json()
            due = asyncio.create_task(world.desk.redelivery.deliver_due())
            second = await other.receive_json()
            await other.send_json({"envelope_id": second["envelope_id"]})
            await due
            return [first, second]

    first, second = asyncio.run(asyncio.wait_for(story(), 20))
    assert "retry_attempt" not in first
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "http_timeout")
    assert first["payload"] == second["payload"]
    assert first["envelope_id"] != second["envelope_id"]
    assert world.desk.redelivery.waiting == ()


def test_a_connection_that_closes_acknowledges_nothing(patient: World) -> None:
    async def story() -> None:
        async with served(patient) as base, aiohttp.ClientSession() as session:
            connection = await connected(session, base)
            typing = asyncio.create_task(patient.desk.type_in(ANA, "/slm status"))
            await connection.receive_json()
            await connection.close()
            await typing

    asyncio.run(asyncio.wait_for(story(), 20))
    assert patient.texts() == ['/slm failed with the error "dispatch_failed"']


def test_ten_connections_and_no_more(world: World) -> None:
    async def story() -> tuple[list[int], int]:
        async with served(world) as base, aiohttp.ClientSession() as session:
            connections = [await session.ws_connect(await socket_url(session, base)) for _ in range(10)]
            greeted = [(await one.receive_json())["num_connections"] for one in connections]
            try:
                await session.ws_connect(await socket_url(session, base))
            except aiohttp.WSServerHandshakeError as refusal:
                return greeted, refusal.status
            return greeted, 0

    assert asyncio.run(asyncio.wait_for(story(), 20)) == ([*range(1, 11)], 403)


def test_slack_sdk_posts_and_reads(world: World) -> None:
    async def story() -> list[str]:
        async with served(world) as base:
            client = AsyncWebClient(token=SEED.bot_token, base_url=f"{base}/sandbox/api/")
            block = {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}
            await client.chat_postMessage(channel="#payments", text="by the SDK", blocks=[block])
            read = await client.conversations_history(channel="C0PAY", include_all_metadata=True)
            return [one["text"] for one in read["messages"]]

    assert asyncio.run(story()) == ["by the SDK"]
