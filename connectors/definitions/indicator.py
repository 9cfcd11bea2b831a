"""SLI documents (OpenSLO v1), and indicators written into an SLO."""

import json

from connectors.definitions.document import Document
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import Findings, quoted
from connectors.definitions.metadata import (
    OPENSLO,
    annotations_of,
    labels_of,
    metadata_of,
    warn_without_effect,
)
from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence
from connectors.definitions.scalars import TRUTHS, whole
from domain.objective import Indicator

SPEC = Shape(
    "the spec of an SLI",
    ("description", "ratioMetric"),
    {"thresholdMetric": "count good and total as a ratioMetric"},
)
RATIO = Shape(
    "ratioMetric",
    ("counter", "good", "bad", "total"),
    {"raw": "count good and total", "rawType": "count good and total"},
)
METRIC = Shape("a metric", ("metricSource",))
SOURCE = Shape(
    "metricSource",
    ("type", "spec"),
    {"metricSourceRef": "give the `type`, and push the counts or import them"},
)
INLINE = Shape("indicator", ("metadata", "spec"))
PUSHED = "steward/push"


def read_sli(document: Document) -> Indicator | None:
    """The indicator that an SLI document describes."""
    return _indicator(document.name, metadata_of(document), document.spec(SPEC))


def read_inline(node: Mapping, findings: Findings) -> Indicator | None:
    """The indicator written into an SLO."""
    inline = Fields(node, INLINE, findings)
    metadata = inline.fields("metadata", OPENSLO, required=True)
    spec = inline.fields("spec", SPEC, required=True)
    if metadata is None or spec is None:
        return None
    name = metadata.name("name", required=True)
    return None if name is None else _indicator(name, metadata, spec)


def _indicator(name: str, metadata: Fields, spec: Fields) -> Indicator | None:
    annotations_of(metadata)
    labels_of(metadata)
    metadata.text("displayName")
    warn_without_effect(metadata, "displayName", "labels")
    description = spec.text("description", prose=True) or ""
    later = spec.node.entries.keys() & spec.shape.later.keys()
    metric = spec.fields("ratioMetric", RATIO, required=not later)
    ratio = _ratio(metric) if metric else None
    if metric is None or ratio is None:
        return None
    return Indicator(name, ratio, description, _sources(metric, ratio))


def _ratio(metric: Fields) -> str | None:
    """ "good/total" or "bad/total"."""
    if metric.node.entries.keys() & metric.shape.later.keys():
        return None
    counted = [part for part in ("good", "bad") if metric.has(part)]
    if len(counted) == 1 and metric.has("total"):
        return f"{counted[0]}/total"
    metric.error("E401", "good", "A ratioMetric has `total`, and either `good` or `bad`.")
    return None


def _sources(metric: Fields, ratio: str) -> str:
    """The metric sources as canonical JSON (sorted, ASCII; numbers that are not whole stay text, to be exact)."""
    sources: dict[str, object] = {}
    if (counter := metric.truth("counter")) is not None:
        sources["counter"] = counter
    kinds = set()
    for part in ratio.split("/"):
        outer = metric.fields(part, METRIC)
        source = outer.fields("metricSource", SOURCE, required=True) if outer else None
        if source:
            if not source.node.entries.keys() & SOURCE.later.keys():
                kinds.add(source.text("type") or "")
            sources[part] = _plain(source.node)
    _warn_of_collecting(metric, kinds - {PUSHED})
    return json.dumps(sources, sort_keys=True, separators=(",", ":"))


def _warn_of_collecting(metric: Fields, kinds: set[str]) -> None:
    if kinds:
        named = ", ".join(quoted(kind) if kind else "a source without type" for kind in sorted(kinds))
        text = f"Steward does not collect from {named} yet; push or import the counts (type: {PUSHED})."
        metric.error("W401", "total", text)


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {name: _plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return _plain_scalar(node)


def _plain_scalar(scalar: Scalar) -> object:
    if not scalar.plain:
        return scalar.text
    if scalar.null:
        return None
    if scalar.text in TRUTHS:
        return TRUTHS[scalar.text]
    number = whole(scalar.text)
    return scalar.text if number is None else number
