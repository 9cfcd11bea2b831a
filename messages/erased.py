"""What came of erasing a person, for a terminal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a definition that still names the person."""

    kind: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class ErasedFacts:
    """`reference` is what stays; `changed` counts the rows that named the person."""

    reference: str
    changed: int
    left: Sequence[Place] = ()


def erased_text(facts: ErasedFacts) -> str:
    """What was done, and what the operator still has to do."""
    rows = "1 other row" if facts.changed == 1 else f"{facts.changed:,} other rows"
    lines = [f"Erased: {facts.reference} is a former member now; {rows} changed."]
    if facts.left:
        lines.append(
            "Definitions still name the person. Take the name out of the files, then `steward apply`:"
        )
        lines += [f"  {place.kind} {place.name}: {place.field}" for place in facts.left]
        lines.append("Then run `steward prune --vacuum`, so that no deleted row names the person either.")
    lines.append("Not reached from here: Slack's own messages, logs, and backups made before now.")
    return "\n".join(lines)


def erased_json(facts: ErasedFacts) -> dict[str, Any]:
    """The same for machines."""
    return {
        "reference": facts.reference,
        "changed": facts.changed,
        "left": [asdict(place) for place in facts.left],
    }
