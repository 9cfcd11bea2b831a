"""SLI documents (OpenSLO v1), and indicators written into an SLO."""

from connectors.definitions.document import Document
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import Findings
from connectors.definitions.metadata import (
    OPENSLO,
    annotations_of,
    labels_of,
    metadata_of,
    warn_without_effect,
)
from connectors.definitions.metric_source import Sources, read_sources
from connectors.definitions.nodes import Mapping
from domain.objective import Indicator

METRICS = ("thresholdMetric", "ratioMetric")
SPEC = Shape("the spec of an SLI", ("description", *METRICS))
RATIO = Shape("ratioMetric", ("counter", "good", "bad", "total", "raw", "rawType"))
INLINE = Shape("indicator", ("metadata", "spec"))
RAW_TYPES = ("success", "failure")
THRESHOLD = "threshold"
"""The ratio of an indicator whose values are compared with the limit of each objective."""


def read_sli(document: Document, sources: Sources) -> Indicator | None:
    """The indicator that an SLI document describes."""
    return _indicator(document.name, metadata_of(document), document.spec(SPEC), sources)


def read_inline(node: Mapping, findings: Findings, sources: Sources) -> Indicator | None:
    """The indicator written into an SLO."""
    inline = Fields(node, INLINE, findings)
    metadata = inline.fields("metadata", OPENSLO, required=True)
    spec = inline.fields("spec", SPEC, required=True)
    if metadata is None or spec is None:
        return None
    name = metadata.name("name", required=True)
    return None if name is None else _indicator(name, metadata, spec, sources)


def _indicator(name: str, metadata: Fields, spec: Fields, sources: Sources) -> Indicator | None:
    annotations_of(metadata)
    labels_of(metadata)
    metadata.text("displayName")
    warn_without_effect(metadata, "displayName", "labels")
    description = spec.text("description", prose=True) or ""
    if spec.has("thresholdMetric") == spec.has("ratioMetric"):
        spec.error("E402", "thresholdMetric", "Give either `ratioMetric` or `thresholdMetric`.")
        return None
    if spec.has("thresholdMetric"):
        return Indicator(name, THRESHOLD, description, read_sources({"thresholdMetric": spec}, sources))
    metric = spec.fields("ratioMetric", RATIO)
    ratio = _ratio(metric) if metric else None
    if metric is None or ratio is None:
        return None
    parts = ("raw",) if metric.has("raw") else ratio.split("/")
    written = read_sources(dict.fromkeys(parts, metric), sources, metric.truth("counter"))
    return Indicator(name, ratio, description, written)


def _ratio(metric: Fields) -> str | None:
    """ "good/total", "bad/total", "raw/success" or "raw/failure"."""
    if metric.has("raw") or metric.has("rawType"):
        return _raw(metric)
    counted = [part for part in ("good", "bad") if metric.has(part)]
    if len(counted) == 1 and metric.has("total"):
        return f"{counted[0]}/total"
    metric.error("E401", "good", "A ratioMetric has `total`, and either `good` or `bad`; or `raw`.")
    return None


def _raw(metric: Fields) -> str | None:
    counts = [part for part in ("good", "bad", "total") if metric.has(part)]
    if counts or not metric.has("raw"):
        text = "`raw` and `rawType` go together, without `good`, `bad` and `total`."
        metric.error("E403", counts[0] if counts else "rawType", text)
        return None
    kind = metric.word("rawType", RAW_TYPES, required=True)
    return kind and f"raw/{kind}"
