"""Standings for machines: the JSON of `steward status --json`."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from domain.ratio import ceil_decimal, floor_decimal
from domain.standing import Standing
from domain.window import RollingWindow

PLACES = 12
"""Digits after the point; fewer where the ratio is exact."""


def status_json(standings: Iterable[Standing], *, at: datetime) -> dict[str, Any]:
    """All of `standings`, by name."""
    ordered = sorted(standings, key=lambda standing: standing.name)
    return {"at": instant_text(at), "objectives": [standing_json(standing) for standing in ordered]}


def standing_json(standing: Standing) -> dict[str, Any]:
    """One objective; ratios as decimal strings, rounded against the objective, None where there is no data."""
    terms = standing.terms
    return {
        "objective": standing.name,
        "service": standing.objective.service,
        "agreement": terms.agreement,
        "owner": terms.owner,
        "terms_version": terms.version,
        "target": floor_decimal(terms.target, PLACES),
        "method": terms.method.name,
        "window": _window(standing),
        **_counts(standing),
        "attainment": _decimal(floor_decimal, standing.attainment),
        "coverage": _decimal(floor_decimal, standing.coverage),
        "excluded_minutes": standing.excluded_minutes,
        "budget": _budget(standing),
        "burn_rates": {
            window: _decimal(ceil_decimal, rate) for window, rate in standing.burn_rates().items()
        },
        **_state(standing),
    }


def instant_text(at: datetime) -> str:
    """ "2026-11-23T09:00:00Z"."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _window(standing: Standing) -> dict[str, str]:
    return {
        "kind": "rolling" if isinstance(standing.terms.window, RollingWindow) else "calendar",
        "start": instant_text(standing.period.start),
        "end": instant_text(standing.period.end),
    }


def _counts(standing: Standing) -> dict[str, Any]:
    counts = standing.figures.counts
    events = {"good": counts.good, "total": counts.total}
    if not standing.terms.method.slice_minutes:
        return events
    return {**events, "slices": {"good": counts.slices_good, "total": counts.slices_total}}


def _budget(standing: Standing) -> dict[str, str | None]:
    budget = standing.budget
    return {
        "unit": budget.unit,
        "allowed": floor_decimal(budget.allowed, PLACES),
        "spent": ceil_decimal(budget.spent, PLACES),
        "left_ratio": _decimal(floor_decimal, budget.left_ratio),
    }


def _state(standing: Standing) -> dict[str, Any]:
    return {
        "state": standing.state.value,
        "state_reason": standing.reason.value if standing.reason else None,
        "state_until": instant_text(standing.until) if standing.until else None,
        "contested": False,
        "acknowledged": None,
        "silent": standing.silent,
    }


def _decimal(rounded: Callable[[Fraction, int], str], value: Fraction | None) -> str | None:
    return None if value is None else rounded(value, PLACES)
