"""How an objective is watched, as JSON, and back."""

from fractions import Fraction
from typing import Any

from domain.burn import BurnCondition, Severity
from domain.watching import DEFAULT_WATCHING, Watching


def watching_to_json(watching: Watching) -> dict[str, Any]:
    """What differs from the defaults."""
    stored: dict[str, Any] = {}
    if watching.conditions is not None:
        stored["conditions"] = [_condition_to_json(one) for one in watching.conditions]
    if not watching.silent:
        stored["silent"] = False
    if watching.warn_at != DEFAULT_WATCHING.warn_at:
        stored["warn_at"] = str(watching.warn_at)
    return stored


def watching_from_json(stored: dict[str, Any]) -> Watching:
    """What `watching_to_json` made."""
    conditions = stored.get("conditions")
    return Watching(
        conditions=None if conditions is None else tuple(_condition(one) for one in conditions),
        silent=stored.get("silent", True),
        warn_at=Fraction(stored.get("warn_at", DEFAULT_WATCHING.warn_at)),
    )


def _condition_to_json(condition: BurnCondition) -> dict[str, Any]:
    return {
        "severity": condition.severity.value,
        "threshold": str(condition.threshold),
        "windows": list(condition.windows),
        "inclusive": condition.inclusive,
        "after": condition.after,
    }


def _condition(stored: dict[str, Any]) -> BurnCondition:
    return BurnCondition(
        Severity(stored["severity"]),
        Fraction(stored["threshold"]),
        tuple(stored["windows"]),
        inclusive=stored["inclusive"],
        after=stored["after"],
    )
