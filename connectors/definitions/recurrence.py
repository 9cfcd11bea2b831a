"""Recurrence rules (RFC 5545) of planned work: what they may say, and what they come to."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from connectors.definitions.fields import listed
from connectors.definitions.findings import quoted
from domain.refusal import suggestions

MOST_OCCURRENCES = 5000
LAST_YEAR = 2199
# dateutil looks for occurrences until the year 9999: six seconds for a rule that has none. The calendar repeats
# itself every 400 years, weekdays included; so many cycles later the search ends soon.
CYCLES = 19 * 400
EARLIEST, LATEST = datetime(1999, 1, 1), datetime(LAST_YEAR + 1, 1, 1)  # noqa: DTZ001 -- wall-clock time
UNTIL_VALUE = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
WEEKDAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

Check = Callable[[str], bool]


def _matching(pattern: str) -> Check:
    return lambda text: re.fullmatch(pattern, text, re.ASCII) is not None


def _numbers(lowest: int, highest: int, *, signed: bool = False) -> Check:
    """A list of whole numbers; `signed` ones may count from the end."""
    single = _matching(r"[-+]?\d{1,3}" if signed else r"\d{1,3}")
    return lambda text: all(single(each) and lowest <= abs(int(each)) <= highest for each in text.split(","))


PARTS: dict[str, Check] = {
    "FREQ": lambda text: text in FREQUENCIES,
    "INTERVAL": _matching(r"[1-9]\d{0,2}"),
    "COUNT": _matching(r"[1-9]\d{0,5}"),
    "UNTIL": lambda text: _until(text) is not None,
    "BYMONTH": _numbers(1, 12),
    "BYMONTHDAY": _numbers(1, 31, signed=True),
    "BYYEARDAY": _numbers(1, 366, signed=True),
    "BYWEEKNO": _numbers(1, 53, signed=True),
    "BYDAY": _matching(rf"(?:[-+]?[1-5])?{WEEKDAY}(?:,(?:[-+]?[1-5])?{WEEKDAY})*"),
    "BYHOUR": _numbers(0, 23),
    "BYMINUTE": _numbers(0, 59),
    "BYSETPOS": _numbers(1, 366, signed=True),
    "WKST": _matching(WEEKDAY),
}


def rule_problem(rule: str) -> str | None:
    """What is wrong with a rule in capitals, with the remedy; None where it is fine."""
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    for name, value in pairs:
        if name == "DTSTART":
            return "has a DTSTART; `from` is the first occurrence, leave it out."
        if name not in PARTS:
            return f"has a part {quoted(name)} that is not read.{_better_part(name)}"
        if not PARTS[name](value):
            wanted = f"; it must be {listed(FREQUENCIES)}" if name == "FREQ" else ""
            return f"has {name}={quoted(value)}, which is not possible{wanted}."
    if len(parts) < len(pairs):
        return "has one part twice; keep one."
    if "FREQ" not in parts:
        return f"has no FREQ; write FREQ={listed(FREQUENCIES)}."
    if "COUNT" in parts and "UNTIL" in parts:
        return "has both COUNT and UNTIL; keep one."
    if parts["FREQ"] not in FREQUENCIES[2:] and re.search(r"\d", parts.get("BYDAY", "")):
        return "numbers a day in BYDAY; that needs FREQ=MONTHLY or YEARLY."
    return None


def _better_part(name: str) -> str:
    found = suggestions(name[:20], map(str.lower, PARTS), most=1)
    return f" Did you mean {found[0].upper()}?" if found else ""


def occurrences(rule: str, first: datetime, zone: tzinfo) -> list[datetime]:
    """The starts of a rule without a problem, from `first` on, by the clocks on the wall of `zone` (all naive).

    One more than `MOST_OCCURRENCES` where there are more, none after `LAST_YEAR`.
    """
    later = rrulestr(_with_local_until(rule, zone), dtstart=first.replace(year=first.year + CYCLES))
    found = (each.replace(year=each.year - CYCLES) for each in later)
    return list(islice(takewhile(lambda each: each.year <= LAST_YEAR, found), MOST_OCCURRENCES + 1))


def _with_local_until(rule: str, zone: tzinfo) -> str:
    """The rule with its UNTIL by the clocks of `zone`, as many cycles later as the rest; a date includes its day."""
    parts = rule.split(";")
    return ";".join(_later_until(part, zone) if part.startswith("UNTIL=") else part for part in parts)


def _later_until(part: str, zone: tzinfo) -> str:
    until = _until(part.removeprefix("UNTIL="))
    if until is None:
        raise ValueError(f"{part} was not checked")
    wall = until.astimezone(zone) if until.tzinfo else until
    return f"UNTIL={wall.year + CYCLES}{wall:%m%dT%H%M%S}"


def _until(text: str) -> datetime | None:
    """ "20261231", its end; or "20261231T220000Z", aware; or without the Z, naive. Years out of reach are cut."""
    found = UNTIL_VALUE.fullmatch(text)
    if not found:
        return None
    day, time, utc = found.groups()
    try:
        wall = min(max(datetime.fromisoformat(f"{day}T{time or '235959'}"), EARLIEST), LATEST)
    except ValueError:
        return None
    return wall.replace(tzinfo=UTC) if utc else wall
