"""How an objective's budget is counted: target, slices, what is missing, how much must be measured."""

from fractions import Fraction

from connectors.definitions.fields import Fields
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import Annotations
from connectors.definitions.nodes import Scalar
from connectors.definitions.scalars import MOST_DECIMALS, duration, number, share, whole
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import HOUR
from domain.objective import default_min_coverage
from domain.refusal import did_you_mean

METHODS = ("Occurrences", "Timeslices", "RatioTimeslices")
MISSING = (Missing.BAD.value, Missing.GOOD.value)


def read_target(objective: Fields) -> Fraction | None:
    """The target as an exact ratio, above 0 and below 1."""
    given = [name for name in ("target", "targetPercent") if objective.has(name)]
    if len(given) != 1:
        objective.error("E508", "targetPercent", "Give either `target` (0.999) or `targetPercent` (99.9).")
        return None
    name, scalar = given[0], objective.scalar(given[0])
    if scalar is None:
        return None
    value = number(scalar.text)
    if value is None:
        objective.error("E216", name, f"`{name}` is {quoted(scalar.text)}; it must be a decimal number.")
        return None
    return _allowed_target(objective, name, value)


def _allowed_target(objective: Fields, name: str, value: Fraction) -> Fraction | None:
    ratio = value / 100 if name == "targetPercent" else value
    if ratio == 1:
        objective.error(
            "E509", name, "A target of 100% leaves no error budget: nothing may ever fail. Take 99.99%."
        )
    elif name == "target" and 1 < ratio < 100:
        objective.error("E510", name, "A target is below 1; give percent as `targetPercent`.")
    elif not 0 < ratio < 1:
        objective.error("E510", name, "A target is above 0 and below 100%.")
    elif (ratio * 10**MOST_DECIMALS).denominator != 1:
        objective.error(
            "E510", name, f"A target has at most {MOST_DECIMALS} digits after the point, as a ratio."
        )
    else:
        if name == "targetPercent" and value < 1:
            objective.error("W504", name, "That is less than one percent; a ratio is given as `target`.")
        return ratio
    return None


def read_method(spec: Fields, objective: Fields, annotations: Annotations) -> Method | None:
    """The budgeting method, with the slices of the objective."""
    name = spec.word("budgetingMethod", METHODS, required=True)
    if name is None:
        return None
    missing = read_missing(annotations, name)
    slice_target = _slice_target(objective, name)
    if name == "Occurrences":
        if objective.has("timeSliceWindow"):
            objective.error(
                "E511", "timeSliceWindow", "`timeSliceWindow` is for the slice methods; leave it out."
            )
        return Occurrences()
    minutes = _slice_minutes(objective, name)
    if minutes is None:
        return None
    if name == "RatioTimeslices":
        return RatioTimeslices(minutes, missing)
    return None if slice_target is None else Timeslices(slice_target, minutes, missing)


def _slice_target(objective: Fields, method: str) -> Fraction | None:
    scalar = objective.scalar("timeSliceTarget")
    if (scalar is not None) != (method == "Timeslices"):
        if objective.has("timeSliceTarget") or method == "Timeslices":
            objective.error(
                "E511", "timeSliceTarget", "`timeSliceTarget` belongs to Timeslices, and only there."
            )
        return None
    value = number(scalar.text) if scalar else None
    if scalar and (value is None or not 0 < value <= 1 or (value * 10**MOST_DECIMALS).denominator != 1):
        objective.error("E510", "timeSliceTarget", f"{quoted(scalar.text)} is not above 0 and at most 1.")
        return None
    return value


def _slice_minutes(objective: Fields, method: str) -> int | None:
    scalar = objective.scalar("timeSliceWindow")
    if scalar is None:
        if not objective.has("timeSliceWindow"):
            objective.error("E511", "timeSliceWindow", f"{method} needs a `timeSliceWindow`, such as 1m.")
        return None
    minutes = _minutes(scalar)
    if minutes and HOUR % minutes == 0:
        return minutes
    text = f"{quoted(scalar.text)} does not divide 60 minutes; take 1m, 5m, 10m, 15m, 30m or 1h."
    objective.error("E512", "timeSliceWindow", text)
    return None


def _minutes(scalar: Scalar) -> int | None:
    """A duration; a bare number is minutes (OpenSLO)."""
    length = duration(scalar.text)
    return length.minutes if length else whole(scalar.text)


def read_missing(annotations: Annotations, method: str) -> Missing:
    """What a slice without measurements counts as."""
    text = annotations.get("missing")
    if text is None:
        return Missing.IGNORED
    if text not in MISSING:
        hint = did_you_mean(text, MISSING)
        annotations.error(
            "E208", "missing", f"`steward/missing` is {quoted(text)}; it must be bad or good.{hint}"
        )
    elif method == "Occurrences":
        sentence = (
            "With Occurrences nobody knows how many events a missing minute had; leave steward/missing out."
        )
        annotations.error("E514", "missing", sentence)
    return Missing(text) if text in MISSING else Missing.IGNORED


def read_min_coverage(annotations: Annotations, method: Method) -> Fraction:
    """The share that must be measured, "0.5" or "50%"."""
    text = annotations.get("min-coverage")
    if text is None:
        return default_min_coverage(method)
    ratio = share(text)
    if ratio is not None and 0 <= ratio <= 1:
        return ratio
    sentence = f'`steward/min-coverage` is {quoted(text)}; it must lie between 0 and 1, as "0.5" or "50%".'
    annotations.error("E515", "min-coverage", sentence)
    return default_min_coverage(method)
