"""What the values of a thresholdMetric are compared with (OpenSLO v1)."""

from connectors.definitions.fields import Fields
from connectors.definitions.findings import quoted
from connectors.definitions.indicator import THRESHOLD
from connectors.definitions.scalars import MOST_DECIMALS, number
from domain.objective import Indicator, Limit

OPERATORS = ("lte", "gte", "lt", "gt")
LARGEST = 10**15


def read_limit(objective: Fields, indicator: Indicator) -> Limit | None:
    """The limit of an objective; None where its indicator needs none; what is wrong with it is noted."""
    op = objective.word("op", OPERATORS)
    if indicator.ratio != THRESHOLD:
        _warn_of_no_effect(objective)
        return None
    for name in ("op", "value"):
        if not objective.has(name):
            text = f"`{name}` is missing: with a thresholdMetric say which values are good, as op: lte, value: 0.25."
            objective.error("E517", name, text)
    return _limit(objective, op)


def _limit(objective: Fields, op: str | None) -> Limit | None:
    scalar = objective.scalar("value")
    if scalar is None:
        return None
    value = number(scalar.text)
    if value is None:
        objective.error("E216", "value", f"`value` is {quoted(scalar.text)}; it must be a decimal number.")
    elif abs(value) >= LARGEST or (value * 10**MOST_DECIMALS).denominator != 1:
        text = f"A `value` has at most 15 digits before the point and {MOST_DECIMALS} after it."
        objective.error("E517", "value", text)
    elif op is not None:
        return Limit(op, value)
    return None


def _warn_of_no_effect(objective: Fields) -> None:
    for name in ("op", "value"):
        if objective.has(name):
            text = f"`{name}` belongs to a thresholdMetric; with a ratioMetric it has no effect."
            objective.error("W503", name, text)
