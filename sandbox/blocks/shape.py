"""A small language for what a JSON value may look like.

A check takes a value and its JSON pointer, and yields Slack's sentences about what is wrong with it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any, str], Iterator[str]]


def problem(text: str, pointer: str) -> str:
    return f"[ERROR] {text} [json-pointer:{pointer}]"


@dataclass(frozen=True)
class Shape:
    """The fields of an object; anything else in it is refused, as Slack does."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]

    def __call__(self, value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must be an object", pointer)
            return
        yield from (
            problem(f"missing required field: {name}", pointer) for name in self.required if name not in value
        )
        for name, inner in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                yield problem(f"no more fields allowed: {name}", pointer)
            else:
                yield from check(inner, f"{pointer}/{name}")


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Shape:
    return Shape({"type": anything, **required}, optional or {})


def untyped(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Shape:
    """An object that has no `type`, such as an option."""
    return Shape(required, optional or {})


def anything(_value: Any, _pointer: str) -> Iterator[str]:
    return iter(())


def text(most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", pointer)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", pointer)
        elif len(value.strip()) < least:
            yield problem(f"must be more than {least - 1} characters", pointer)

    return check


def url(most: int = 3000) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        yield from text(most)(value, pointer)
        parts = urlsplit(value) if isinstance(value, str) else None
        if parts is None or parts.scheme not in {"http", "https", "mailto", "slack"} or " " in parts.netloc:
            yield problem("invalid url", pointer)

    return check


def integer(least: int, most: int) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield problem(f"must be an integer from {least} to {most}", pointer)

    return check


def boolean(value: Any, pointer: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield problem("must be a boolean", pointer)


def choice(*allowed: str) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield problem(f"must be one of: {', '.join(allowed)}", pointer)

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must be an array", pointer)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield problem(f"must have at least {least} items", pointer)
        for index, inner in enumerate(value):
            yield from item(inner, f"{pointer}/{index}")

    return check


def kind(kinds: Mapping[str, Check]) -> Check:
    """An object told apart by its `type`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must be an object", pointer)
        elif not isinstance(value.get("type"), str):
            yield problem("missing required field: type", pointer)
        elif value["type"] not in kinds:
            yield problem(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from kinds[value["type"]](value, pointer)

    return check


def also(*checks: Check) -> Check:
    def check(value: Any, pointer: str) -> Iterator[str]:
        for one in checks:
            yield from one(value, pointer)

    return check
