"""Documents as YAML that every reader takes for the same: blocks in the given order, texts quoted where in doubt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
"""Texts that need no quotes, unless they are one of `GUESSED`."""
GUESSED = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))
"""What readers of YAML 1.1 take for something else than text, in any case."""
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
LONGEST_KEY = 1000
"""In characters: parsers look no further for the colon after a key."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is to be written."""

    text: str


def yaml_of(documents: Sequence[Mapping[str, object]]) -> str:
    """A stream of documents; the same for the same, byte by byte."""
    return "---\n".join("\n".join([*_lines(each, ""), ""]) for each in documents)


def _lines(value: object, indent: str) -> Iterator[str]:
    """A mapping or list that is not empty."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _entry(f"{indent}{_key(str(key), indent)}", item, indent)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _item(item, indent)


def _entry(head: str, item: object, indent: str) -> Iterator[str]:
    if _is_block(item):
        yield head
        yield from _lines(item, f"{indent}  ")
    else:
        yield f"{head} {_scalar(item)}"


def _item(item: object, indent: str) -> Iterator[str]:
    """Of a list: what is a block itself begins on the line of its dash."""
    if not _is_block(item):
        yield f"{indent}- {_scalar(item)}"
        return
    first, *rest = _lines(item, f"{indent}  ")
    yield f"{indent}- {first[len(indent) + 2 :]}"
    yield from rest


def _key(key: str, indent: str) -> str:
    text = _text(key)
    return f"{text}:" if len(text) <= LONGEST_KEY else f"? {text}\n{indent}:"


def _is_block(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _scalar(value: object) -> str:
    if isinstance(value, Number):
        return value.text
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "{}" if isinstance(value, Mapping) else "[]" if isinstance(value, Sequence) else str(value)


def _text(text: str) -> str:
    if SAFE.fullmatch(text) and text.lower() not in GUESSED:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(letter: str) -> str:
    if letter in ESCAPES:
        return ESCAPES[letter]
    if letter == " " or letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
