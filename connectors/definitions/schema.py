"""Steward's own kinds as JSON Schema (2020-12), so that editors complete and check definitions."""

from connectors.definitions.document import HEADER, KINDS, STEWARD
from connectors.definitions.fields import Shape
from connectors.definitions.metadata import OURS
from connectors.definitions.scalars import zones
from connectors.definitions.schema_promises import agreement_spec, calendar_spec, exclusion_spec
from connectors.definitions.schema_team import team_spec
from connectors.definitions.schema_values import Schema, mapping, name, text, told, word

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OUR_KINDS = KINDS[STEWARD]
ZONE: Schema = {"$ref": "#/$defs/zone"}
ABOUT = {
    "Team": "A unit of the service provider, a third party or a customer.",
    "Agreement": "A promise between two parties: an SLA, an OLA or a UC.",
    "Calendar": "Working days and hours, and holidays.",
    "Exclusion": "Planned work: minutes that do not count, with their reason.",
}


def schema_of(kind: str) -> Schema:
    """The schema of documents of one of our kinds."""
    return {"$schema": DIALECT, "title": f"Steward: {kind}", **_document(kind), "$defs": _shared()}


def schema_of_all() -> Schema:
    """The schema of files: documents of our kinds are checked, those of others (OpenSLO) pass."""
    checked = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in OUR_KINDS
    ]
    ours: Schema = {"properties": {"kind": word(OUR_KINDS)}, "allOf": checked}
    of_us: Schema = {"properties": {"apiVersion": {"const": STEWARD}}}
    documents = {kind: _document(kind) for kind in OUR_KINDS}
    title = "Steward: Team, Agreement, Calendar and Exclusion"
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "required": ["apiVersion", "kind"],
        "if": of_us,
        "then": ours,
        "$defs": {**documents, **_shared()},
    }


def _shared() -> dict[str, Schema]:
    return {"zone": word(sorted(zones()))}


def _document(kind: str) -> Schema:
    metadata = {
        "name": told(name(), "What it is called: a–z, 0–9 and - inside, at most 63."),
        "displayName": told(text(), "What people read instead of the name."),
    }
    fields = {
        "apiVersion": told({"const": STEWARD}, "The version of Steward's kinds."),
        "kind": told({"const": kind}, ABOUT[kind]),
        "metadata": told(mapping(OURS, metadata, "name"), "What it is called."),
        "spec": told(_spec(kind), ABOUT[kind]),
    }
    return {"description": ABOUT[kind], **mapping(Shape(kind, HEADER), fields, *HEADER)}


def _spec(kind: str) -> Schema:
    if kind == "Agreement":
        return agreement_spec()
    return {"Team": team_spec, "Calendar": calendar_spec, "Exclusion": exclusion_spec}[kind](ZONE)
