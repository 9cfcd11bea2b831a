"""The audit trail: everything that anybody did, each entry chained to the one before, so that a change shows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from domain.audit_action import Action

FILES = "definitions"
"""Who did it where a definition file says so."""
OPERATOR = "operator"
"""Who did it where somebody did it at the command line."""
OTHERS = (FILES, OPERATOR)
"""Who else than people does something."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, by whom (None: by Steward itself), with what is to be known of it.

    Subjects are names of objectives; others have their kind before it: `team:payments`.
    `action` is a word where another Steward wrote it.
    """

    action: Action | str
    subject: str
    by: str | None
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a trail: whoever keeps it elsewhere can tell later whether it is still in the trail."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: an act as it is kept, people by reference. `facts` is JSON in its canonical form."""

    number: int
    at: datetime
    by: str | None
    action: str
    subject: str
    facts: str
    previous: str
    chained: str = ""

    @property
    def head(self) -> Head:
        """This one, as the newest of its trail."""
        return Head(self.number, self.chained)

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical form of all the rest, in hexadecimal digits."""
        told = {
            "number": self.number,
            "at": instant(self.at),
            "by": self.by,
            "action": self.action,
            "subject": self.subject,
            "facts": self.facts,
            "previous": self.previous,
        }
        return sha256(canonical(told).encode()).hexdigest()


class Fault(StrEnum):
    """What is wrong with a link."""

    MISSING = "missing"
    CHANGED = "changed"
    UNCHAINED = "unchained"
    NOT_THE_HEAD = "not_the_head"
    """The entry is another one than the head that somebody kept."""
    SHORTER = "shorter"
    """The trail ends before the head that somebody kept."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link: which number, what is wrong, and when the entry there says that it was."""

    number: int
    fault: Fault
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """How far a trail is whole: up to `head`; `broken` is what comes after it."""

    head: Head
    broken: Broken | None = None


def canonical(value: Any) -> str:
    """JSON in the one way in which it is hashed: sorted keys, no spaces, no escapes that need not be."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def instant(at: datetime) -> str:
    """Such as "2026-11-20T09:00:00.000000Z"."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def origin(workspace: str) -> Head:
    """What the first entry of a workspace is chained to."""
    return Head(0, sha256(f"steward audit {workspace}".encode()).hexdigest())


def verify(entries: Iterable[Entry], start: Head, kept: Head | None = None) -> Verified:
    """Go along the trail from its beginning, by number, until a link is broken.

    `kept` is a head that somebody wrote down earlier: it has to be in the trail. What no chain shows: that its newest
    entries are gone, or all was written anew, unless a head of it was kept.
    """
    head = start
    for entry in entries:
        fault = _fault(entry, head)
        if fault is Fault.MISSING:
            return Verified(head, Broken(head.number + 1, fault))
        if fault is None and kept and entry.number == kept.number and entry.chained != kept.hash:
            fault = Fault.NOT_THE_HEAD
        if fault:
            return Verified(head, Broken(entry.number, fault, entry.at))
        head = entry.head
    return Verified(head, _short(head, start, kept))


def _fault(entry: Entry, before: Head) -> Fault | None:
    if entry.number != before.number + 1:
        return Fault.MISSING
    if entry.hash != entry.chained:
        return Fault.CHANGED
    return Fault.UNCHAINED if entry.previous != before.hash else None


def _short(head: Head, start: Head, kept: Head | None) -> Broken | None:
    if kept is None:
        return None
    if kept.number > head.number:
        return Broken(head.number + 1, Fault.SHORTER)
    return Broken(0, Fault.NOT_THE_HEAD) if kept.number == 0 and kept != start else None
