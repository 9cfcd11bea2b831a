"""AlertPolicy and AlertNotificationTarget documents (OpenSLO v1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from connectors.definitions.alert_condition import check_metadata, note_metadata, read_condition
from connectors.definitions.document import Document, Links
from connectors.definitions.embedded import CONDITION, TARGET, read_entry
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.metadata import warn_without_effect
from domain.burn import BurnCondition, Severity

SPEC = Shape(
    "the spec of an AlertPolicy",
    (
        "description",
        "alertWhenNoData",
        "alertWhenResolved",
        "alertWhenBreaching",
        "conditions",
        "notificationTargets",
    ),
)
TARGET_SPEC = Shape("the spec of an AlertNotificationTarget", ("description", "target"))


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """`condition` is None where it does not warn of breaching; `no_data` None where it does not say."""

    condition: BurnCondition | None
    no_data: bool | None = None


@dataclass(frozen=True, slots=True)
class Alerting:
    """All alert conditions and policies of a load by name; None are those that could not be read."""

    conditions: Mapping[str, BurnCondition | None] = field(default_factory=dict)
    policies: Mapping[str, AlertPolicy | None] = field(default_factory=dict)


def read_alerting(documents: Iterable[Document], links: Links) -> Alerting:
    """What the documents of these kinds say."""
    read = list(documents)
    conditions = {each.name: read_condition(each) for each in read if each.kind == "AlertCondition"}
    for each in read:
        if each.kind == "AlertNotificationTarget":
            read_target(each)
    policies = {
        each.name: read_policy(each, conditions, links) for each in read if each.kind == "AlertPolicy"
    }
    return Alerting(conditions, policies)


def read_policy(
    document: Document, conditions: Mapping[str, BurnCondition | None], links: Links
) -> AlertPolicy | None:
    """The policy that a document describes; None where its condition is missing or wrong."""
    note_metadata(document)
    spec = document.spec(SPEC)
    spec.text("description", prose=True)
    spec.truth("alertWhenResolved")
    warn_without_effect(spec, "alertWhenResolved")
    breaching, no_data = spec.truth("alertWhenBreaching"), spec.truth("alertWhenNoData")
    for item in spec.items("notificationTargets") or ():
        target = read_entry(TARGET, item, spec.findings, links)
        if isinstance(target, Document):
            read_target(target)
    condition = _condition(spec, conditions, links)
    if condition is None:
        return None
    return AlertPolicy(None if breaching is False else condition, no_data)


def read_target(document: Document) -> None:
    """Check a target, and say that Steward has another one."""
    check_metadata(document)
    spec = document.spec(TARGET_SPEC)
    spec.text("description", prose=True)
    spec.text("target", required=True)
    text = "A notification target has no effect: warnings go to the `channel` of the Team that owns the SLO."
    document.findings.add("W803", document.line, text)


def most_severe_first(conditions: Iterable[BurnCondition]) -> tuple[BurnCondition, ...]:
    """Each once, in the order in which they are tried: urgent ones, then by how high they are."""
    return tuple(
        sorted(dict.fromkeys(conditions), key=lambda one: (one.severity is not Severity.PAGE, -one.threshold))
    )


def _condition(
    spec: Fields, conditions: Mapping[str, BurnCondition | None], links: Links
) -> BurnCondition | None:
    items = spec.items("conditions", required=True)
    if items is None:
        return None
    if len(items) != 1:
        spec.error(
            "E802", "conditions", "An AlertPolicy has exactly one condition; write a policy for each other."
        )
        return None
    found = read_entry(CONDITION, items[0], spec.findings, links)
    if isinstance(found, Document):
        return read_condition(found)
    return None if found is None else conditions.get(found)
