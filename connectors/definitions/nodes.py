"""YAML as a tree that keeps lines and the text as written: nothing is guessed to be a number, date or truth value."""

from dataclasses import dataclass, field

NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(slots=True)
class Scalar:
    """One value; `plain` is without quotes."""

    line: int
    text: str
    plain: bool

    @property
    def null(self) -> bool:
        """Whether it stands for nothing at all."""
        return self.plain and self.text in NULLS


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Fields by name, and the line of each name."""

    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def is_null(node: Node | None) -> bool:
    """Whether the node is left out or empty, which is the same."""
    return node is None or (isinstance(node, Scalar) and node.plain and node.text in NULLS)


def is_empty(node: Node | None) -> bool:
    """Whether the node is left out, empty or a list without items."""
    return is_null(node) or (isinstance(node, Sequence) and not node.items)
