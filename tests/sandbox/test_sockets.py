"""Socket Mode against a real server on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

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


def test_slack_sdk_posts_and_reads(world: World) -> None:
    async def story() -> list[str]:
        async with served(world) as base:
            client = AsyncWebClient(token=SEED.bot_token, base_url=f"{base}/sandbox/api/")
            block = {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}
            await client.chat_postMessage(channel="#payments", text="by the SDK", blocks=[block])
            read = await client.conversations_history(channel="C0PAY", include_all_metadata=True)
            return [one["text"] for one in read["messages"]]

    assert asyncio.run(story()) == ["by the SDK"]
