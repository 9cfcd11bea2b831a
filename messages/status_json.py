"""Standings for machines: the JSON of `steward status --json`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from domain.acknowledgement import Acknowledgement
from domain.dispute import Dispute, Ruling
from domain.layer import Layer
from domain.layered import Layered
from domain.minutes import instant_of
from domain.planned import PlannedWork
from domain.questions import is_answered
from domain.ratio import ceil_decimal, floor_decimal
from domain.reckoning import minutes_of
from domain.standing import Standing
from domain.window import Period, RollingWindow

PLACES = 12
"""Digits after the point; fewer where the ratio is exact."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was contested and decided of objectives, by name: the figures that differ, disputes, rulings that hold.

    `planned` is the planned work of their periods.
    """

    layered: Mapping[str, Layered] = field(default_factory=dict)
    disputes: Mapping[str, Sequence[Dispute]] = field(default_factory=dict)
    rulings: Mapping[str, Sequence[Ruling]] = field(default_factory=dict)
    planned: Mapping[str, Sequence[PlannedWork]] = field(default_factory=dict)


UNDISPUTED = Decided()


def status_json(
    standings: Iterable[Standing],
    asked: Mapping[str, Acknowledgement] | None = None,
    decided: Decided = UNDISPUTED,
    *,
    at: datetime,
) -> dict[str, Any]:
    """All of `standings`, by name; `asked` are the newest questions about them."""
    ordered = sorted(standings, key=lambda standing: standing.name)
    newest = asked or {}
    return {
        "at": instant_text(at),
        "objectives": [standing_json(standing, newest.get(standing.name), decided) for standing in ordered],
    }


def standing_json(
    standing: Standing, asked: Acknowledgement | None = None, decided: Decided = UNDISPUTED
) -> dict[str, Any]:
    """One objective; ratios as decimal strings, rounded against the objective, None where there is no data.

    `acknowledged` is None where nobody was asked.
    """
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
        "acknowledged": is_answered(asked, at=standing.at),
        "silent": standing.silent,
        "figures": _figures(standing, decided.layered.get(standing.name)),
        "disputes": [_dispute(one) for one in decided.disputes.get(standing.name, ())],
        "exclusions": [*_planned(standing, decided), *_ruled(standing, decided)],
    }


def _figures(standing: Standing, layered: Layered | None) -> dict[str, dict[str, Any]]:
    """Each layer; where nothing was ruled or is claimed they are all the same."""
    return {
        layer.value: _figure(
            standing if layered is None or layer is Layer.AGREEMENT else layered.standing(layer)
        )
        for layer in Layer
    }


def _figure(standing: Standing) -> dict[str, Any]:
    return {
        **_counts(standing),
        "attainment": _decimal(floor_decimal, standing.attainment),
        "left_ratio": _decimal(floor_decimal, standing.budget.left_ratio),
        "state": standing.state.value,
    }


def _dispute(one: Dispute) -> dict[str, Any]:
    return {
        "dispute": one.called,
        "ground": one.ground.value,
        "stage": one.stage.value,
        "raised_by": one.raiser,
        "against": one.counterpart,
        "minutes": one.contested.minutes,
        "due_at": instant_text(one.due_at) if one.due_at else None,
    }


def _planned(standing: Standing, decided: Decided) -> list[dict[str, Any]]:
    """Planned work that takes minutes out."""
    works = [one for one in decided.planned.get(standing.name, ()) if standing.name not in one.too_late]
    found = [(one, minutes_of(one.occurrence, standing)) for one in works]
    return [
        {
            "name": one.exclusion.name,
            "ground": one.exclusion.ground.value,
            "start": instant_text(one.occurrence.start),
            "end": instant_text(one.occurrence.end),
            "minutes": minutes,
        }
        for one, minutes in found
        if minutes
    ]


def _ruled(standing: Standing, decided: Decided) -> list[dict[str, Any]]:
    """What was ruled or settled to leave the agreement's figure, a line a span of the period."""
    rulings = decided.rulings.get(standing.name, ())
    spans = [
        (one, Period(instant_of(start), instant_of(end)))
        for one in rulings
        if one.layer == Layer.AGREEMENT and not one.contested.corrections
        for start, end in one.contested.spans
    ]
    return [
        {
            "name": f"D-{one.dispute}",
            "ground": "ruling" if one.instance else "settlement",
            "start": instant_text(span.start),
            "end": instant_text(span.end),
            "minutes": minutes_of(span, standing),
        }
        for one, span in spans
        if minutes_of(span, standing)
    ]


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
        "contested": bool(standing.contested),
    }


def _decimal(rounded: Callable[[Fraction, int], str], value: Fraction | None) -> str | None:
    return None if value is None else rounded(value, PLACES)
