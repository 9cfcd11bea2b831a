"""People in the audit trail: by reference wherever a text names them, so that they can be forgotten."""

import re
from collections.abc import Callable
from typing import Any

from domain.person import FORMER, is_erased
from storage.people import People

EDGE = "\x1f"
"""Around a reference within a text. Nobody can type it: it is taken out of what is noted."""
REFERENCE = re.compile(f"{EDGE}(P\\d+){EDGE}")
MENTION = re.compile(f"<@{EDGE}(P\\d+){EDGE}>")
LABELLED = re.compile(r"<@([UW][A-Z0-9]{2,})\|[^<>]*>|<mailto:([^<>|]+)(?:\|[^<>]*)?>")
# Some of Slack's IDs have no digit; a long word in capitals is taken for one too, and comes back as it was.
SLACK_ID = r"(?<![A-Za-z0-9])[UW](?:(?=[A-Z]*\d)[A-Z0-9]{2,30}|[A-Z0-9]{8,30})(?![A-Za-z0-9])"
ADDRESS = r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,30}){1,4}"
PERSON = re.compile(f"{SLACK_ID}|{ADDRESS}")


def referred(value: Any, people: People) -> Any:
    """The same text, list or dict with references instead of Slack's IDs and addresses."""
    return _through(value, lambda text: PERSON.sub(lambda found: _reference(found[0], people), _typed(text)))


def named(value: Any, people: People) -> Any:
    """The same as it was noted; who was erased is a former member, where mentioned, else `erased-P12`."""
    return _through(
        value, lambda text: REFERENCE.sub(lambda found: people.named(found[1]), _mentioned(text, people))
    )


def _mentioned(text: str, people: People) -> str:
    names = {reference: people.named(reference) for reference in MENTION.findall(text)}
    return MENTION.sub(lambda found: FORMER if is_erased(names[found[1]]) else found[0], text)


def _reference(person: str, people: People) -> str:
    # Addresses are alike in capitals and small letters, references are not.
    known_as = person.lower() if "@" in person else person
    return f"{EDGE}{people.reference(known_as)}{EDGE}"


def _typed(text: str) -> str:
    """What can be kept: no edge, no NUL (PostgreSQL), no half of a character; no name beside a mention."""
    kept = text.replace(EDGE, "").replace("\0", "").encode(errors="replace").decode()
    return LABELLED.sub(lambda found: f"<@{found[1]}>" if found[1] else found[2], kept)


def _through(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _through(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_through(one, change) for one in value]
    return value
