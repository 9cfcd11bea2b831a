"""Where metrics come from (OpenSLO v1): a type, a DataSource by name, and what only the source understands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connectors.definitions.document import Links
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import quoted
from connectors.definitions.plain import canonical, plain

METRIC = Shape("a metric", ("metricSource",))
SOURCE = Shape("metricSource", ("metricSourceRef", "type", "spec"))
PUSHED = "steward/push"


@dataclass(frozen=True, slots=True)
class Sources:
    """The types of the data sources that are known, by name."""

    types: Mapping[str, str]
    links: Links


def read_sources(metrics: Mapping[str, Fields], sources: Sources, counter: bool | None = None) -> str:
    """The metric sources by the part that each counts, as canonical JSON; with whether they are counters."""
    found = dict(_found(metrics))
    _warn_of_collecting(metrics, found, sources)
    written: dict[str, object] = {} if counter is None else {"counter": counter}
    return canonical({**written, **{part: plain(source.node) for part, source in found.items()}})


def _found(metrics: Mapping[str, Fields]) -> Iterator[tuple[str, Fields]]:
    for part, around in metrics.items():
        metric = around.fields(part, METRIC, required=True)
        source = metric.fields("metricSource", SOURCE, required=True) if metric else None
        if source:
            yield part, source


def _warn_of_collecting(metrics: Mapping[str, Fields], found: Mapping[str, Fields], sources: Sources) -> None:
    kinds = {part: _type(source, sources) for part, source in found.items()}
    foreign = sorted({kind for kind in kinds.values() if kind != PUSHED})
    if foreign:
        last = list(found)[-1]
        named = ", ".join(quoted(kind) if kind else "a source without type" for kind in foreign)
        text = f"Steward does not collect from {named} yet; push or import the counts (type: {PUSHED})."
        metrics[last].error("W401", last, text)


def _type(source: Fields, sources: Sources) -> str:
    """The type, also where only the DataSource says it; empty where nothing does."""
    source.mapping("spec")
    name = source.name("metricSourceRef")
    sources.links.refer("DataSource", name, source, "metricSourceRef")
    own, named = source.text("type"), sources.types.get(name or "")
    if own and named and own != named:
        text = f"`type` is {quoted(own)}, and the DataSource's is {quoted(named)}; leave it out here."
        source.error("W402", "type", text)
    return own or named or name or ""
