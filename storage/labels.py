"""OpenSLO labels as JSON."""

from collections.abc import Sequence
from typing import Any

Labels = tuple[tuple[str, tuple[str, ...]], ...]


def labels_to_json(labels: Labels) -> list[Any]:
    """As nested lists, in their order."""
    return [[name, list(values)] for name, values in labels]


def labels_from_json(stored: Sequence[Any]) -> Labels:
    """What `labels_to_json` wrote."""
    return tuple((name, tuple(values)) for name, values in stored)
