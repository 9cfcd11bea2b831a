"""Calendar documents (steward/v1): days, hours and holidays."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from connectors.definitions.dates import read_dates
from connectors.definitions.document import Document
from connectors.definitions.fields import LONGEST_LINE, Fields, Shape
from connectors.definitions.findings import printable, quoted
from connectors.definitions.metadata import OURS, metadata_of, warn_without_effect
from connectors.definitions.nodes import Node, Scalar, Sequence, is_empty, is_null
from connectors.definitions.public_holidays import YEARS, countries, public_holidays
from connectors.definitions.scalars import time_of_day
from connectors.definitions.zone import read_zone
from domain.calendars import FREE, Calendar, Hours
from domain.minutes import DAY, HOUR
from domain.refusal import did_you_mean
from domain.spans import Span
from domain.team import WEEKDAYS

SPEC = Shape("the spec of a Calendar", ("timezone", "hours", "holidays"))
HOLIDAYS = Shape("holidays", ("country", "subdivision", "dates"))
DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")
MIDNIGHT = "24:00"


def read_calendar(document: Document) -> Calendar | None:
    """The calendar that a document describes; None where it has no zone or no hours."""
    metadata = metadata_of(document, OURS)
    warn_without_effect(metadata, "displayName")
    metadata.text("displayName")
    spec = document.spec(SPEC)
    zone = read_zone(spec, "timezone", required=True)
    hours = _hours(spec)
    country, subdivision, days = _holidays(spec)
    if zone is None or hours is None:
        return None
    return Calendar(document.name, zone, hours, days, country, subdivision)


def _hours(spec: Fields) -> tuple[Hours, ...] | None:
    """The hours of each weekday, Monday first."""
    node = spec.mapping("hours", required=True)
    if node is None:
        return None
    hours: dict[int, Hours] = {}
    for key, value in node.entries.items():
        spans = _spans(spec, value)
        for day in _days(spec, key, node.lines[key]):
            if day in hours:
                text = f"`{WEEKDAYS[day]}` has hours already; name each day once."
                spec.findings.add("E702", node.lines[key], text)
            hours[day] = spans
    if all(is_empty(value) for value in node.entries.values()):
        spec.error("E703", "hours", 'A calendar needs hours on some day, such as mon-fri: ["09:00-17:00"].')
    return tuple(hours.get(day, FREE) for day in range(len(WEEKDAYS)))


def _days(spec: Fields, key: str, line: int) -> Iterator[int]:
    """The weekdays of "mon", "mon-fri", "fri-mon" or "mon,wed"."""
    for part in key[:LONGEST_LINE].split(","):
        found = DAYS.fullmatch(part.strip())
        ends = [end for end in found.groups() if end] if found else []
        if not ends or any(end not in WEEKDAYS for end in ends):
            hint = did_you_mean(part.strip()[:3], WEEKDAYS)
            text = f"{quoted(part)} is no day; write mon, mon-fri or mon,wed.{hint}"
            spec.findings.add("E701", line, text)
            return
        first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
        yield from ((first + offset) % 7 for offset in range((last - first) % 7 + 1))


def _spans(spec: Fields, node: Node) -> Hours:
    """The hours of a day, in order."""
    if is_null(node):
        return FREE
    if not isinstance(node, Sequence):
        spec.findings.add("E207", node.line, 'Hours must be a list, such as ["08:00-18:00"].')
        return FREE
    found = (_span(spec, item) for item in node.items)
    spans = sorted(span for span in found if span)
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        spec.findings.add("E702", node.line, "Hours of one day overlap; write each once.")
    return tuple(spans)


def _span(spec: Fields, node: Node) -> Span | None:
    text = node.text if isinstance(node, Scalar) else "a list or mapping"
    since, _, until = text.partition("-")
    start = time_of_day(since)
    end = DAY if until == MIDNIGHT else _minutes(until)
    if start is None or end is None or start.hour * HOUR + start.minute == end:
        example = '"08:00-18:00", "22:00-06:00" over midnight, "00:00-24:00" for a whole day'
        spec.findings.add("E701", node.line, f"{quoted(text)} are no hours; write {example}.")
        return None
    first = start.hour * HOUR + start.minute
    return first, end if end > first else end + DAY


def _minutes(text: str) -> int | None:
    parsed = time_of_day(text)
    return None if parsed is None else parsed.hour * HOUR + parsed.minute


def _holidays(spec: Fields) -> tuple[str | None, str | None, frozenset[date]]:
    """Country, subdivision and all dates."""
    fields = spec.fields("holidays", HOLIDAYS)
    if fields is None:
        return None, None, frozenset()
    dates = read_dates(fields, "dates")
    country, subdivision = fields.text("country"), fields.text("subdivision")
    if country is None:
        if subdivision is not None:
            fields.error("E704", "subdivision", "A subdivision needs its `country`.")
        return None, None, dates
    if not _is_known(fields, country, subdivision):
        return None, None, dates
    found = public_holidays(country, subdivision)
    for limit in found.limits:
        text = f"The holidays of {country} are not known for all of {YEARS[0]} to {YEARS[-1]}: {printable(limit)}"
        fields.error("W701", "country", text)
    return country, subdivision, dates | found.dates


def _is_known(fields: Fields, country: str, subdivision: str | None) -> bool:
    if country not in countries():
        hint = did_you_mean(country, countries())
        text = f"There is no country {quoted(country)}; two letters of ISO 3166, such as DE.{hint}"
        fields.error("E704", "country", text)
        return False
    known = countries()[country]
    if subdivision is None or subdivision in known:
        return True
    hint = did_you_mean(subdivision, known) or (f" There are {', '.join(known)}." if known else "")
    text = f"{country} has no subdivision {quoted(subdivision)} with holidays of its own.{hint}"
    fields.error("E704", "subdivision", text)
    return False
