"""Tables and charts of Slack's own. Some clients refuse them, so the text beside them must be enough."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from messages.blocks import Block
from messages.escaping import one_line
from messages.figure_limits import (
    CHART_LABEL,
    CHART_POINTS,
    CHART_SERIES,
    CHART_TITLE,
    TABLE_CHARACTERS,
    TABLE_ROWS,
)
from messages.text_limits import length

NOTHING = "–"
MOST_IN_CELL = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart: a value for each label, None where nothing is known; in percent with so many `places`."""

    name: str
    values: Sequence[Fraction | None]
    places: int = 1


def table(
    header: Sequence[str], rows: Sequence[Sequence[str | None]], *, right: Collection[int] = ()
) -> Block:
    """The first of `rows` under `header`, as many as Slack takes: `rows_in` says how many.

    `right` are the columns of numbers. Cells are plain text: nothing in them is escaped or formatted.
    """
    settings = [{"align": "right" if column in right else "left"} for column in range(len(header))]
    filled: list[list[Block]] = []
    room = TABLE_CHARACTERS
    for row in (header, *rows[: TABLE_ROWS - 1]):
        cells = [_cell(text) for text in row]
        room -= sum(length(cell["text"]) for cell in cells)
        if room < 0:
            break
        filled.append(cells)
    return {"type": "table", "column_settings": settings, "rows": filled}


def rows_in(block: Block) -> int:
    """How many rows a table has, without its header."""
    return len(block["rows"]) - 1


def line_chart(
    title: str, labels: Sequence[str], lines: Sequence[Line], *, x_label: str = "", y_label: str = ""
) -> Block | None:
    """A chart of the first 12 of `lines` over at most 20 `labels`, which are all different, the last ones.

    A line stays flat where nothing is known; one of which nothing at all is known is left out. None where
    no line is left.
    """
    points = [fit(label, CHART_LABEL) for label in labels[-CHART_POINTS:]]
    known = [line for line in lines if any(value is not None for value in line.values[-CHART_POINTS:])]
    if not known or not points:
        return None
    shown = known[:CHART_SERIES]
    names = different([line.name for line in shown], CHART_LABEL)
    series = [_series(name, points, line) for name, line in zip(names, shown, strict=True)]
    axes = {"x_label": x_label, "y_label": y_label}
    axis: Block = {"categories": points}
    axis |= {key: fit(text, CHART_TITLE) for key, text in axes.items() if text}
    chart = {"type": "line", "series": series, "axis_config": axis}
    return {"type": "data_visualization", "title": fit(title, CHART_TITLE), "chart": chart}


def fit(text: str, most: int) -> str:
    """`text` as one line of at most `most` characters as Slack counts them; … where it was longer."""
    line = one_line(text) or "?"
    if length(line) <= most:
        return line
    kept = line[: most - 1]
    while length(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def different(names: Iterable[str], most: int) -> list[str]:
    """The names, each cut to `most` characters in its middle, and numbered where that makes two the same."""
    found: list[str] = []
    for name in names:
        short = _cut_in_the_middle(name, most)
        number = 2
        while short in found:
            short = f"{fit(name, most - 5)} ({number})"
            number += 1
        found.append(short)
    return found


def _cut_in_the_middle(name: str, most: int) -> str:
    """Names of one family differ at their ends, so both ends stay."""
    line = one_line(name) or "?"
    if length(line) <= most:
        return line
    if length(line) > len(line):
        return fit(line, most)
    end = most // 2
    return f"{line[: most - end - 1]}…{line[-end:]}"


def _series(name: str, labels: Sequence[str], line: Line) -> Block:
    values = _bridged(line.values[-len(labels) :], line.places)
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": name, "data": data}


def _bridged(values: Sequence[Fraction | None], places: int) -> list[float]:
    """The values in percent; a gap takes the value before it, at the beginning the first one known."""
    last = next(value for value in values if value is not None)
    bridged = []
    for value in values:
        last = last if value is None else value
        bridged.append(float(last * 10 ** (places + 2) // 1) / 10**places)
    return bridged


def _cell(text: str | None) -> Block:
    return {"type": "raw_text", "text": fit(text, MOST_IN_CELL) if text else NOTHING}
