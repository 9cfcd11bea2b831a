"""Which indicator each objective of an SLO has: all the same, or in a composite (OpenSLO v1) each its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from connectors.definitions.document import Composite, Document, Links
from connectors.definitions.fields import Fields
from connectors.definitions.findings import quoted
from connectors.definitions.indicator import read_inline
from connectors.definitions.metric_source import Sources
from connectors.definitions.scalars import number
from domain.objective import Indicator

GIVEN_BY = ("indicator", "indicatorRef")
WEIGHT = "compositeWeight"


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of a load by name, None where one could not be read; and the sources of those written inline."""

    by_name: Mapping[str, Indicator | None]
    sources: Sources


def is_composite(objectives: Iterable[Fields]) -> bool:
    """Whether an objective has an indicator of its own."""
    return any(fields.has(name) for fields in objectives for name in GIVEN_BY)


def indicators_of(
    spec: Fields, objectives: Sequence[Fields], indicators: Indicators
) -> list[Indicator | None]:
    """The indicator of each objective."""
    _check_weights(objectives)
    if not is_composite(objectives):
        return [_given(spec, indicators)] * len(objectives)
    for name in GIVEN_BY:
        if spec.has(name):
            text = "The indicator stands either in the spec, or in every objective."
            spec.error("E501", name, text)
    return [_given(fields, indicators) for fields in objectives]


def note_composite(document: Document, objectives: Sequence[Fields], links: Links) -> None:
    """Remember a composite, for `check_composites`."""
    lines = [fields.line(name) for fields in objectives for name in GIVEN_BY if fields.has(name)]
    links.composites.append(Composite(document.name, document.findings, min(lines)))


def check_composites(links: Links, *, applying: bool) -> None:
    """Note composites: to be refused where the files are to be applied, else a warning."""
    for one in links.composites:
        text = f"{quoted(one.name)} is a composite: objectives with indicators of their own are not understood yet"
        if applying:
            one.findings.add("E204", one.line, f"{text}. Write an SLO for each indicator.")
        else:
            one.findings.add(
                "W507", one.line, f"{text}, and plan and apply refuse it. Write an SLO for each indicator."
            )


def _given(fields: Fields, indicators: Indicators) -> Indicator | None:
    if fields.has("indicator") == fields.has("indicatorRef"):
        fields.error("E501", "indicatorRef", "Give either `indicator` or `indicatorRef`.")
        return None
    inline = fields.mapping("indicator")
    if inline:
        return read_inline(inline, fields.findings, indicators.sources)
    reference = fields.name("indicatorRef")
    indicators.sources.links.refer("SLI", reference, fields, "indicatorRef")
    return None if reference is None else indicators.by_name.get(reference)


def _check_weights(objectives: Sequence[Fields]) -> None:
    for fields in objectives:
        scalar = fields.scalar(WEIGHT)
        if scalar is None:
            continue
        value = number(scalar.text)
        if value is None or value <= 0:
            fields.error("E518", WEIGHT, f"`{WEIGHT}` is {quoted(scalar.text)}; it must be above 0.")
        elif not is_composite(objectives):
            text = f"`{WEIGHT}` has no effect without an indicator of the objective's own."
            fields.error("W503", WEIGHT, text)
