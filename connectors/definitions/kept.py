"""OpenSLO documents that are kept whole: data sources and notification targets."""

import json
from collections.abc import Iterable

from connectors.definitions.alert_condition import check_metadata
from connectors.definitions.document import OPENSLO, Document
from connectors.definitions.fields import Shape
from connectors.definitions.nodes import Mapping, is_null
from connectors.definitions.plain import as_written, canonical, plain
from domain.openslo_document import OpensloDocument

DATA_SOURCE = "DataSource"
TARGET = "AlertNotificationTarget"
SPEC = Shape("the spec of a DataSource", ("description", "type", "connectionDetails"))
OPAQUE = "connectionDetails"
"""Whatever a data source needs: its values may be more than texts."""


def read_kept(documents: Iterable[Document]) -> tuple[OpensloDocument, ...]:
    """Those of these kinds. What a target says is checked where alerting is read."""
    return tuple(
        OpensloDocument(each.kind, each.name, _body(each))
        for each in documents
        if each.kind == TARGET or (each.kind == DATA_SOURCE and _is_data_source(each))
    )


def types_of(documents: Iterable[OpensloDocument]) -> dict[str, str]:
    """The types of the data sources among them, by name."""
    return {
        each.name: str(json.loads(each.body)["spec"]["type"])
        for each in documents
        if each.kind == DATA_SOURCE
    }


def _is_data_source(document: Document) -> bool:
    check_metadata(document)
    spec = document.spec(SPEC)
    spec.text("description", prose=True)
    kind = spec.text("type", required=True)
    return spec.get(OPAQUE, required=True) is not None and kind is not None


def _body(document: Document) -> str:
    """The document as canonical JSON; what is left empty is not in it."""
    body: dict[str, object] = {"apiVersion": OPENSLO, "kind": document.kind}
    for part in ("metadata", "spec"):
        node = document.node.entries.get(part)
        if isinstance(node, Mapping):
            body[part] = {
                name: plain(value) if name == OPAQUE else as_written(value)
                for name, value in node.entries.items()
                if not is_null(value)
            }
    return canonical(body)
