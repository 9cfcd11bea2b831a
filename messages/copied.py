"""What was copied, for a terminal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Copied:
    """A table, the same in both databases."""

    table: str
    rows: int
    checksum: str


def copied_text(tables: Sequence[Copied]) -> str:
    """A line for each table, and what comes next."""
    width = max(len(one.table) for one in tables)
    lines = [f"{one.table:{width}}  {one.rows:>12,} rows  {one.checksum}" for one in tables]
    total = sum(one.rows for one in tables)
    done = f"Copied {total:,} rows. Counts and checksums are the same in both databases."
    return "\n".join([*lines, done, "Set DATABASE_URL to the new one, then start Steward on it."])


def copied_json(tables: Sequence[Copied]) -> dict[str, Any]:
    """The same for machines."""
    return {"rows": sum(one.rows for one in tables), "tables": [asdict(one) for one in tables]}
