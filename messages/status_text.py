"""Standings as plain text, for a terminal."""

from collections.abc import Sequence
from datetime import datetime

from domain.ratio import exact_percent, floor_percent, percent_places
from domain.standing import Standing
from domain.urgency import by_urgency
from messages.contested import numbers_words
from messages.states import state_words


def status_text(standings: Sequence[Standing], *, at: datetime) -> str:
    """A line an objective, the most urgent first."""
    if not standings:
        return "Steward knows no objectives yet. Load some: `steward apply FILES`"
    rows = [_row(standing) for standing in by_urgency(standings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([*lines, "", f"Figures to {at:%Y-%m-%d %H:%M %Z}".rstrip()])


def _row(standing: Standing) -> tuple[str, ...]:
    attainment, left = standing.attainment, standing.budget.left_ratio
    return (
        state_words(standing),
        standing.name,
        "–" if attainment is None else floor_percent(attainment, percent_places(standing.terms.target)),
        f"target {exact_percent(standing.terms.target)}",
        "" if left is None or attainment is None else f"budget left {floor_percent(left, 0)}",
        standing.terms.owner or "unowned",
        ", ".join(filter(None, _marks(standing))),
    )


def _marks(standing: Standing) -> list[str | None]:
    contested = f"contested ({numbers_words(standing)})" if standing.contested else ""
    return [contested, "unacknowledged" if standing.unacknowledged else "", standing.reason]
