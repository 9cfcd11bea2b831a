"""Exclusion documents (steward/v1): planned work, once or again and again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from connectors.definitions.document import Document, Links
from connectors.definitions.fields import Fields, Shape, name_problem
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import OURS, metadata_of, warn_without_effect
from connectors.definitions.nodes import Node, Scalar, is_empty
from connectors.definitions.recurrence import MOST_OCCURRENCES, occurrences, rule_problem
from connectors.definitions.scalars import instant
from connectors.definitions.zone import read_zone
from domain.definition import UNANNOUNCED
from domain.exclusion import Exclusion, Ground

SPEC = Shape(
    "the spec of an Exclusion",
    ("objectives", "services", "from", "to", "recurs", "ground", "reason", "timezone"),
)
YEARS = range(2000, 2200)
LONGEST = timedelta(days=31)
"""Of one occurrence."""


@dataclass(frozen=True, slots=True)
class _First:
    """The first occurrence; `zone` are the clocks by which it recurs."""

    start: datetime
    end: datetime
    zone: tzinfo
    written: str


def read_exclusion(document: Document, links: Links) -> Exclusion | None:
    """The exclusion that a document describes, not announced yet; None where its time or reason is missing."""
    metadata = metadata_of(document, OURS)
    warn_without_effect(metadata, "displayName")
    metadata.text("displayName")
    spec = document.spec(SPEC)
    objectives = _names(spec, links, "objectives", "Objective")
    services = _names(spec, links, "services", "Service")
    if all(is_empty(spec.get(field)) for field in ("objectives", "services")):
        spec.error("E707", "objectives", "Name at least one of `objectives` or `services`.")
    reason = spec.text("reason", required=True)
    ground = Ground(spec.word("ground", tuple(Ground)) or Ground.PLANNED_WORK)
    first, rule = _first(spec), _rule(spec)
    starts = _starts(spec, first, rule) if first else ()
    if first is None or reason is None or not starts:
        return None
    return Exclusion(
        name=document.name,
        starts=starts,
        length=first.end - first.start,
        reason=reason,
        announced_at=UNANNOUNCED,
        objectives=objectives,
        services=services,
        ground=ground,
        recurs=rule,
        timezone=spec.text("timezone"),
    )


def _names(spec: Fields, links: Links, field: str, kind: str) -> tuple[str, ...]:
    """The names of a list, in order; those of objectives may have two parts."""
    found = (_name(spec, item, kind) for item in spec.items(field) or ())
    names = {name: item for name, item in found if name}
    for name, item in names.items():
        links.refer_at(kind, name, spec.findings, item.line)
    return tuple(sorted(names))


def _name(spec: Fields, item: Node, kind: str) -> tuple[str | None, Node]:
    text = item.text if isinstance(item, Scalar) else "a list or mapping"
    parts = text.split("/", 1) if kind == "Objective" else [text]
    problem = next((problem for part in parts if (problem := name_problem(part))), None)
    if problem:
        spec.findings.add("E209", item.line, problem)
    return (None if problem else text), item


def _first(spec: Fields) -> _First | None:
    zone = read_zone(spec, "timezone")
    if zone is None and spec.has("timezone"):
        return None
    start, end = _instant(spec, "from", zone), _instant(spec, "to", zone)
    if start is None or end is None or start.tzinfo is None:
        return None
    begins, ends = start.astimezone(UTC), end.astimezone(UTC)
    if not begins < ends:
        spec.error("E706", "to", "Planned work ends after it begins: `to` must be later than `from`.")
    elif ends - begins > LONGEST:
        spec.error(
            "E706", "to", f"Planned work lasts at most {LONGEST.days} days; split it, or let it recur."
        )
    else:
        written = spec.scalar("from")
        clocks = ZoneInfo(zone) if zone else start.tzinfo
        return _First(begins, ends, clocks, written.text if written else "")
    return None


def _instant(spec: Fields, name: str, zone: str | None) -> datetime | None:
    """A whole minute with a zone: its own, or the one that the exclusion names."""
    scalar = spec.scalar(name, required=True)
    if scalar is None:
        return None
    found = instant(scalar.text)
    if found is None:
        text = f"`{name}` is {quoted(scalar.text)}; write a whole minute, as 2026-11-28T22:00:00+01:00."
        spec.error("E705", name, text)
    elif found.tzinfo is None and zone is None:
        text = f"`{name}` has no zone; end it in Z or +01:00, or give a `timezone` such as Europe/Berlin."
        spec.error("E705", name, text)
    elif found.year not in YEARS:
        spec.error("E706", name, f"`{name}` must lie between {YEARS[0]} and {YEARS[-1]}; check the year.")
    else:
        return found if found.tzinfo or zone is None else found.replace(tzinfo=ZoneInfo(zone))
    return None


def _rule(spec: Fields) -> str | None:
    """The rule in capitals; None where there is none, or a wrong one."""
    text = spec.text("recurs")
    if text is None:
        return None
    rule = text.strip().upper().removeprefix("RRULE:")
    problem = rule_problem(rule)
    if problem is None:
        return rule
    spec.error("E708", "recurs", f"`recurs` {problem}")
    return None


def _starts(spec: Fields, first: _First, rule: str | None) -> tuple[datetime, ...]:
    """The starts of all occurrences (UTC)."""
    if rule is None:
        return (first.start,)
    wall = first.start.astimezone(first.zone).replace(tzinfo=None, fold=0)
    found = occurrences(rule, wall, first.zone)
    if not found:
        spec.error("E709", "recurs", "The rule never comes true after `from`; correct one of the two.")
        return ()
    _warn_of_rule(spec, first, wall, found)
    zoned = (each.replace(tzinfo=first.zone).astimezone(UTC) for each in found[:MOST_OCCURRENCES])
    # An hour that the clocks show twice: `from` says which one it means.
    starts = (first.start if each == wall else start for each, start in zip(found, zoned, strict=False))
    return tuple(sorted(set(starts)))


def _warn_of_rule(spec: Fields, first: _First, wall: datetime, found: list[datetime]) -> None:
    if found[0] != wall:
        text = f"`from` is no occurrence of its rule: the first is {found[0]:%Y-%m-%d %H:%M}. Begin there."
        spec.error("W704", "from", text)
    if len(found) > MOST_OCCURRENCES:
        last = found[MOST_OCCURRENCES - 1]
        text = (
            f"Only the first {MOST_OCCURRENCES:,} occurrences are kept, until {last:%Y-%m-%d}; "
            "say UNTIL, and define it anew by then."
        )
        spec.error("W702", "recurs", text)
    if not spec.has("timezone") and not first.written.endswith(("Z", "z")):
        offset = first.written[-6:]
        text = (
            f"It keeps {offset} all year, in summer and in winter; name a `timezone` such as Europe/Berlin."
        )
        spec.error("W703", "recurs", text)
