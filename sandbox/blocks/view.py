"""What a modal or a home may be."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks.layout import HOME_BLOCK, MODAL_BLOCK
from sandbox.blocks.message import repeated_ids, with_ids
from sandbox.blocks.shape import Check, also, array, boolean, kind, problem, shape, text
from sandbox.blocks.texts import plain
from sandbox.errors import SlackError

BLOCKS = 100
BYTES = 250_000

_BOTH: Mapping[str, Check] = {
    "private_metadata": text(3000, 0),
    "callback_id": text(255, 0),
    "external_id": text(255, 0),
}


def _submittable(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and "submit" not in value and _has_input(value.get("blocks")):
        yield problem("submit is required when an input is within blocks", f"{pointer}/submit")


def _has_input(blocks: Any) -> bool:
    found = blocks if isinstance(blocks, list) else []
    return any(isinstance(block, dict) and block.get("type") == "input" for block in found)


MODAL = also(
    shape(
        {"title": plain(24), "blocks": array(MODAL_BLOCK, BLOCKS)},
        {
            **_BOTH,
            "submit": plain(24),
            "close": plain(24),
            "submit_disabled": boolean,
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
    ),
    _submittable,
)
HOME = shape({"blocks": array(HOME_BLOCK, BLOCKS, 0)}, _BOTH)
KINDS: Mapping[str, Check] = {"modal": MODAL, "home": HOME}


def read_view(value: Any, wanted: str) -> dict[str, Any]:
    """The checked view of that type. SlackError names what is wrong and the limit."""
    view = _parsed(value)
    found = list(kind({wanted: KINDS[wanted]})(view, "/view"))
    if not found:
        found = list(repeated_ids(view["blocks"], "/view/blocks"))
    if found:
        raise SlackError("invalid_arguments", found)
    if len(json.dumps(view, ensure_ascii=False).encode()) > BYTES:
        raise SlackError("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


def _parsed(value: Any) -> Any:
    if value is None:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise SlackError("invalid_arguments", [problem("must be JSON", "/view")]) from error
