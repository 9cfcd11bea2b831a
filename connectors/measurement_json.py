"""Measurements in JSON, read strictly: what is not plainly meant is refused."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.measurement_file import COLUMNS
from connectors.measurement_rows import Fault, Malformed, Row, Written
from domain.refusal import Refusal

FORM = '{"measurements": [{"objective": …, "start": …, "good": …, "total": …}]}'
MOST_FIELD = 80


class Digits(str):
    """A whole number as it is written: its size and sign are for `domain.measurement` to judge."""

    # Without an attribute dictionary the garbage collector, which stops all threads, has nothing to look at.
    __slots__ = ()


class Fractional(str):
    """A number with a point or an exponent, as it is written."""

    __slots__ = ()


KINDS: Mapping[type, str] = {
    bool: "true or false",
    type(None): "null",
    str: "text",
    Digits: "a number",
    Fractional: "a fraction",
    list: "a list",
    dict: "an object",
}


def json_rows(body: bytes) -> Iterator[Row | Fault]:
    """The rows of `{"measurements": […]}`. Raises `Malformed`."""
    document = _loaded(body)
    if not isinstance(document, dict) or document.keys() != {"measurements"}:
        raise Malformed(f"The body must be {FORM}, with nothing beside `measurements`.")
    entries = document["measurements"]
    if not isinstance(entries, list):
        raise Malformed(f"`measurements` must be a list, not {KINDS[type(entries)]}.")
    return map(_row, entries)


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=Digits,
            parse_float=Fractional,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is not UTF-8 (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"The body is not JSON ({error.msg}: {where}).") from None
    except RecursionError:
        raise Malformed(f"The body is nested too deeply. It must be {FORM}.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Being Python, this also lets other threads run while a large body is read.
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("A name comes twice in one object of the body. Which of the two is meant?")
    return found


def _no_constant(name: str) -> Any:
    raise Malformed(f"The body is not JSON: there is no {name} in it.")


def _row(entry: object) -> Row | Fault:
    if not isinstance(entry, dict):
        return Fault(None, f"A measurement must be an object, not {KINDS[type(entry)]}.")
    for name in entry:
        if name not in COLUMNS:
            return _strange(name)
    return Row(
        _written(entry, "objective", str),
        _written(entry, "start", str),
        _written(entry, "good", Digits),
        _written(entry, "total", Digits),
    )


def _written(entry: Mapping[str, Any], field: str, kind: type[str]) -> Written:
    if field not in entry:
        return Refusal(f"{field} is missing.")
    found: Any = entry[field]
    if type(found) is not kind:
        wanted = "text" if kind is str else "a whole number"
        return Refusal(f"{field} must be {wanted}, not {KINDS[type(found)]}.")
    return str(found)


def _strange(name: str) -> Fault:
    shown = "".join(letter if letter.isprintable() else "�" for letter in name[:MOST_FIELD])
    return Fault(shown, f"There is no such field. A measurement has {', '.join(COLUMNS)}.")
