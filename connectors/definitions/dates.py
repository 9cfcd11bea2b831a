"""Dates in definitions: a day without a time, in whose zone its field says."""

from datetime import date

from connectors.definitions.fields import Fields
from connectors.definitions.findings import quoted
from connectors.definitions.nodes import Node, Scalar
from connectors.definitions.scalars import day

YEARS = range(1970, 2200)


def read_date(fields: Fields, name: str) -> date | None:
    """The date that a field holds."""
    scalar = fields.scalar(name)
    return None if scalar is None else checked_date(fields, scalar)


def read_dates(fields: Fields, name: str) -> frozenset[date]:
    """The dates of a list."""
    dates = (checked_date(fields, item) for item in fields.items(name) or ())
    return frozenset(each for each in dates if each)


def checked_date(fields: Fields, node: Node) -> date | None:
    """A node as a date."""
    text = node.text if isinstance(node, Scalar) else "a list or mapping"
    found = day(text) if isinstance(node, Scalar) else None
    if found and found.year in YEARS:
        return found
    problem = f"{quoted(text)} is no date; write it as 2026-12-24, between {YEARS[0]} and {YEARS[-1]}."
    fields.findings.add("E217", node.line, problem)
    return None
