"""Every message of ours, as kept in tests/messages/golden, through slack_sdk's models and client to the sandbox."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from tests.fakes.slack_server import serving
from tests.sandbox.world import SEED, World

GOLDEN = sorted((Path(__file__).parents[1] / "messages" / "golden").glob("*.json"))
#: slack_sdk has no models of these: plain dicts pass through.
UNKNOWN_TO_THE_SDK = {"data_visualization", "data_table"}
METADATA = {"event_type": "steward_notice", "event_payload": {"key": "digest:payments:2026-11-24"}}

Content = dict[str, Any]
each_message = pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)


def read(path: Path) -> Content:
    content: Content = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_there_are_messages() -> None:
    assert len(GOLDEN) > 50


@each_message
def test_slack_sdks_models_say_the_same(path: Path) -> None:
    blocks = [block for block in read(path)["blocks"] if block["type"] not in UNKNOWN_TO_THE_SDK]
    modelled = [block.to_dict() for block in Block.parse_all(blocks)]  # to_dict() checks the lengths
    assert modelled == blocks


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.slack.close()


@pytest.fixture(scope="module")
def client(world: World) -> Iterator[WebClient]:
    with serving(world.app) as address:
        yield WebClient(SEED.bot_token, base_url=f"{address}/sandbox/api/", retry_handlers=[])


@each_message
def test_what_is_posted_stands_in_the_history(path: Path, world: World, client: WebClient) -> None:
    said = read(path)
    world.clock.forward(seconds=1)
    ts = client.chat_postMessage(channel="C0PAY", metadata=METADATA, **said)["ts"]
    found = client.conversations_history(channel="C0PAY", limit=1, include_all_metadata=True)
    (message,) = found["messages"]
    assert (message["ts"], message["metadata"]) == (ts, METADATA)
    assert message["text"] == said["text"]
    assert without_given_ids(message.get("blocks", [])) == said["blocks"]


def without_given_ids(blocks: Any) -> Any:
    """What Slack names by itself is no content."""
    if isinstance(blocks, list):
        return [without_given_ids(one) for one in blocks]
    if not isinstance(blocks, dict):
        return blocks
    return {
        name: without_given_ids(value)
        for name, value in blocks.items()
        if not (name in {"block_id", "action_id"} and str(value).startswith("auto"))
    }
