"""Which kind of document a mapping is, what it is called, and what it leans on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.definitions.fields import LONGEST_LINE, Fields, Shape
from connectors.definitions.findings import Findings, quoted
from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence, is_null
from domain.agreement import Agreement
from domain.definition import Place
from domain.objective import Objective
from domain.refusal import did_you_mean
from domain.responsibility import Role

STEWARD = "steward/v1"
OPENSLO = "openslo/v1"
KINDS = {
    STEWARD: ("Team", "Agreement", "Calendar", "Exclusion"),
    OPENSLO: (
        "Service",
        "SLI",
        "SLO",
        "DataSource",
        "AlertPolicy",
        "AlertCondition",
        "AlertNotificationTarget",
    ),
}
EARLIER = re.compile(r"openslo(\.com)?/v\d", re.IGNORECASE)
HEADER = ("apiVersion", "kind", "metadata", "spec")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that a document uses for something defined elsewhere; `kind` is that document's kind."""

    kind: str
    name: str
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class Ownership:
    """A team that an SLO gives itself to, under an agreement or none."""

    owner: str
    agreement: str | None
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class Promise:
    """An agreement, whose parties should be of the kinds that its type says."""

    agreement: Agreement
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class Support:
    """Objectives that those of an SLO stand under, as an annotation says it."""

    objectives: tuple[str, ...]
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """A role other than the owner's, which an SLO gives to a team."""

    role: Role
    team: str
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class Composite:
    """An SLO whose objectives have indicators of their own; the line of the first."""

    name: str
    findings: Findings
    line: int


@dataclass(frozen=True, slots=True)
class ByDefault:
    """An objective that is watched by the default conditions; the line of its target."""

    objective: Objective
    findings: Findings
    line: int


@dataclass(slots=True)
class Links:
    """What the documents of a load use of one another, to be checked when all are read."""

    references: list[Reference] = field(default_factory=list)
    ownerships: list[Ownership] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    by_default: list[ByDefault] = field(default_factory=list)
    roles: list[RoleGiven] = field(default_factory=list)
    composites: list[Composite] = field(default_factory=list)

    def refer(self, kind: str, name: str | None, fields: Fields, field_name: str) -> None:
        """Note that a field names something of that kind."""
        if name is not None:
            self.refer_at(kind, name, fields.findings, fields.line(field_name))

    def refer_at(self, kind: str, name: str, findings: Findings, line: int) -> None:
        """Note that a line names something of that kind."""
        self.references.append(Reference(kind, name, findings, line))

    def promise(self, agreement: Agreement, fields: Fields, field_name: str) -> None:
        """Note an agreement between two parties; a field tells its line."""
        if agreement.provider != agreement.customer:
            self.promises.append(Promise(agreement, fields.findings, fields.line(field_name)))


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose kind is read by Steward and whose name is usable."""

    kind: str
    name: str
    line: int
    node: Mapping
    findings: Findings

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.findings.path, self.line)

    def fields(self) -> Fields:
        """Its header."""
        return Fields(self.node, Shape(f"a document of kind {self.kind}", HEADER), self.findings)

    def spec(self, shape: Shape) -> Fields:
        """Its content; one without any has no fields."""
        given = self.fields().fields("spec", shape, required=True)
        return given or Fields(Mapping(self.line), shape, Findings(self.findings.path, []))


def documents_in(root: Node, findings: Findings) -> Iterator[Document]:
    """The documents in a YAML document: itself, or the items of the list that it is; empty ones are passed over."""
    for node in root.items if isinstance(root, Sequence) else [root]:
        if isinstance(node, Mapping):
            document = _document(node, findings)
            if document:
                yield document
        elif not is_null(node):
            findings.add(
                "E201", node.line, "Here should be a document, with apiVersion, kind, metadata and spec."
            )


def _document(node: Mapping, findings: Findings) -> Document | None:
    kind = _kind(node, findings)
    if kind is None:
        return None
    header = Fields(node, Shape("the document", tuple(node.entries)), findings)
    metadata = header.mapping("metadata", required=True)
    if metadata is None:
        return None
    name = Fields(metadata, Shape("metadata", tuple(metadata.entries)), findings).name("name", required=True)
    return None if name is None else Document(kind, name, node.line, node, findings)


def _kind(node: Mapping, findings: Findings) -> str | None:
    version = _header(node, "apiVersion", findings)
    kind = version and _header(node, "kind", findings)
    if not version or not kind:
        return None
    problem = _problem(version, kind)
    if problem is None:
        return kind
    code, name, text = problem
    findings.add(code, node.lines[name], text)
    return None


def _header(node: Mapping, name: str, findings: Findings) -> str | None:
    value = node.entries.get(name)
    if isinstance(value, Scalar) and not value.null:
        return value.text[:LONGEST_LINE]
    code = "E202" if name == "apiVersion" else "E203"
    findings.add(
        code, node.lines.get(name, node.line), f"The document has no `{name}`; it must be a single word."
    )
    return None


def _problem(version: str, kind: str) -> tuple[str, str, str] | None:
    if version not in KINDS:
        return "E202", "apiVersion", _unknown_version(version)
    if kind in KINDS[version]:
        return None
    elsewhere = next((other for other, kinds in KINDS.items() if kind in kinds), None)
    hint = f" It belongs to apiVersion {elsewhere}." if elsewhere else did_you_mean(kind, KINDS[version])
    return "E203", "kind", f"There is no kind {quoted(kind)} in {version}.{hint}"


def _unknown_version(version: str) -> str:
    if EARLIER.match(version):
        return f"{quoted(version)} is another version of OpenSLO, which is not read; convert it to {OPENSLO}."
    return f"{quoted(version)} is no apiVersion that Steward reads.{did_you_mean(version, KINDS)}"
