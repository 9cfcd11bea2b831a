"""Limits of tables and charts."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from messages.text_limits import Block, length, objects

TABLE_CHARACTERS = 10_000
TABLE_ROWS = 100
TABLE_COLUMNS = 20
CHART_TITLE = 50
CHART_SERIES = 12
CHART_POINTS = 20
CHART_LABEL = 20


def visible_characters(value: Any) -> int:
    """How many characters a reader sees in `value`, at any depth."""
    if isinstance(value, str):
        return 0
    if isinstance(value, Sequence):
        return sum(map(visible_characters, value))
    if not isinstance(value, dict):
        return 0
    own = sum(
        length(value[key]) for key in ("text", "title", "label", "name") if isinstance(value.get(key), str)
    )
    return own + sum(map(visible_characters, value.values()))


def table_problems(block: Block) -> Iterator[str]:
    """What is wrong with a table."""
    rows = block.get("rows", ())
    if not 1 <= len(rows) <= TABLE_ROWS:
        yield f"{len(rows)} rows, 1 to {TABLE_ROWS}"
    widths = sorted({len(row) for row in rows})
    if len(widths) > 1:
        yield f"rows of different widths: {widths}"
    if any(not 1 <= width <= TABLE_COLUMNS for width in widths):
        yield f"rows of {widths} cells, 1 to {TABLE_COLUMNS}"
    cells = [cell for row in rows for cell in row]
    if any(cell.get("type") not in ("raw_text", "rich_text") for cell in cells):
        yield "a cell that is neither raw_text nor rich_text"
    if not all(map(_filled, cells)):
        yield "an empty cell"
    if visible_characters(rows) > TABLE_CHARACTERS:
        yield f"{visible_characters(rows)} characters of table, at most {TABLE_CHARACTERS}"


def _filled(cell: Block) -> bool:
    written = cell.get("text")
    return bool(written.strip()) if isinstance(written, str) else visible_characters(cell) > 0


def chart_problems(block: Block) -> Iterator[str]:
    """What is wrong with a line, bar, area or pie chart."""
    yield from _label("title", block.get("title"), CHART_TITLE)
    chart = block.get("chart") or {}
    if chart.get("type") == "pie":
        yield from _pie(chart)
    elif chart.get("type") in ("line", "bar", "area"):
        yield from _lines(chart)
    else:
        yield f"no chart: {chart.get('type')}"


def _pie(chart: Block) -> Iterator[str]:
    segments = objects(chart.get("segments"))
    yield from _counted("segments", segments, CHART_SERIES)
    for segment in segments:
        yield from _label("segment", segment.get("label"), CHART_LABEL)
        if not _is_number(segment.get("value")) or segment["value"] <= 0:
            yield f"a segment of {segment.get('value')}, must be more than 0"


def _lines(chart: Block) -> Iterator[str]:
    series, axis = objects(chart.get("series")), chart.get("axis_config") or {}
    categories = axis.get("categories") or []
    yield from _counted("series", series, CHART_SERIES)
    yield from _counted("categories", categories, CHART_POINTS)
    for category in categories:
        yield from _label("category", category, CHART_LABEL)
    for key in ("x_label", "y_label"):
        if key in axis:
            yield from _label(key, axis[key], CHART_TITLE)
    if len({one.get("name") for one in series}) < len(series):
        yield "two series of one name"
    for one in series:
        yield from _one_series(one, categories)


def _one_series(series: Block, categories: Sequence[str]) -> Iterator[str]:
    yield from _label("series", series.get("name"), CHART_LABEL)
    points = objects(series.get("data"))
    if [point.get("label") for point in points] != list(categories):
        yield "a series whose labels are not the categories"
    if not all(_is_number(point.get("value")) for point in points):
        yield "a point that is no finite number"


def _label(what: str, value: Any, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{what} without text"
    elif length(value) > most:
        yield f"{what} of {length(value)} characters, at most {most}"


def _counted(what: str, found: Sequence[Any], most: int) -> Iterator[str]:
    if not 1 <= len(found) <= most:
        yield f"{len(found)} {what}, 1 to {most}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
