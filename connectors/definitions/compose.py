"""Text to nodes: a safe subset of YAML, whatever the text's author had in mind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol

import yaml

from connectors.definitions.findings import Findings, quoted
from connectors.definitions.nodes import Mapping, Node, Scalar, Sequence


class Parser(Protocol):
    """What is used of a YAML loader: libyaml's, or PyYAML's own where it was built without."""

    def get_event(self) -> yaml.Event | None:
        """The next event; None at the end."""


LOADER: Callable[[str], Parser] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 60
MOST_REPEATED = 100_000
"""Nodes that the aliases of one file may stand for, so that a few lines cannot grow into millions."""


class Unreadable(Exception):
    """The rest of the file cannot be read: a code, a line and the sentence to say."""

    def __init__(self, code: str, line: int, text: str) -> None:
        super().__init__(text)
        self.code, self.line, self.text = code, line, text


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Sequence | Mapping
    anchor: str | None
    started: int
    height: int = 1
    key: Scalar | None = None
    merged: list[Node] = field(default_factory=list)


def documents(text: str, findings: Findings) -> Iterator[Node]:
    """The roots of the documents in `text`; what is wrong is noted, and reading ends where it must."""
    try:
        yield from _Composer(text, findings).documents()
    except Unreadable as reason:
        findings.add(reason.code, reason.line, reason.text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else 1
        findings.add("E103", line, f"This is not YAML: {_reason(error)}. Nothing after it was read.")


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _reason(error: yaml.YAMLError) -> str:
    said = [getattr(error, part, None) for part in ("context", "problem")]
    return ", ".join(str(part) for part in said if part) or " ".join(str(error).split())


class _Composer:
    """Builds nodes from the parser's events with a stack of its own: depth and size are bounded here."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._loader = LOADER(text)
        self._findings = findings
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._root: Node | None = None
        self._count = 0
        self._repeated = 0
        self._takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._repeat,
        }

    def documents(self) -> Iterator[Node]:
        get_event, takers = self._loader.get_event, self._takers
        while (event := get_event()) is not None:
            take = takers.get(type(event))
            if take:
                take(event)
            elif isinstance(event, yaml.DocumentEndEvent):
                if self._root is not None:
                    yield self._root
                self._root = None
                self._anchors.clear()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        self._count += 1
        node = Scalar(_line(event), event.value, event.implicit[0])
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, 1, 0)
        self._add(node)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> NoReturn:
        raise Unreadable("E104", _line(event), f"YAML tags are not read; leave {quoted(str(event.tag))} out.")

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        line = _line(event)
        self._refuse_depth(1, line)
        node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line)
        self._open.append(_Open(node, event.anchor, self._count))
        self._count += 1

    def _end(self, _: yaml.CollectionEndEvent) -> None:
        ended = self._open.pop()
        for merged in ended.merged:
            _merge(ended.node, merged)
        if ended.anchor is not None:
            self._anchors[ended.anchor] = (ended.node, self._count - ended.started, ended.height)
        self._raise_parent(ended.height)
        self._add(ended.node)

    def _refuse_depth(self, height: int, line: int) -> None:
        """An alias is as deep as what it stands for: whoever walks the nodes later needs no bound of their own."""
        if len(self._open) + height > DEEPEST:
            raise Unreadable("E105", line, f"Nested deeper than {DEEPEST} levels; no definition needs that.")

    def _raise_parent(self, height: int) -> None:
        if self._open:
            self._open[-1].height = max(self._open[-1].height, height + 1)

    def _repeat(self, event: yaml.AliasEvent) -> None:
        line = _line(event)
        if event.anchor is None or event.anchor not in self._anchors:
            raise Unreadable(
                "E107", line, f"There is no complete anchor {quoted(str(event.anchor))} above this alias."
            )
        node, size, height = self._anchors[event.anchor]
        self._refuse_depth(height, line)
        self._raise_parent(height)
        self._count += size
        self._repeated += size
        if self._repeated > MOST_REPEATED:
            raise Unreadable(
                "E105", line, f"The aliases stand for more than {MOST_REPEATED:,} values; write them out."
            )
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        into = parent.node
        if isinstance(into, Sequence):
            into.items.append(node)
        elif parent.key is None:
            parent.key = _key(node)
        else:
            key, parent.key = parent.key, None
            self._put(parent, into, key, node)

    def _put(self, parent: _Open, mapping: Mapping, key: Scalar, node: Node) -> None:
        if key.plain and key.text == "<<":
            parent.merged.extend(_mergeable(key, node))
        elif key.text in mapping.entries:
            first = mapping.lines[key.text]
            self._findings.add(
                "E106", key.line, f"{quoted(key.text)} is here twice (first on line {first}); keep one."
            )
        else:
            mapping.entries[key.text] = node
            mapping.lines[key.text] = key.line


def _key(node: Node) -> Scalar:
    if isinstance(node, Scalar):
        return node
    raise Unreadable("E108", node.line, "The name of a field must be plain text, not a list or a mapping.")


def _mergeable(key: Scalar, node: Node) -> list[Node]:
    nodes = node.items if isinstance(node, Sequence) else [node]
    if all(isinstance(each, Mapping) for each in nodes):
        return list(nodes)
    raise Unreadable("E108", key.line, "`<<` takes the alias of a mapping, or a list of them.")


def _merge(into: Node, merged: Node) -> None:
    if isinstance(into, Mapping) and isinstance(merged, Mapping):
        for name, node in merged.entries.items():
            if name not in into.entries:
                into.entries[name] = node
                into.lines[name] = merged.lines[name]
