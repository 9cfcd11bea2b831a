"""What Slack refuses in an app's manifest."""

from collections.abc import Iterator, Mapping
from typing import Any

Fields = Mapping[str, Any]

COMMANDS = 50
SHORTCUTS = 10


def manifest_problems(manifest: Fields) -> list[str]:
    """What breaks a limit, a sentence each with the place in the manifest."""
    shown, features = manifest.get("display_information", {}), manifest.get("features", {})
    return [
        *_long("display_information", shown, {"name": 35, "description": 140}),
        *_many("slash_commands", features, COMMANDS),
        *_many("shortcuts", features, SHORTCUTS),
        *(found for place, one in _each("slash_commands", features) for found in _command(place, one)),
        *(found for place, one in _each("shortcuts", features) for found in _shortcut(place, one)),
        *_twice(features),
    ]


def _command(place: str, command: Fields) -> Iterator[str]:
    if not str(command.get("command", "")).startswith("/"):
        yield f"{place}.command must begin with a slash"
    if not command.get("description"):
        yield f"{place}.description is missing"
    yield from _long(place, command, {"command": 32, "description": 2000, "usage_hint": 1000})


def _shortcut(place: str, shortcut: Fields) -> Iterator[str]:
    if shortcut.get("type") not in {"message", "global"}:
        yield f"{place}.type must be message or global"
    yield from _long(place, shortcut, {"name": 24, "description": 150})


def _each(name: str, features: Fields) -> list[tuple[str, Fields]]:
    return [(f"features.{name}[{index}]", one) for index, one in enumerate(features.get(name, []))]


def _many(name: str, features: Fields, most: int) -> Iterator[str]:
    if len(features.get(name, [])) > most:
        yield f"features.{name} has {len(features[name])} entries, at most {most} are allowed"


def _long(place: str, fields: Fields, most: Mapping[str, int]) -> Iterator[str]:
    for name, allowed in most.items():
        length = len(str(fields.get(name) or ""))
        if length > allowed:
            yield f"{place}.{name} has {length} characters, at most {allowed} are allowed"


def _twice(features: Fields) -> Iterator[str]:
    commands = [one.get("command") for _, one in _each("slash_commands", features)]
    for command in sorted({str(one) for one in commands if commands.count(one) > 1}):
        yield f"features.slash_commands has {command} more than once"
