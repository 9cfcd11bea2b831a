"""SLO documents (OpenSLO v1): one objective or several."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.definitions.alert_policy import Alerting
from connectors.definitions.budgeting import read_method, read_min_coverage, read_target
from connectors.definitions.composite import (
    GIVEN_BY,
    WEIGHT,
    Indicators,
    indicators_of,
    is_composite,
    note_composite,
)
from connectors.definitions.document import ByDefault, Document, Links
from connectors.definitions.fields import Fields, Shape, slug
from connectors.definitions.indicator import THRESHOLD
from connectors.definitions.limit import read_limit
from connectors.definitions.metadata import Annotations, Labels, annotations_of, labels_of, metadata_of
from connectors.definitions.nodes import Mapping
from connectors.definitions.responsible import Responsible, read_responsible
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
OBJECTIVE = Shape(
    "an objective",
    (
        "displayName",
        "op",
        "value",
        "target",
        "targetPercent",
        "timeSliceTarget",
        "timeSliceWindow",
        *GIVEN_BY,
        WEIGHT,
    ),
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the SLOs of a load may refer to."""

    indicators: Indicators
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
    window: Window | None
    responsible: Responsible
    unit: str | None
    watched: Watched
    supports: tuple[str, ...]


def read_slo(document: Document, shared: Shared) -> tuple[Objective, ...]:
    """The objectives of a document; those with errors are left out."""
    links = shared.links
    metadata = metadata_of(document)
    annotations = annotations_of(metadata, ours=True)
    spec = document.spec(SPEC)
    slo = _Slo(
        document=document,
        spec=spec,
        annotations=annotations,
        display_name=metadata.text("displayName") or "",
        description=spec.text("description", prose=True) or "",
        labels=labels_of(metadata),
        service=spec.name("service", required=True),
        window=read_window(spec),
        responsible=read_responsible(document, annotations, links),
        unit=annotations.get("unit") or None,
        watched=read_watched(spec, annotations, shared.alerting, links),
        supports=read_supports(annotations, links),
    )
    links.refer("Service", slo.service, spec, "service")
    objectives = tuple(_objectives(slo, shared))
    note_supports(objectives, annotations, links)
    return objectives


def _objectives(slo: _Slo, shared: Shared) -> Iterator[Objective]:
    several = _several(slo)
    indicators = indicators_of(slo.spec, several, shared.indicators)
    _warn_of_several(slo.spec, several, indicators)
    terms = [_terms(slo, fields, indicator) for fields, indicator in zip(several, indicators, strict=True)]
    if is_composite(several):
        note_composite(slo.document, several, shared.links)
        return
    for fields, suffix, one in zip(several, _suffixes(several), terms, strict=True):
        if one and suffix is not None:
            objective = _objective(slo, fields, suffix, one)
            _watch(slo, fields, objective, shared.links)
            yield objective


def _several(slo: _Slo) -> list[Fields]:
    items = slo.spec.items("objectives", required=True)
    nodes = [item for item in items or [] if isinstance(item, Mapping)]
    if items is not None and (not items or len(nodes) < len(items)):
        slo.spec.error(
            "E507", "objectives", "`objectives` must be a list of at least one mapping with a target."
        )
    return [Fields(node, OBJECTIVE, slo.document.findings) for node in nodes]


def _warn_of_several(spec: Fields, several: list[Fields], indicators: list[Indicator | None]) -> None:
    thresholds = [one for one in indicators if one and one.ratio == THRESHOLD]
    if len(thresholds) > 1 and not is_composite(several):
        text = "OpenSLO knows only one objective beside a thresholdMetric; other tools may refuse several."
        spec.error("W506", "objectives", text)


def _watch(slo: _Slo, fields: Fields, objective: Objective, links: Links) -> None:
    slo.watched.check(objective, fields.findings)
    if objective.watching.conditions is None:
        given = "target" if fields.has("target") else "targetPercent"
        links.by_default.append(ByDefault(objective, fields.findings, fields.line(given)))


def _suffixes(several: list[Fields]) -> Iterator[str | None]:
    slugs = Counter(_slug(fields) for fields in several)
    return (_suffix(fields, slugs) if len(several) > 1 else "" for fields in several)


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
        roles=slo.responsible.roles,
        acknowledging=slo.responsible.acknowledging,
    )


def _terms(slo: _Slo, fields: Fields, indicator: Indicator | None) -> Terms | None:
    limit = read_limit(fields, indicator) if indicator else None
    target = read_target(fields)
    method = read_method(slo.spec, fields, slo.annotations)
    if target is None or method is None or slo.window is None or indicator is None or slo.service is None:
        return None
    if isinstance(slo.window, RollingWindow) and slo.window.length < method.slice_minutes:
        fields.error("E513", "timeSliceWindow", "The rolling window is shorter than one time slice.")
    return Terms(
        target=target,
        window=slo.window,
        method=method,
        indicator=indicator,
        owner=slo.responsible.owner,
        agreement=slo.responsible.agreement,
        unit=slo.unit,
        min_coverage=read_min_coverage(slo.annotations, method),
        limit=limit,
    )
