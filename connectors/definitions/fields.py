"""The fields of one mapping: unknown ones are reported at once, the others when they are asked for."""

import re
from dataclasses import dataclass

from connectors.definitions.findings import Findings, quoted
from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence, is_null
from connectors.definitions.scalars import TRUTHS, looks_like
from domain.refusal import did_you_mean

NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST_LINE = 200
LONGEST_PROSE = 1050
# Control characters, line and paragraph separators, and what reverses the reading direction of what follows.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
CONTROL_IN_PROSE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields that a mapping may have."""

    where: str
    known: tuple[str, ...]


def name_problem(name: str) -> str | None:
    """What is wrong with a name, and a better one; None where it is fine (RFC 1123)."""
    if NAME.fullmatch(name):
        return None
    better = slug(name)
    hint = f" Did you mean `{better}`?" if better else ""
    return f"{quoted(name)} is no name: a–z, 0–9 and - inside, at most 63.{hint}"


def slug(text: str) -> str:
    """`text` as a name: lower case, everything but a–z and 0–9 as single dashes; empty where nothing is left."""
    return re.sub("[^a-z0-9]+", "-", text[:LONGEST_LINE].lower()).strip("-")[:63].strip("-")


class Fields:
    """Typed access to a mapping that never raises: what is wrong is noted, and None comes back."""

    def __init__(self, node: Mapping, shape: Shape, findings: Findings) -> None:
        self.node, self.shape, self.findings = node, shape, findings
        for name in node.entries:
            if name not in shape.known:
                self._report_unknown(name)

    def _report_unknown(self, name: str) -> None:
        hint = did_you_mean(name[:LONGEST_LINE], self.shape.known)
        self.error("E205", name, f"There is no field {quoted(name)} in {self.shape.where}.{hint}")

    def error(self, code: str, name: str, text: str) -> None:
        """Note a problem of the field called `name`."""
        self.findings.add(code, self.line(name), text)

    def line(self, name: str) -> int:
        """The line of a field, or of the mapping where the field is not there."""
        return self.node.lines.get(name, self.node.line)

    def has(self, name: str) -> bool:
        """Whether the field is there and not empty."""
        node = self.node.entries.get(name)
        return node is not None and not is_null(node)

    def get(self, name: str, *, required: bool = False) -> Node | None:
        """The field as it is; None where it is left out or empty."""
        node = self.node.entries.get(name)
        if node is not None and not is_null(node):
            return node
        if required:
            self.error("E206", name, f"`{name}` is missing in {self.shape.where}.")
        return None

    def scalar(self, name: str, *, required: bool = False) -> Scalar | None:
        """A single value, as written."""
        node = self.get(name, required=required)
        if node is None or isinstance(node, Scalar):
            return node
        self.error("E207", name, f"`{name}` must be a single value, not {_described(node)}.")
        return None

    def mapping(self, name: str, *, required: bool = False) -> Mapping | None:
        """A mapping."""
        node = self.get(name, required=required)
        if node is None or isinstance(node, Mapping):
            return node
        self.error("E207", name, f"`{name}` must be a mapping of fields, not {_described(node)}.")
        return None

    def fields(self, name: str, shape: Shape, *, required: bool = False) -> "Fields | None":
        """A mapping with fields of its own."""
        node = self.mapping(name, required=required)
        return None if node is None else Fields(node, shape, self.findings)

    def items(self, name: str, *, required: bool = False) -> list[Node] | None:
        """The items of a list."""
        node = self.get(name, required=required)
        if node is None or isinstance(node, Sequence):
            return None if node is None else node.items
        self.error("E207", name, f"`{name}` must be a list, not {_described(node)}.")
        return None

    def text(self, name: str, *, required: bool = False, prose: bool = False) -> str | None:
        """Text of one line, or with `prose` a description."""
        scalar = self.scalar(name, required=required)
        return None if scalar is None else self.checked_text(name, scalar, prose=prose)

    def checked_text(self, name: str, scalar: Scalar, *, prose: bool = False) -> str | None:
        """`scalar` as text, said to be the value of `name`."""
        problem = text_problem(scalar.text, prose=prose)
        if problem:
            self.findings.add("E210", scalar.line, f"{quoted(name)} {problem}")
            return None
        if scalar.plain and looks_like(scalar.text):
            self.findings.add(
                "W201",
                scalar.line,
                f"{quoted(scalar.text)} is {looks_like(scalar.text)} to other readers of YAML; quote it.",
            )
        return scalar.text

    def name(self, name: str, *, required: bool = False) -> str | None:
        """The name of something defined here or elsewhere."""
        text = self.text(name, required=required)
        problem = None if text is None else name_problem(text)
        if problem is None:
            return text
        self.error("E209", name, problem)
        return None

    def word(self, name: str, words: tuple[str, ...], *, required: bool = False) -> str | None:
        """One of `words`."""
        scalar = self.scalar(name, required=required)
        if scalar is None or scalar.text in words:
            return None if scalar is None else scalar.text
        hint = did_you_mean(scalar.text[:LONGEST_LINE], words)
        self.error("E208", name, f"`{name}` is {quoted(scalar.text)}; it must be {listed(words)}.{hint}")
        return None

    def truth(self, name: str) -> bool | None:
        """True or false."""
        scalar = self.scalar(name)
        if scalar is None or (scalar.plain and scalar.text in TRUTHS):
            return None if scalar is None else TRUTHS[scalar.text]
        self.error("E207", name, f"`{name}` is {quoted(scalar.text)}; it must be true or false, unquoted.")
        return None


def text_problem(text: str, *, prose: bool = False) -> str | None:
    """What keeps `text` from being shown, with the remedy."""
    longest = LONGEST_PROSE if prose else LONGEST_LINE
    if len(text) > longest:
        return f"is {len(text):,} characters long; at most {longest:,} are kept. Shorten it."
    found = (CONTROL_IN_PROSE if prose else CONTROL).search(text)
    if found:
        return f"contains the control character U+{ord(found[0]):04X} (in {quoted(text)}); remove it."
    return None


def listed(words: tuple[str, ...]) -> str:
    """ "a, b or c"."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _described(node: Node) -> str:
    if isinstance(node, Scalar):
        return quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"
