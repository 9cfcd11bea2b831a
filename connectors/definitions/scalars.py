"""What single values mean, from their text: never through a float, and never through YAML's guesses."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from zoneinfo import available_timezones

from domain.time_limit import LimitUnit, TimeLimit

TRUTHS = {
    spelling: truth
    for truth, words in ((True, ("true", "yes", "on")), (False, ("false", "no", "off")))
    for word in words
    for spelling in (word, word.capitalize(), word.upper())
}
NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", re.ASCII)
WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ Tt].*)?", re.ASCII)
DURATION = re.compile(r"(\d{1,9})([mhdwMQY])", re.ASCII)
TIME_OF_DAY = re.compile(r"(\d\d?):(\d\d)", re.ASCII)
START = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ Tt]\d\d:\d\d(:00)?([Zz]|[-+]\d\d:\d\d)?", re.ASCII)
LIMIT = re.compile(r"([1-9]\d{0,3})(wd|d|h)", re.ASCII)
LONGEST_NUMBER = 40
MOST_DECIMALS = 12
"""Digits after the point of a ratio: what is stored, and told again, is what was written."""


def looks_like(text: str) -> str | None:
    """What an unquoted `text` is to other readers of YAML, if not text."""
    if text in TRUTHS:
        return "true or false"
    if NUMBER.fullmatch(text):
        return "a number"
    return "a date" if DATE.fullmatch(text) else None


@lru_cache(maxsize=1024)
def number(text: str) -> Fraction | None:
    """The exact value of a decimal number."""
    return Fraction(text) if len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text) else None


def share(text: str) -> Fraction | None:
    """ "0.5" or "50%" as an exact ratio, of any size; None where it has too many digits to be told."""
    value = number(text.removesuffix("%"))
    if value is None:
        return None
    ratio = value / 100 if text.endswith("%") else value
    return ratio if (ratio * 10**MOST_DECIMALS).denominator == 1 else None


@dataclass(frozen=True, slots=True)
class Duration:
    """OpenSLO's shorthand: a count and one of m h d w M Q Y (minutes to years; case matters)."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def minutes(self) -> int | None:
        """Its length, where the unit has a fixed one."""
        of_unit = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}.get(self.unit)
        return None if of_unit is None else self.count * of_unit


def duration(text: str) -> Duration | None:
    """ "30d" as a duration."""
    found = DURATION.fullmatch(text)
    return Duration(int(found[1]), found[2]) if found else None


def whole(text: str) -> int | None:
    """A whole number, at least 0 and without leading zeros (which YAML 1.1 takes for octal)."""
    return int(text) if WHOLE.fullmatch(text) else None


def time_of_day(text: str) -> time | None:
    """ "09:00" as a local time."""
    found = TIME_OF_DAY.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def start_time(text: str) -> datetime | None:
    """ "2026-01-01 00:00:00" as wall-clock time (naive: its zone stands beside it)."""
    if not START.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def day(text: str) -> date | None:
    """ "2026-12-24" as a date."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def instant(text: str) -> datetime | None:
    """ "2026-11-28T22:00:00+01:00", a whole minute; naive where no zone stands in it."""
    if not INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def time_limit(text: str) -> TimeLimit | None:
    """ "5wd", "5d" or "12h"."""
    found = LIMIT.fullmatch(text)
    return TimeLimit(int(found[1]), LimitUnit(found[2])) if found else None


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of the IANA Time Zone Database."""
    return frozenset(available_timezones())
