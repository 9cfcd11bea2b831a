"""Findings: what `steward doctor` says about an installation, each with its remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_NAMED = 5


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `what` was found, and the `remedy` where it is not ok."""

    level: Level
    what: str
    remedy: str = ""


def ok(what: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.OK, what)


def warning(what: str, remedy: str) -> Finding:
    """Something that people should know."""
    return Finding(Level.WARNING, what, remedy)


def error(what: str, remedy: str) -> Finding:
    """Something that keeps Steward from its work."""
    return Finding(Level.ERROR, what, remedy)


def listed(names: Sequence[str]) -> str:
    """ "a, b, c, d, e and 3 more"."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
