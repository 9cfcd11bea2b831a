"""Text, blocks and metadata of a message, read as strictly as Slack does."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.blocks.message import read_blocks
from sandbox.errors import SlackError

TEXT = 40_000
UPDATED_TEXT = 4_000


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
    return {"metadata": given}


def _is_metadata(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) <= {"event_type", "event_payload", "entities"}
        and isinstance(given.get("event_type"), str)
        and bool(given["event_type"])
        and isinstance(given.get("event_payload"), dict)
    )
