"""Time zones by their IANA names."""

from functools import lru_cache

from connectors.definitions.fields import LONGEST_LINE, Fields
from connectors.definitions.findings import quoted
from connectors.definitions.scalars import zones
from domain.refusal import did_you_mean


def read_zone(fields: Fields, name: str, *, required: bool = False) -> str | None:
    """The name of an IANA time zone."""
    scalar = fields.scalar(name, required=required)
    if scalar is None or scalar.text in zones():
        return None if scalar is None else scalar.text
    hint = _zone_hint(scalar.text[:LONGEST_LINE])
    fields.error("E214", name, f"There is no time zone {quoted(scalar.text)} in the IANA database.{hint}")
    return None


@lru_cache(maxsize=256)
def _zone_hint(name: str) -> str:
    return did_you_mean(name, zones())
