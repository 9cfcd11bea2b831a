"""Text, blocks and metadata of a message, read as strictly as Slack does."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox.blocks.message import read_blocks
from sandbox.errors import SlackError

TEXT = 40_000
UPDATED_TEXT = 4_000
METADATA_BYTES = 16_000
"""Slack says that there is a limit, not which: this is the conservative one."""
EVENT_TYPE = re.compile(r"[\w.:-]{1,255}")


def read_content(given: Mapping[str, Any], *, most: int = TEXT) -> dict[str, Any]:
    """Text and blocks. SlackError for what Slack refuses."""
    text = given.get("text") or ""
    if not isinstance(text, str):
        raise SlackError("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    if given.get("attachments"):
        raise SlackError("invalid_attachments", ["[ERROR] the sandbox does not know attachments: use blocks"])
    blocks = read_blocks(given.get("blocks"))
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if len(text) > most:
        raise SlackError(
            "msg_too_long", [f"[ERROR] must be less than {most + 1} characters [json-pointer:/text]"]
        )
    return {"text": text, "blocks": blocks} if blocks else {"text": text}


def read_metadata(given: Any) -> dict[str, Any]:
    """`{"metadata": …}`, or nothing where none was given."""
    if given in (None, ""):
        return {}
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise SlackError("invalid_metadata_format") from error
    if not _is_metadata(given):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(given, ensure_ascii=False).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return {"metadata": given}


def _is_metadata(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) <= {"event_type", "event_payload", "entities"}
        and isinstance(given.get("event_type"), str)
        and EVENT_TYPE.fullmatch(given["event_type"]) is not None
        and isinstance(given.get("event_payload"), dict)
        and all(_is_payload(value) for value in given["event_payload"].values())
    )


def _is_payload(value: Any) -> bool:
    """Text, a number, a boolean; an object of such, or a list of either."""
    return all(map(_is_flat, value)) if isinstance(value, list) else _is_flat(value)


def _is_flat(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else [value]
    return all(isinstance(part, str | int | float) for part in parts)
