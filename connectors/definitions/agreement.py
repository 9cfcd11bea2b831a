"""Agreement documents (steward/v1)."""

from datetime import date

from connectors.definitions.dates import read_date
from connectors.definitions.document import Document, Links
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import OURS, metadata_of, warn_without_effect
from connectors.definitions.scalars import time_limit
from connectors.definitions.slack_ids import PERSON, read_slack_id
from domain.agreement import NO_RULES, Agreement, AgreementKind, DisputeRules
from domain.time_limit import TimeLimit

SPEC = Shape(
    "the spec of an Agreement",
    (
        "type",
        "provider",
        "customer",
        "contact",
        "effective",
        "review",
        "serviceHours",
        "disputes",
        "maintenanceNotice",
        "claimWithin",
    ),
)
EFFECTIVE = Shape("effective", ("from", "until"))
DISPUTES = Shape("disputes", ("answerWithin", "ruleWithin", "arbiter"))
NO_EFFECT_YET = ("disputes", "claimWithin")


def read_agreement(document: Document, links: Links) -> Agreement | None:
    """The agreement that a document describes; None where its type or a party is missing."""
    metadata = metadata_of(document, OURS)
    warn_without_effect(metadata, "displayName")
    metadata.text("displayName")
    spec = document.spec(SPEC)
    warn_without_effect(spec, *NO_EFFECT_YET)
    kind = spec.word("type", tuple(AgreementKind), required=True)
    provider, customer = _parties(spec, links)
    since, until = _effective(spec)
    service_hours = spec.name("serviceHours")
    links.refer("Calendar", service_hours, spec, "serviceHours")
    if kind is None or provider is None or customer is None:
        return None
    agreement = Agreement(
        name=document.name,
        kind=AgreementKind(kind),
        provider=provider,
        customer=customer,
        contact=read_slack_id(spec, "contact", PERSON),
        effective_from=since,
        effective_until=until,
        review=read_date(spec, "review"),
        service_hours=service_hours,
        disputes=_disputes(spec),
        maintenance_notice=_limit(spec, "maintenanceNotice"),
        claim_within=_limit(spec, "claimWithin"),
    )
    links.promise(agreement, spec, "type")
    return agreement


def _parties(spec: Fields, links: Links) -> tuple[str | None, str | None]:
    provider, customer = (spec.name(party, required=True) for party in ("provider", "customer"))
    links.refer("Team", provider, spec, "provider")
    links.refer("Team", customer, spec, "customer")
    if provider is not None and provider == customer:
        text = "An agreement has two parties; provider and customer are the same team."
        spec.error("E304", "customer", text)
    return provider, customer


def _effective(spec: Fields) -> tuple[date | None, date | None]:
    """The first and the last day."""
    effective = spec.fields("effective", EFFECTIVE)
    if effective is None:
        return None, None
    since, until = read_date(effective, "from"), read_date(effective, "until")
    if since and until and until < since:
        effective.error("E305", "until", f"It would end before it begins: `until` is before {since}.")
    return since, until


def _disputes(spec: Fields) -> DisputeRules:
    disputes = spec.fields("disputes", DISPUTES)
    if disputes is None:
        return NO_RULES
    return DisputeRules(
        answer_within=_limit(disputes, "answerWithin"),
        rule_within=_limit(disputes, "ruleWithin"),
        arbiter=read_slack_id(disputes, "arbiter", PERSON),
    )


def _limit(fields: Fields, name: str) -> TimeLimit | None:
    scalar = fields.scalar(name)
    limit = time_limit(scalar.text) if scalar else None
    if scalar and limit is None:
        text = f"`{name}` is {quoted(scalar.text)}; write 5wd (working days), 5d or 12h, above 0."
        fields.error("E218", name, text)
    return limit
