"""As much of JSON Schema 2020-12 as Steward's schemas use; a keyword that is not known here is an error."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}
SILENT = {"$schema", "$defs", "title", "description", "then"}
"""Keywords that check nothing by themselves."""


def is_valid(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Whether the value is as `schema` says, which is a part of `root`."""
    return all(
        _holds(keyword, said, value, schema, root)
        for keyword, said in schema.items()
        if keyword not in SILENT
    )


def places(schema: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every property of a schema and of what is in it, with its path; "*" is an item of a list."""
    for name, each in schema.get("properties", {}).items():
        yield (*path, name), each
        yield from places(each, (*path, name))
    if "items" in schema:
        yield from places(schema["items"], (*path, "*"))


def _holds(keyword: str, said: Any, value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    if keyword in ("type", "enum", "const", "pattern", "maxLength", "minItems", "minProperties", "required"):
        return _is_so(keyword, said, value)
    if keyword == "$ref":
        return is_valid(value, root["$defs"][said.removeprefix("#/$defs/")], root)
    if keyword == "if":
        return not is_valid(value, said, root) or is_valid(value, schema["then"], root)
    if keyword in ("allOf", "anyOf"):
        return {"allOf": all, "anyOf": any}[keyword](is_valid(value, each, root) for each in said)
    return all(is_valid(item, each, root) for item, each in _parts(keyword, said, value, schema))


def _is_so(keyword: str, said: Any, value: Any) -> bool:
    checks: dict[str, Callable[[], bool]] = {
        "type": lambda: type(value) is TYPES[said],
        "enum": lambda: value in said,
        "const": lambda: value == said,
        "pattern": lambda: not isinstance(value, str) or re.search(said, value) is not None,
        "maxLength": lambda: not isinstance(value, str) or len(value) <= said,
        "minItems": lambda: not isinstance(value, list) or len(value) >= said,
        "minProperties": lambda: not isinstance(value, dict) or len(value) >= said,
        "required": lambda: not isinstance(value, dict) or set(said) <= value.keys(),
    }
    return checks[keyword]()


def _parts(keyword: str, said: Any, value: Any, schema: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """What of the value has to be as which schema; `{"enum": []}` is nothing."""
    never: dict[str, Any] = {"enum": []}
    if keyword == "items":
        return [(item, said) for item in value] if isinstance(value, list) else []
    if not isinstance(value, dict):
        return []
    if keyword == "properties":
        return [(value[name], each) for name, each in said.items() if name in value]
    patterns = schema.get("patternProperties", {})
    if keyword == "patternProperties":
        return [
            (item, each) for name, item in value.items() for key, each in said.items() if re.search(key, name)
        ]
    if keyword == "additionalProperties" and said is False:
        known = schema.get("properties", {})
        return [
            (None, never)
            for name in value
            if name not in known and not any(re.search(key, name) for key in patterns)
        ]
    if keyword == "dependentRequired":
        return [
            (None, never)
            for name, needed in said.items()
            if name in value and not set(needed) <= value.keys()
        ]
    raise NotImplementedError(keyword)
