"""AlertCondition documents (OpenSLO v1): at which burn rate somebody should know."""

from fractions import Fraction

from connectors.definitions.document import Document
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import annotations_of, labels_of, metadata_of, warn_without_effect
from connectors.definitions.scalars import MOST_DECIMALS, duration, number
from connectors.definitions.window import LONGEST_DAYS
from domain.burn import BurnCondition, Severity
from domain.minutes import DAY

SPEC = Shape("the spec of an AlertCondition", ("description", "severity", "condition"))
CONDITION = Shape("condition", ("kind", "op", "threshold", "lookbackWindow", "alertAfter"))
OPERATORS = ("lte", "gte", "lt", "gt")
INCLUSIVE = ("lte", "gte")
DOWNWARD = {"lte": "gte", "lt": "gt"}
"""A burn rate warns when it is exceeded, whatever the examples of OpenSLO say."""

URGENT = ("page", "critical", "urgent", "high", "emergency", "fatal", "sev0", "sev1", "p0", "p1")
CAN_WAIT = ("ticket", "warning", "warn", "medium", "normal", "low", "minor", "info", "notice", "none")
CAN_WAIT_BY_NUMBER = ("sev2", "sev3", "sev4", "sev5", "p2", "p3", "p4", "p5")


def check_metadata(document: Document) -> Fields:
    """Check metadata of which only the name is used, and give them."""
    metadata = metadata_of(document)
    annotations_of(metadata)
    labels_of(metadata)
    metadata.text("displayName")
    return metadata


def note_metadata(document: Document) -> None:
    """Check the metadata of an alerting document: nobody is shown any of it but the name."""
    warn_without_effect(check_metadata(document), "displayName", "labels")


def read_condition(document: Document) -> BurnCondition | None:
    """The condition that a document describes; None where something of it is missing or wrong."""
    note_metadata(document)
    spec = document.spec(SPEC)
    spec.text("description", prose=True)
    severity = _severity(spec)
    given = spec.fields("condition", CONDITION, required=True)
    if given is None:
        return None
    given.word("kind", ("burnrate",))
    operator = _operator(given)
    threshold = _threshold(given)
    window = _minutes(given, "lookbackWindow", least=1, required=True)
    after = _minutes(given, "alertAfter", least=0) if given.has("alertAfter") else 0
    if severity is None or operator is None or threshold is None or window is None or after is None:
        return None
    inclusive = operator in INCLUSIVE
    return BurnCondition(severity, threshold, (window,), inclusive=inclusive, after=after)


def _severity(spec: Fields) -> Severity | None:
    text = spec.text("severity", required=True)
    if text is None:
        return None
    word = text.lower().replace("-", "").replace(" ", "")
    if word in URGENT:
        return Severity.PAGE
    if word not in (*CAN_WAIT, *CAN_WAIT_BY_NUMBER):
        known = ", ".join(URGENT[:4])
        said = f"{quoted(text)} is taken as a severity that can wait; those of an urgent warning are {known}."
        spec.error("W802", "severity", said)
    return Severity.TICKET


def _operator(given: Fields) -> str | None:
    operator = given.word("op", OPERATORS, required=True)
    if operator in DOWNWARD:
        meant = DOWNWARD[operator]
        text = f"`{operator}` would warn of a slow burn; it is read as `{meant}`, since a fast one is meant."
        given.error("W801", "op", text)
    return operator


def _threshold(given: Fields) -> Fraction | None:
    scalar = given.scalar("threshold", required=True)
    if scalar is None:
        return None
    value = number(scalar.text)
    if value is None:
        given.error(
            "E216", "threshold", f"`threshold` is {quoted(scalar.text)}; it must be a decimal number."
        )
    elif value <= 0 or (value * 10**MOST_DECIMALS).denominator != 1:
        text = f"`threshold` is {quoted(scalar.text)}; a burn rate is above 0, with at most {MOST_DECIMALS} decimals."
        given.error("E803", "threshold", text)
    else:
        return value
    return None


def _minutes(given: Fields, name: str, *, least: int, required: bool = False) -> int | None:
    """A length of whole minutes: `m`, `h`, `d` or `w`."""
    scalar = given.scalar(name, required=required)
    if scalar is None:
        return None
    length = duration(scalar.text)
    minutes = length.minutes if length else None
    if minutes is not None and least <= minutes <= LONGEST_DAYS * DAY:
        return minutes
    wanted = "minutes, hours, days or weeks, such as 5m, 1h or 3d, and no more than ten years"
    text = f"`{name}` is {quoted(scalar.text)}; write {wanted}."
    given.error("E215", name, text)
    return None
