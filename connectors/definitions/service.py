"""Service documents (OpenSLO v1)."""

from connectors.definitions.document import Document
from connectors.definitions.fields import Shape
from connectors.definitions.metadata import annotations_of, labels_of, metadata_of
from domain.objective import Service

SPEC = Shape("the spec of a Service", ("description",))


def read_service(document: Document) -> Service:
    """The service that a document describes."""
    metadata = metadata_of(document)
    annotations_of(metadata)
    spec = document.fields().fields("spec", SPEC)
    return Service(
        name=document.name,
        display_name=metadata.text("displayName") or "",
        description=(spec.text("description", prose=True) if spec else None) or "",
        labels=labels_of(metadata),
    )
