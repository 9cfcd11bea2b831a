"""Nodes as JSON, for what is kept and not read."""

import json

from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence, is_null
from connectors.definitions.scalars import TRUTHS, whole

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """JSON that is the same for the same content: sorted, ASCII, without blanks."""
    return _ENCODER.encode(value)


def plain(node: Node) -> object:
    """What a reader of YAML takes a node for; numbers that are not whole stay text, to be exact."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return _plain_scalar(node)


def as_written(node: Node) -> object:
    """A node whose values all are texts; what is left empty is left out."""
    if isinstance(node, Mapping):
        return {name: as_written(value) for name, value in node.entries.items() if not is_null(value)}
    if isinstance(node, Sequence):
        return [as_written(item) for item in node.items if not is_null(item)]
    return node.text


def _plain_scalar(scalar: Scalar) -> object:
    if not scalar.plain:
        return scalar.text
    if scalar.null:
        return None
    if scalar.text in TRUTHS:
        return TRUTHS[scalar.text]
    number = whole(scalar.text)
    return scalar.text if number is None else number
