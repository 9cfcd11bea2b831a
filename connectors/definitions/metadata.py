"""The metadata of a document: display name, labels, annotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.definitions.document import Document
from connectors.definitions.fields import LONGEST_LINE, Fields, Shape, text_problem
from connectors.definitions.findings import quoted
from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence, is_null
from connectors.definitions.scalars import looks_like
from domain.refusal import did_you_mean

Labels = tuple[tuple[str, tuple[str, ...]], ...]

OURS = Shape("metadata", ("name", "displayName"))
OPENSLO = Shape("metadata", ("name", "displayName", "labels", "annotations"))
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
LABEL_KEY = re.compile(rf"([a-z0-9.-]{{1,253}}/)?{LABEL.pattern}")
PREFIX = "steward/"
UNDERSTOOD = (
    "owner",
    "responsible",
    "consulted",
    "informed",
    "agreement",
    "acknowledge-within",
    "acknowledgement-expires",
    "supports",
    "missing",
    "min-coverage",
    "unit",
    "warn-at",
)


@dataclass(frozen=True, slots=True)
class Annotations:
    """The steward/… annotations of an SLO, without their prefix; the annotations of others are none of ours."""

    fields: Fields

    def get(self, name: str) -> str | None:
        """The text of an annotation."""
        scalar = self.fields.scalar(PREFIX + name)
        return None if scalar is None else scalar.text

    def error(self, code: str, name: str, text: str) -> None:
        """Note a problem of an annotation."""
        self.fields.error(code, PREFIX + name, text)


def metadata_of(document: Document, shape: Shape = OPENSLO) -> Fields:
    """The metadata of a document; it is there, since the document has a name."""
    node = document.node.entries["metadata"]
    assert isinstance(node, Mapping)  # noqa: S101 -- a document without it was not made
    return Fields(node, shape, document.findings)


def labels_of(metadata: Fields) -> Labels:
    """Labels by key, in order; a single text is a list of one."""
    node = metadata.mapping("labels")
    found = []
    for key, value in sorted(node.entries.items()) if node else ():
        values = _label_values(metadata, key, value)
        if not LABEL_KEY.fullmatch(key):
            text = f"{quoted(key)} is no key of a label: letters, digits, - _ . inside, at most 63."
            metadata.findings.add("E211", value.line, text)
        elif values is not None:
            found.append((key, values))
    return tuple(found)


def _label_values(metadata: Fields, key: str, node: Node) -> tuple[str, ...] | None:
    items = node.items if isinstance(node, Sequence) else [node]
    texts = [metadata.checked_text(key, each) for each in items if isinstance(each, Scalar)]
    if len(texts) < len(items):
        metadata.findings.add("E211", node.line, f"The label {quoted(key)} must be text or a list of texts.")
    kept = tuple(text for text in texts if text is not None)
    return kept if len(kept) == len(items) else None


def annotations_of(metadata: Fields, *, ours: bool = False) -> Annotations:
    """The annotations; where `ours` is false, one of Steward's is in the wrong place."""
    node = metadata.mapping("annotations") or Mapping(metadata.node.line)
    for key, value in node.entries.items():
        for code, text in _annotation_problems(key, value, ours):
            metadata.findings.add(code, node.lines[key], text)
    names = tuple(node.entries)
    return Annotations(Fields(node, Shape("metadata.annotations", names), metadata.findings))


def _annotation_problems(key: str, value: Node, ours: bool) -> Iterator[tuple[str, str]]:
    if not LABEL_KEY.fullmatch(key):
        yield (
            "E212",
            f"{quoted(key)} is no key of an annotation: an optional domain and /, then at most 63 letters.",
        )
    if not isinstance(value, Scalar):
        yield "E212", f"The annotation {quoted(key)} must be text."
        return
    if value.plain and (other := looks_like(value.text)):
        yield "W201", f"{quoted(value.text)} is {other} to other readers of YAML, not text; quote it."
    if not key.startswith(PREFIX):
        return
    wrong = text_problem(value.text)
    if wrong:
        yield "E210", f"{quoted(key)} {wrong}"
    elif problem := _steward_problem(key, key.removeprefix(PREFIX), ours):
        yield problem


def _steward_problem(key: str, name: str, ours: bool) -> tuple[str, str] | None:
    if name not in UNDERSTOOD:
        hint = did_you_mean(key[:LONGEST_LINE], [PREFIX + each for each in UNDERSTOOD])
        return "E213", f"There is no annotation {quoted(key)}.{hint}"
    return None if ours else ("E213", f"The annotation {key} belongs on an SLO.")


def warn_without_effect(fields: Fields, *names: str) -> None:
    """Say of fields that are kept or read over that nothing depends on them yet."""
    for name in names:
        if not is_null(fields.node.entries.get(name)):
            fields.error("W202", name, f"`{name}` in {fields.shape.where} has no effect yet.")
