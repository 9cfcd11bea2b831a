"""Tables and charts."""

import math
from collections.abc import Iterator
from typing import Any

from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.shape import also, array, boolean, choice, kind, problem, shape, text, untyped

TABLE_CHARACTERS = 10_000


def visible_characters(value: Any) -> int:
    """How many characters of `text` stand in it, at any depth."""
    if isinstance(value, list):
        return sum(visible_characters(inner) for inner in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(inner) if name == "text" and isinstance(inner, str) else visible_characters(inner)
        for name, inner in value.items()
    )


def _rectangular(value: Any, pointer: str) -> Iterator[str]:
    rows = value.get("rows") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return
    if len({len(row) for row in rows}) > 1:
        yield problem("all rows must have the same number of cells", f"{pointer}/rows")
    if visible_characters(rows) > TABLE_CHARACTERS:
        yield problem(f"table must be less than {TABLE_CHARACTERS + 1} characters in all", f"{pointer}/rows")


_CELL = kind({"raw_text": shape({"text": text(TABLE_CHARACTERS)}), "rich_text": RICH_TEXT})
_COLUMN = untyped({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})

TABLE = also(
    shape(
        {"rows": array(array(_CELL, 20), 100)},
        {"column_settings": array(_COLUMN, 20, 0), "block_id": text(255)},
    ),
    _rectangular,
)


def _number(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield problem("must be a finite number", pointer)


def _positive(value: Any, pointer: str) -> Iterator[str]:
    yield from _number(value, pointer)
    if isinstance(value, int | float) and value <= 0:
        yield problem("must be more than 0", pointer)


def _points_match(value: Any, pointer: str) -> Iterator[str]:
    """Each series needs one point a category, by its label, and a name of its own."""
    try:
        categories = value["axis_config"]["categories"]
        names = [series["name"] for series in value["series"]]
        labels = [[point["label"] for point in series["data"]] for series in value["series"]]
    except (KeyError, TypeError):
        return
    if len(set(map(str, names))) < len(names):
        yield problem("series names must be unique", f"{pointer}/series")
    for index, ours in enumerate(labels):
        if ours != categories:
            yield problem("labels must match axis_config.categories", f"{pointer}/series/{index}/data")


_POINT = untyped({"label": text(20), "value": _number})
_AXIS = untyped({"categories": array(text(20), 20)}, {"x_label": text(50), "y_label": text(50)})
_XY = also(
    shape(
        {
            "series": array(untyped({"name": text(20), "data": array(_POINT, 20)}), 12),
            "axis_config": _AXIS,
        }
    ),
    _points_match,
)
_PIE = shape({"segments": array(untyped({"label": text(20), "value": _positive}), 12)})

CHART = shape(
    {"title": text(50), "chart": kind({"line": _XY, "bar": _XY, "area": _XY, "pie": _PIE})},
    {"block_id": text(255)},
)
