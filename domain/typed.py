"""What a person typed, as they typed it: Slack puts references and entities into it."""

import re

_REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def as_typed(text: str) -> str:
    """`text` with "@ana" for `<@U0ANA|ana>`, a link's words for the link, and `&` for `&amp;`."""
    words = _REFERENCE.sub(_reference, text)
    for entity, character in _ENTITIES:
        words = words.replace(entity, character)
    return words


def _reference(found: re.Match[str]) -> str:
    sign, target, label = found.groups()
    name = label or target
    if not sign:
        return name
    mark = "#" if sign == "#" else "@"
    return mark + name.removeprefix(mark)
