"""Asking the Procfile's web processes on PostgreSQL: under load, and with deliveries that come to both of them."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from sandbox.signing import signature_headers
from tests.fakes.definitions import SERVICE, file_of, slo
from tests.fakes.slack_server import Answer, FaultyServer, faulty_slack
from tests.processes.steward import Running, due_team, free_port, running, soon, steward

pytestmark = [pytest.mark.slow]

DATABASE = "asking"
SECRET = "the-signing-secret-of-the-tests"
SLOW_SECONDS = 4.0
FORM = {"user_id": "U0ANA", "team_id": "T0HOME", "channel_id": "C0PAYMENTS", "channel_name": "team-payments"}
MANY = 20


@pytest.fixture(scope="module")
def database(postgresql_url: str) -> Iterator[str]:
    """An empty database of its own."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    yield make_url(postgresql_url).set(database=DATABASE).render_as_string(hide_password=False)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture
def responses() -> Iterator[FaultyServer]:
    """Where late answers and what is shared arrive."""
    with faulty_slack(Answer(body="ok")) as server:
        yield server


@pytest.fixture(scope="module")
def whispers() -> Iterator[FaultyServer]:
    """A Slack that takes what is whispered, and does nothing else."""
    with faulty_slack(Answer(body={"ok": True}), only="chat.postEphemeral") as server:
        yield server


@pytest.fixture(scope="module")
def webs(
    tmp_path_factory: pytest.TempPathFactory, database: str, whispers: FaultyServer
) -> Iterator[list[Running]]:
    """Two web processes that are ready."""
    tmp_path = tmp_path_factory.mktemp("webs")
    (tmp_path / "all.yaml").write_text(file_of(due_team(), SERVICE, slo("checkout-availability", "0.999")))
    variables = {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_BASE_URL": whispers.base_url,
        "HOST": "127.0.0.1",
    }
    for words in (["migrate"], ["apply", "all.yaml"]):
        assert steward(*words, folder=tmp_path, **variables).returncode == 0
    with ExitStack() as stack:
        made = []
        for port in (free_port(), free_port()):
            web = stack.enter_context(
                running("web", folder=tmp_path, variables={**variables, "PORT": str(port)})
            )
            web.address = f"http://127.0.0.1:{port}"
            made.append(web)
        for web in made:
            soon(partial(is_ready, web), what="the web process answers")
        yield made
        for web in made:
            assert web.stop() == 0
            assert "Traceback" not in web.said


def is_ready(web: Running) -> bool:
    try:
        return web.get("/readyz").text == "ready\n"
    except httpx.TransportError:
        return False


@contextmanager
def locked(database: str) -> Iterator[None]:
    """Nobody else can read which workspaces there are, so no command comes to its end."""
    with psycopg.connect(database) as connection:
        connection.execute("LOCK TABLE workspace IN ACCESS EXCLUSIVE MODE")
        yield


def count(database: str, table: str) -> int:
    with psycopg.connect(database) as connection:
        [(number,)] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()  # noqa: S608
        return int(number)


def command(text: str, trigger: str, responses: FaultyServer) -> tuple[bytes, str]:
    form = {**FORM, "command": "/slm", "text": text, "trigger_id": trigger}
    form["response_url"] = responses.base_url
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def press(action: Mapping[str, Any], trigger: str, responses: FaultyServer) -> tuple[bytes, str]:
    body = {
        "type": "block_actions",
        "team": {"id": "T0HOME"},
        "user": {"id": "U0ANA"},
        "channel": {"id": "C0PAYMENTS", "name": "team-payments"},
        "trigger_id": trigger,
        "response_url": responses.base_url,
        "actions": [{"type": "button", "block_id": "row", **action}],
    }
    return urlencode({"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded"


def mention(text: str, event_id: str) -> tuple[bytes, str]:
    event = {"type": "app_mention", "user": "U0ANA", "channel": "C0PAYMENTS", "text": f"<@UBOT> {text}"}
    body = {"type": "event_callback", "team_id": "T0HOME", "event_id": event_id, "event": event}
    me = {"authorizations": [{"user_id": "UBOT", "is_bot": True}]}
    return json.dumps(body | me).encode(), "application/json"


def delivered(deliveries: Sequence[tuple[Running, tuple[bytes, str]]]) -> list[tuple[float, str]]:
    """All at the same moment; of each how long the acknowledgement took, and what it shows."""

    async def deliver(web: Running, body: bytes, kind: str) -> tuple[float, str]:
        started = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", int(web.address.rpartition(":")[2]))
        writer.write(_request(body, kind))
        head, _, shown = (await reader.read()).partition(b"\r\n\r\n")
        taken = time.monotonic() - started
        writer.close()
        assert head.startswith(b"HTTP/1.1 200 "), head
        return taken, json.loads(shown)["text"] if shown else ""

    async def deliver_all() -> list[tuple[float, str]]:
        return await asyncio.gather(*(deliver(web, *one) for web, one in deliveries))

    return asyncio.run(deliver_all())


def _request(body: bytes, kind: str) -> bytes:
    """As Slack signs it. No library: two hundred of its clients at once would be slower than Steward."""
    signed = signature_headers(SECRET, body, at=datetime.now(UTC))
    headers = {
        **signed,
        "Host": "127.0.0.1",
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = ["POST /slack/events HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.mark.parametrize(("asked", "seconds"), [(12, 2.5), (200, 3.0)])
def test_slow_commands_are_acked_in_time_and_answered_later(
    webs: list[Running], database: str, responses: FaultyServer, asked: int, seconds: float
) -> None:
    commands = [
        command("status checkout-availability", f"{asked}.{number}", responses) for number in range(asked)
    ]
    with locked(database):
        until = time.monotonic() + SLOW_SECONDS
        acked = delivered([(webs[0], one) for one in commands])
        assert {text for _, text in acked} == {"Working on it; the answer comes here."}
        assert max(taken for taken, _ in acked) < seconds
        assert responses.received == []
        time.sleep(max(0.0, until - time.monotonic()))
    soon(lambda: len(responses.received) >= asked, what="all answers")
    assert {one["text"].partition(":")[0] for one in responses.received} == {"checkout-availability"}
    assert len(responses.received) == asked


def test_a_change_delivered_to_both_at_once_is_made_once(
    webs: list[Running], database: str, responses: FaultyServer
) -> None:
    on = datetime.now(UTC) + timedelta(days=10)
    plans = [
        f"maintenance checkout-availability from {on + timedelta(days=number):%Y-%m-%d} 22:00 to 23:00 because upgrade"
        for number in range(MANY)
    ]
    for number, plan in enumerate(plans):
        twice = command(plan, f"plan.{number}", responses)
        shown = sorted(text for _, text in delivered([(web, twice) for web in webs]))
        assert shown[0] == ""
        assert "checkout-availability" in shown[1]
    assert count(database, "exclusion") == MANY
    assert count(database, "heard") == MANY


def test_what_is_shared_and_asked_at_both_at_once_is_said_once(
    webs: list[Running], responses: FaultyServer, whispers: FaultyServer
) -> None:
    share = {"action_id": "share", "value": "status checkout-availability"}
    for number in range(MANY):
        for twice in (
            mention("status checkout-availability", f"Ev{number}"),
            press(share, f"share.{number}", responses),
        ):
            delivered([(web, twice) for web in webs])
    soon(lambda: len(whispers.received) >= MANY, what="all answers to mentions")
    soon(lambda: len(responses.received) >= MANY, what="all that was shared")
    for web in webs:
        assert web.stop() == 0  # what it had taken on is done
    assert len(whispers.received) == MANY
    assert len(responses.received) == MANY
