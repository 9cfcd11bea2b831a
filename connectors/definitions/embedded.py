"""Documents that stand in a list of another one, as OpenSLO's alerting does it: by name, or written out."""

from dataclasses import dataclass

from connectors.definitions.document import HEADER, Document, Links
from connectors.definitions.fields import Fields, Shape, name_problem
from connectors.definitions.findings import Findings, quoted
from connectors.definitions.nodes import Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list holds: documents of `kind`, or their names as plain texts or in the field `reference`."""

    kind: str
    reference: str


POLICY = Entry("AlertPolicy", "alertPolicyRef")
CONDITION = Entry("AlertCondition", "conditionRef")
TARGET = Entry("AlertNotificationTarget", "targetRef")


def read_entry(entry: Entry, item: Node, findings: Findings, links: Links) -> str | Document | None:
    """The name that an item refers to, or the document that it is; None where it is neither."""
    if isinstance(item, Scalar) and not item.null:
        return _checked(entry, item.text, item.line, findings, links)
    if not isinstance(item, Mapping):
        findings.add("E801", item.line, _wanted(entry))
        return None
    return _of_mapping(entry, item, findings, links)


def _of_mapping(entry: Entry, item: Mapping, findings: Findings, links: Links) -> str | Document | None:
    shape = Shape(f"an entry of {entry.kind}", (entry.reference, *HEADER))
    fields = Fields(item, shape, findings)
    if fields.has(entry.reference) == fields.has("spec"):
        findings.add("E801", item.line, _wanted(entry))
        return None
    if fields.has(entry.reference):
        name = fields.text(entry.reference)
        line = fields.line(entry.reference)
        return None if name is None else _checked(entry, name, line, findings, links)
    return _written_out(entry, fields)


def _written_out(entry: Entry, fields: Fields) -> Document | None:
    fields.word("kind", (entry.kind,))
    metadata = fields.mapping("metadata", required=True)
    if metadata is None:
        return None
    name = Fields(metadata, Shape("metadata", tuple(metadata.entries)), fields.findings).name(
        "name", required=True
    )
    node = fields.node
    return None if name is None else Document(entry.kind, name, node.line, node, fields.findings)


def _checked(entry: Entry, name: str, line: int, findings: Findings, links: Links) -> str | None:
    problem = name_problem(name)
    if problem:
        findings.add("E209", line, problem)
        return None
    links.refer_at(entry.kind, name, findings, line)
    return name


def _wanted(entry: Entry) -> str:
    return (
        f"Here should be an {entry.kind}: either its name ({quoted(f'{entry.reference}: NAME')}), "
        "or written out with metadata and spec."
    )
