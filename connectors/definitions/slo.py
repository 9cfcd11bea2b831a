"""SLO documents (OpenSLO v1): one objective or several."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connectors.definitions.alert_policy import Alerting
from connectors.definitions.budgeting import read_method, read_min_coverage, read_target
from connectors.definitions.document import ByDefault, Document, Links, Ownership
from connectors.definitions.fields import Fields, Shape, name_problem, slug
from connectors.definitions.findings import quoted
from connectors.definitions.indicator import read_inline
from connectors.definitions.metadata import (
    PREFIX,
    Annotations,
    Labels,
    annotations_of,
    labels_of,
    metadata_of,
)
from connectors.definitions.nodes import Mapping as MappingNode
from connectors.definitions.supports import note_supports, read_supports
from connectors.definitions.watching import Watched, read_watched
from connectors.definitions.window import read_window
from domain.objective import Indicator, Objective, Terms
from domain.window import RollingWindow, Window

SPEC = Shape(
    "the spec of an SLO",
    (
        "description",
        "service",
        "indicator",
        "indicatorRef",
        "timeWindow",
        "budgetingMethod",
        "objectives",
        "alertPolicies",
    ),
)
ONE_SLO_EACH = "write an SLO for each indicator"
OBJECTIVE = Shape(
    "an objective",
    ("displayName", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow", "op"),
    {
        "value": "it needs a thresholdMetric; count good and total as a ratioMetric",
        "compositeWeight": ONE_SLO_EACH,
        "indicator": ONE_SLO_EACH,
        "indicatorRef": ONE_SLO_EACH,
    },
)
NAMED_BY = {"owner": "Team", "agreement": "Agreement"}
OPERATORS = ("lte", "gte", "lt", "gt")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the SLOs of a load may refer to, by name; None is what could not be read."""

    indicators: Mapping[str, Indicator | None]
    alerting: Alerting
    links: Links


@dataclass(frozen=True, slots=True)
class _Slo:
    """What the objectives of one document share."""

    document: Document
    spec: Fields
    annotations: Annotations
    display_name: str
    description: str
    labels: Labels
    service: str | None
    indicator: Indicator | None
    window: Window | None
    owner: str | None
    agreement: str | None
    unit: str | None
    watched: Watched
    supports: tuple[str, ...]


def read_slo(document: Document, shared: Shared) -> tuple[Objective, ...]:
    """The objectives of a document; those with errors are left out."""
    links = shared.links
    metadata = metadata_of(document)
    annotations = annotations_of(metadata, ours=True)
    spec = document.spec(SPEC)
    owner, agreement = (_named(annotations, links, part) for part in NAMED_BY)
    _note_owner(document, annotations, links, owner, agreement)
    slo = _Slo(
        document=document,
        spec=spec,
        annotations=annotations,
        display_name=metadata.text("displayName") or "",
        description=spec.text("description", prose=True) or "",
        labels=labels_of(metadata),
        service=spec.name("service", required=True),
        indicator=_indicator(spec, shared.indicators, links),
        window=read_window(spec),
        owner=owner,
        agreement=agreement,
        unit=annotations.get("unit") or None,
        watched=read_watched(spec, annotations, shared.alerting, links),
        supports=read_supports(annotations, links),
    )
    links.refer("Service", slo.service, spec, "service")
    objectives = tuple(_objectives(slo, links))
    note_supports(objectives, annotations, links)
    return objectives


def _named(annotations: Annotations, links: Links, part: str) -> str | None:
    name = annotations.get(part)
    problem = None if name is None else name_problem(name)
    if problem:
        annotations.error("E209", part, problem)
        return None
    links.refer(NAMED_BY[part], name, annotations.fields, PREFIX + part)
    return name


def _note_owner(
    document: Document, annotations: Annotations, links: Links, owner: str | None, agreement: str | None
) -> None:
    if owner is not None:
        line = annotations.fields.line(f"{PREFIX}owner")
        links.ownerships.append(Ownership(owner, agreement, document.findings, line))
    elif not annotations.fields.has(f"{PREFIX}owner"):
        text = f"{quoted(document.name)} has no owner: nobody answers for it. Name a team in steward/owner."
        document.findings.add("W505", document.line, text)


def _indicator(spec: Fields, indicators: Mapping[str, Indicator | None], links: Links) -> Indicator | None:
    if spec.has("indicator") == spec.has("indicatorRef"):
        spec.error("E501", "indicatorRef", "Give either `indicator` or `indicatorRef`.")
        return None
    inline = spec.mapping("indicator")
    if inline:
        return read_inline(inline, spec.findings)
    reference = spec.name("indicatorRef")
    links.refer("SLI", reference, spec, "indicatorRef")
    return None if reference is None else indicators.get(reference)


def _objectives(slo: _Slo, links: Links) -> Iterator[Objective]:
    items = slo.spec.items("objectives", required=True)
    nodes = [item for item in items or [] if isinstance(item, MappingNode)]
    if items is not None and (not items or len(nodes) < len(items)):
        slo.spec.error(
            "E507", "objectives", "`objectives` must be a list of at least one mapping with a target."
        )
    several = [Fields(node, OBJECTIVE, slo.document.findings) for node in nodes]
    slugs = Counter(_slug(fields) for fields in several)
    for fields in several:
        suffix = _suffix(fields, slugs) if len(several) > 1 else ""
        terms = _terms(slo, fields)
        if terms and suffix is not None:
            objective = _objective(slo, fields, suffix, terms)
            slo.watched.check(objective, fields.findings)
            if objective.watching.conditions is None:
                given = "target" if fields.has("target") else "targetPercent"
                links.by_default.append(ByDefault(objective, fields.findings, fields.line(given)))
            yield objective


def _slug(fields: Fields) -> str:
    return slug(fields.text("displayName") or "")


def _suffix(fields: Fields, slugs: Counter[str]) -> str | None:
    """What tells one of several objectives from the others in its name."""
    found = _slug(fields)
    if found and slugs[found] == 1:
        return f"/{found}"
    why = "is the same as another's" if found else "is missing or has no letter a–z or digit"
    text = f"Each of several objectives is named after its displayName; this one {why}."
    fields.error("E507", "displayName", text)
    return None


def _objective(slo: _Slo, fields: Fields, suffix: str, terms: Terms) -> Objective:
    own = fields.text("displayName") or ""
    names = dict.fromkeys(name for name in (slo.display_name, own) if name)
    return Objective(
        name=slo.document.name + suffix,
        service=slo.service or "",
        versions=(terms,),
        display_name=": ".join(names),
        description=slo.description,
        labels=slo.labels,
        slo=slo.document.name,
        watching=slo.watched.watching,
        supports=slo.supports,
    )


def _terms(slo: _Slo, fields: Fields) -> Terms | None:
    if fields.word("op", OPERATORS):
        fields.error("W503", "op", "`op` compares a thresholdMetric; with a ratioMetric it has no effect.")
    target = read_target(fields)
    method = read_method(slo.spec, fields, slo.annotations)
    if target is None or method is None or slo.window is None or slo.indicator is None or slo.service is None:
        return None
    if isinstance(slo.window, RollingWindow) and slo.window.length < method.slice_minutes:
        fields.error("E513", "timeSliceWindow", "The rolling window is shorter than one time slice.")
    return Terms(
        target=target,
        window=slo.window,
        method=method,
        indicator=slo.indicator,
        owner=slo.owner,
        agreement=slo.agreement,
        unit=slo.unit,
        min_coverage=read_min_coverage(slo.annotations, method),
    )
