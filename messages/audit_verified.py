"""Whether the audit trail is whole, for a terminal."""

from datetime import datetime
from typing import Any

from domain.audit import Fault, Verified, instant
from domain.definition_words import instant_words

SAID = {
    Fault.MISSING: "it is not there",
    Fault.CHANGED: "it was changed after it was written",
    Fault.UNCHAINED: "it does not follow the one before: that one was written anew, or this one put in",
    Fault.NOT_THE_HEAD: "it is another one than the head that was given: the trail was written anew",
    Fault.SHORTER: "the trail ends before the head that was given: its newest entries are gone",
}


def verified_text(found: Verified) -> str:
    """What was found, and what to do with it."""
    entries = "1 entry" if found.head.number == 1 else f"{found.head.number:,} entries"
    if found.broken is None:
        return (
            f"The audit trail is whole: {entries}. Its head:\n{found.head}\n"
            "Keep the head elsewhere: `steward audit verify --head HEAD` tells later whether the trail still has it."
        )
    broken = found.broken
    when = f" ({_words(broken.at)})" if broken.at else ""
    return (
        f"The audit trail is broken at entry {broken.number:,}{when}: {SAID[broken.fault]}.\n"
        f"Before it: {entries}, whole. Compare with a backup of the database."
    )


def verified_json(found: Verified) -> dict[str, Any]:
    """The same for machines."""
    broken = found.broken and {
        "number": found.broken.number,
        "at": found.broken.at and instant(found.broken.at),
        "fault": found.broken.fault.value,
        "what": SAID[found.broken.fault],
    }
    return {"whole": not broken, "entries": found.head.number, "head": str(found.head), "broken": broken}


def _words(at: datetime) -> str:
    return f"{instant_words(at)} UTC"
