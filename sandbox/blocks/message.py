"""The blocks of one message, taken together."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.blocks.layout import BLOCK
from sandbox.blocks.shape import problem
from sandbox.errors import SlackError

BLOCKS = 50
CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000
AT_MOST = {"table": 1, "data_visualization": 2}


def read_blocks(value: Any) -> list[dict[str, Any]]:
    """The checked blocks, each with a block_id. SlackError names the block and the limit."""
    blocks = _parsed(value)
    found = list(_problems(blocks))
    if found:
        raise SlackError("invalid_blocks", found)
    if _weight(blocks) > CHARACTERS:
        raise SlackError(
            "msg_blocks_too_long", [f"[ERROR] blocks must be less than {CHARACTERS + 1} characters in all"]
        )
    return with_ids(blocks)


def _parsed(value: Any) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value or "[]")
        except ValueError as error:
            raise SlackError("invalid_blocks_format") from error
    if value is None:
        return []
    if not isinstance(value, list):
        raise SlackError("invalid_blocks_format")
    return value


def _problems(blocks: list[Any]) -> Iterator[str]:
    if len(blocks) > BLOCKS:
        yield problem(f"no more than {BLOCKS} items allowed", "/blocks")
    for index, block in enumerate(blocks):
        yield from BLOCK(block, f"/blocks/{index}")
    yield from repeated_ids(blocks, "/blocks")
    objects = [block for block in blocks if isinstance(block, dict)]
    kinds = Counter(str(block.get("type")) for block in objects)
    for name, most in AT_MOST.items():
        if kinds[name] > most:
            yield problem(f"no more than {most} {name} blocks allowed", "/blocks")
    if sum(len(str(b.get("text"))) for b in objects if b.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        yield problem(f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters in all", "/blocks")


def repeated_ids(blocks: list[Any], pointer: str) -> Iterator[str]:
    """A block_id is unique among the blocks, an action_id within its block."""
    objects = [(index, block) for index, block in enumerate(blocks) if isinstance(block, dict)]
    yield from _repeated("block_id", [block.get("block_id") for _, block in objects], pointer)
    for index, block in objects:
        yield from _repeated("action_id", list(_action_ids(block)), f"{pointer}/{index}")


def _repeated(what: str, ids: list[Any], pointer: str) -> Iterator[str]:
    for value, times in Counter(str(one) for one in ids if one is not None).items():
        if times > 1:
            yield problem(f"`{what}` already exists: {value}", pointer)


def _action_ids(block: dict[str, Any]) -> Iterator[Any]:
    for element in _elements(block):
        yield element.get("action_id")


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    if block.get("type") == "actions" and isinstance(block.get("elements"), list):
        return [element for element in block["elements"] if isinstance(element, dict)]
    return [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]


def _weight(blocks: list[dict[str, Any]]) -> int:
    """Their length as JSON, without tables and charts, which have limits of their own.

    Slack documents no rule; reports agree on about 13,200 with the containers counted in.
    """
    counted = [block for block in blocks if block["type"] not in AT_MOST]
    return len(json.dumps(counted, ensure_ascii=False, separators=(",", ":")))


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Slack gives a name to what was sent without one."""
    return [_with_ids(block, f"auto{index}") for index, block in enumerate(blocks)]


def _with_ids(block: dict[str, Any], block_id: str) -> dict[str, Any]:
    named = {"block_id": block_id, **block}
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            named[name] = {"action_id": f"{block_id}a", **block[name]}
    if block["type"] == "actions":
        named["elements"] = [
            {"action_id": f"{block_id}a{n}", **one} for n, one in enumerate(block["elements"])
        ]
    return named


def find_element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any] | None:
    return next(
        (
            element
            for block in blocks
            if block.get("block_id") == block_id
            for element in _elements(block)
            if element.get("action_id") == action_id
        ),
        None,
    )
