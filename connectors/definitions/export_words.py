"""What exported documents have in common: their header, and values as definitions write them."""

from collections.abc import Mapping
from fractions import Fraction

from connectors.definitions.document import KINDS
from connectors.definitions.export_yaml import Number
from connectors.definitions.scalars import MOST_DECIMALS
from domain.minutes import DAY, HOUR
from domain.ratio import floor_decimal

Written = dict[str, object]


def document(kind: str, name: str, spec: Mapping[str, object], **metadata: object) -> Written:
    """A document with what of its metadata is not empty."""
    version = next(version for version, kinds in KINDS.items() if kind in kinds)
    return {"apiVersion": version, "kind": kind, "metadata": given({"name": name, **metadata}), "spec": spec}


def given(fields: Mapping[str, object]) -> Written:
    """The fields that are not empty; an empty mapping, list or text says nothing."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def labels_written(labels: tuple[tuple[str, tuple[str, ...]], ...]) -> Written:
    """A label of one text is that text."""
    return {key: values[0] if len(values) == 1 else list(values) for key, values in labels}


def length(minutes: int) -> str:
    """ "30d", "2h", "90m"."""
    for unit, letter in ((DAY, "d"), (HOUR, "h")):
        if minutes and minutes % unit == 0:
            return f"{minutes // unit}{letter}"
    return f"{minutes}m"


def decimal(value: Fraction) -> Number:
    """An exact number; definitions have no more digits than are written."""
    return Number(floor_decimal(value, MOST_DECIMALS))
