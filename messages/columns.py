"""Columns of figures in code formatting, as narrow as a phone."""

from collections.abc import Sequence
from fractions import Fraction

from domain.ratio import floor_decimal
from messages.escaping import escape, shortened

WIDTH = 40
"""Characters of a line in code formatting that the narrowest phones show without wrapping."""

GAP = "  "
MOST_PLACES = 20
ESCAPES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def code(lines: Sequence[str]) -> str:
    """Lines in code formatting; what people wrote in them is escaped."""
    return "\n".join(["```", *lines, "```"])


def columns(rows: Sequence[Sequence[str]], *, most: int = WIDTH) -> list[str]:
    """Lines of at most `most` characters: first cells to the left, or on lines of their own, others to the right."""
    width = max(len(row) for row in rows)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    sizes = [max(shown_length(row[column]) for row in filled) for column in range(width)]
    room = most - sum(sizes[1:]) - len(GAP) * (width - 1)
    first = max((size for row in filled if (size := shown_length(row[0])) <= room), default=0)
    lines = []
    for label, *others in filled:
        fits = shown_length(label) <= first
        cells = [_right(cell, size) for cell, size in zip(others, sizes[1:], strict=True)]
        lines += [] if fits else [_cut(label, most)]
        lines.append(GAP.join([_left(label if fits else "", first), *cells]).rstrip())
    return lines


def shown_length(text: str) -> int:
    """How many characters a reader sees of escaped text."""
    for written, shown in ESCAPES.items():
        text = text.replace(written, shown)
    return len(text)


def exact(amounts: Sequence[Fraction | int]) -> list[str]:
    """ "43.2", "−12.05", "56   ": nothing is rounded, and one stands under the other by their points."""
    written = [_written(amount) for amount in amounts]
    places = max(len(part) for _, part in written)
    padding = places + 1 if places else 0
    return [whole + (f".{part}" if part else "").ljust(padding) for whole, part in written]


def _written(amount: Fraction | int) -> tuple[str, str]:
    """With its sign and commas, and the digits after the point."""
    whole, _, part = _decimal(amount).removeprefix("-").partition(".")
    return f"{'−' if amount < 0 else ''}{int(whole):,}", part


def _decimal(amount: Fraction | int) -> str:
    return floor_decimal(amount, MOST_PLACES)


def _left(text: str, size: int) -> str:
    return text + " " * (size - shown_length(text))


def _cut(text: str, size: int) -> str:
    """Escaped text of at most `size` characters."""
    if shown_length(text) <= size:
        return text
    for written, shown in ESCAPES.items():
        text = text.replace(written, shown)
    return escape(shortened(text, size))


def _right(text: str, size: int) -> str:
    return " " * (size - shown_length(text)) + text
