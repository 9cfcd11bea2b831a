"""Values of definitions as JSON Schema (2020-12): the patterns and words are those that the readers go by."""

import re
from collections.abc import Iterable, Mapping

from connectors.definitions.fields import LONGEST_LINE, NAME, Shape

Schema = dict[str, object]

TIME = r"([01]?\d|2[0-3]):[0-5]\d"
DATE = r"(19[7-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"


def text(*, most: int = LONGEST_LINE) -> Schema:
    """Text of one line."""
    return {"type": "string", "maxLength": most}


def matching(*patterns: str | re.Pattern[str]) -> Schema:
    """Text that one of the patterns fits as a whole."""
    each = (pattern if isinstance(pattern, str) else pattern.pattern for pattern in patterns)
    return {"type": "string", "pattern": f"^(?:{'|'.join(f'(?:{one})' for one in each)})$"}


def name() -> Schema:
    """What something defined here or elsewhere is called."""
    return matching(NAME)


def word(words: Iterable[str]) -> Schema:
    """One of the words."""
    return {"enum": [str(each) for each in words]}


def listed(item: Schema) -> Schema:
    """A list of such."""
    return {"type": "array", "items": item}


def told(schema: Schema, sentence: str) -> Schema:
    """The value with what it means, as editors show it."""
    return {"description": sentence, **schema}


def mapping(shape: Shape, fields: Mapping[str, Schema], *required: str) -> Schema:
    """What a reader takes by its shape: just these fields, in its order. Raises KeyError where one is not told."""
    if unknown := fields.keys() - set(shape.known):
        raise KeyError(f"{shape.where} has no {', '.join(sorted(unknown))}")
    made: Schema = {"type": "object", "properties": {field: fields[field] for field in shape.known}}
    return {**made, **({"required": list(required)} if required else {}), "additionalProperties": False}
