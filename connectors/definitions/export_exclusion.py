"""Planned work as documents: its first occurrence, and the rule by which it comes again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from connectors.definitions.export_words import Written, document, given
from connectors.definitions.recurrence import MOST_OCCURRENCES, occurrences
from domain.exclusion import Exclusion

QUARTER = 15
EAST, WEST = 14 * 60, 12 * 60
"""The largest offsets of clocks, in minutes."""


def exclusion_document(exclusion: Exclusion) -> Written | None:
    """None where no document says just these occurrences."""
    clocks = next(_fitting(exclusion), None)
    if clocks is None:
        return None
    start = exclusion.starts[0].astimezone(clocks)
    spec = {
        "objectives": list(exclusion.objectives),
        "services": list(exclusion.services),
        "from": _written(start),
        "to": _written((exclusion.starts[0] + exclusion.length).astimezone(clocks)),
        "timezone": exclusion.timezone,
        "recurs": exclusion.recurs,
        "ground": exclusion.ground.value,
        "reason": exclusion.reason,
    }
    return document("Exclusion", exclusion.name, given(spec))


def _written(at: datetime) -> str:
    text = at.isoformat()
    return f"{text[:-6]}Z" if at.tzinfo is UTC else text


def _fitting(exclusion: Exclusion) -> Iterator[tzinfo]:
    """The clocks by which its rule comes to its occurrences: a rule without a zone goes by the offset of its start."""
    return (clocks for clocks in _clocks(exclusion) if _occurrences(exclusion, clocks) == exclusion.starts)


def _clocks(exclusion: Exclusion) -> Iterator[tzinfo]:
    if exclusion.timezone:
        yield ZoneInfo(exclusion.timezone)
        return
    yield UTC
    if exclusion.recurs:
        for minutes in range(-WEST, EAST + 1, QUARTER):
            yield timezone(timedelta(minutes=minutes))


def _occurrences(exclusion: Exclusion, clocks: tzinfo) -> tuple[datetime, ...]:
    """As the reader finds them."""
    first = exclusion.starts[0]
    if exclusion.recurs is None:
        return (first,)
    wall = first.astimezone(clocks).replace(tzinfo=None, fold=0)
    found = occurrences(exclusion.recurs, wall, clocks)[:MOST_OCCURRENCES]
    starts = (first if each == wall else each.replace(tzinfo=clocks).astimezone(UTC) for each in found)
    return tuple(sorted(set(starts)))
