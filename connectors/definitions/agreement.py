"""Agreement documents (steward/v1)."""

from connectors.definitions.document import Document, Links
from connectors.definitions.fields import Shape
from connectors.definitions.metadata import OURS, metadata_of, warn_without_effect
from domain.agreement import Agreement, AgreementKind

SPEC = Shape(
    "the spec of an Agreement",
    ("type", "provider", "customer"),
    {
        "contact": "name the people in the customer's Team",
        "effective": "apply the file when it begins, retire its objectives when it ends",
        "review": "keep the date elsewhere",
        "serviceHours": "every agreement holds round the clock",
        "disputes": "leave it out",
        "maintenanceNotice": "leave it out",
        "claimWithin": "leave it out",
    },
)


def read_agreement(document: Document, links: Links) -> Agreement | None:
    """The agreement that a document describes; None where its type or a party is missing."""
    metadata = metadata_of(document, OURS)
    warn_without_effect(metadata, "displayName")
    metadata.text("displayName")
    spec = document.spec(SPEC)
    kind = spec.word("type", tuple(AgreementKind), required=True)
    provider, customer = (spec.name(party, required=True) for party in ("provider", "customer"))
    links.refer("Team", provider, spec, "provider")
    links.refer("Team", customer, spec, "customer")
    if kind is None or provider is None or customer is None:
        return None
    if provider == customer:
        spec.error(
            "E304", "customer", "An agreement has two parties; provider and customer are the same team."
        )
    return Agreement(document.name, AgreementKind(kind), provider, customer)
