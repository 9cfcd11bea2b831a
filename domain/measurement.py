"""Measurements: what was good, of how much, in one minute; and sixty of them as an hour."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.minutes import HOUR, minute_of
from domain.refusal import Refusal, did_you_mean

LARGEST_TOTAL = 10**12
MINUTES_AHEAD = timedelta(minutes=5)
YEARS = range(2000, 2200)
"""A mistyped year would make all coverage since then a lie."""
FULL_HOUR = (1 << HOUR) - 1
MOST_REPEATED = 40
MOST_NAME = 80
"""So many letters of what somebody wrote are repeated to them."""


class Measurement(NamedTuple):
    """`good` of `total` events in the minute `minute` (since 1970-01-01T00:00Z)."""

    minute: int
    good: int
    total: int


@dataclass(frozen=True, slots=True)
class MinuteParser:
    """Turns a written start into its minute; knows how far ahead of `at` a minute may be."""

    at: datetime

    def parse(self, text: str) -> int:
        """The minute that starts at `text` (ISO 8601 with a zone). Raises `Refusal` with the remedy."""
        start = parse_instant(text)
        if start.timestamp() % 60:
            raise Refusal(f"{_cut(text)} is not a whole minute: seconds must be 00.")
        if start > self.at + MINUTES_AHEAD:
            raise Refusal(
                f"{_cut(text)} is in the future: at most 5 minutes ahead of {self.at:%Y-%m-%dT%H:%MZ}."
            )
        return minute_of(start)


def parse_instant(text: str) -> datetime:
    """An aware instant from ISO 8601 text. Raises `Refusal` where it is none, has no zone, or is centuries off."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{_cut(text)} is no time. Write it like 2026-11-23T09:00:00Z.") from None
    if instant.utcoffset() is None:
        raise Refusal(f"{_cut(text)} has no zone. Write it like 2026-11-23T09:00:00Z or …+01:00.")
    if instant.year not in YEARS:
        raise Refusal(f"{_cut(text)} is not between 2000 and 2199: check the year.")
    return instant


def checked_counts(good: str, total: str) -> tuple[int, int]:
    """`good` and `total` as whole numbers with 0 ≤ good ≤ total ≤ 10¹². Raises `Refusal`."""
    whole_good, whole_total = whole_count("good", good), whole_count("total", total)
    check_share(whole_good, whole_total)
    return whole_good, whole_total


def check_share(good: int, total: int) -> None:
    """Raises `Refusal` where more was good than there was."""
    if good > total:
        raise Refusal(f"good {good} is more than total {total}.")


def whole_count(name: str, text: str) -> int:
    """The count called `name` that is written so: a whole number from 0 to 10¹². Raises `Refusal`."""
    if not (text.isascii() and text.isdigit()):
        kind = "negative" if text.startswith("-") else "not a whole number"
        raise Refusal(f"{name} {_cut(text)} is {kind}: counts are whole numbers from 0.")
    if len(text) > 20:
        raise Refusal(f"{name} has {len(text)} digits: a minute has at most 10^12 events.")
    count = int(text)
    if count > LARGEST_TOTAL:
        raise Refusal(f"{name} {count} is over the most that a minute may have, 10^12.")
    return count


def unknown_objective(name: str, known: Collection[str]) -> Refusal:
    """The "no" to a measurement of something that is no objective; `known` are those that there are."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in name[:MOST_NAME])
    return Refusal(f"There is no objective called `{shown}`.{did_you_mean(shown, known)}")


def _cut(text: str) -> str:
    return repr(text[:MOST_REPEATED])


class MeasuredHour(NamedTuple):
    """The minutes of one hour: bit i of `mask` says that minute i was measured; the rest count 0."""

    mask: int
    bads: tuple[int, ...]
    totals: tuple[int, ...]

    def measurements(self, first_minute: int) -> list[Measurement]:
        """The measured minutes, in order; `first_minute` is the hour's."""
        return [
            Measurement(first_minute + i, total - bad, total)
            for i, (bad, total) in enumerate(zip(self.bads, self.totals, strict=True))
            if self.mask >> i & 1
        ]

    def only(self, counting: int) -> "MeasuredHour":
        """This hour as if only the minutes of `counting` (bits) had been measured."""
        mask = self.mask & counting
        bads, totals = (
            tuple([value if mask >> i & 1 else 0 for i, value in enumerate(values)])
            for values in (self.bads, self.totals)
        )
        return MeasuredHour(mask, bads, totals)

    def with_minutes(self, measurements: Iterable[Measurement]) -> "MeasuredHour":
        """This hour with these of its minutes replaced; each measurement belongs to it."""
        mask, bads, totals = self.mask, list(self.bads), list(self.totals)
        for minute, good, total in measurements:
            i = minute % HOUR
            mask |= 1 << i
            bads[i], totals[i] = total - good, total
        return MeasuredHour(mask, tuple(bads), tuple(totals))


ZEROS = (0,) * HOUR
EMPTY_HOUR = MeasuredHour(0, ZEROS, ZEROS)
