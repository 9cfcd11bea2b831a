"""Moments as people write them: `2026-11-28 22:00`, `sat 22:00`, `28 Nov 22:00`, `22:00`; and `4h`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from domain.lookup import quoted
from domain.refusal import Refusal

MOST_LETTERS = 60
"""What is longer is no moment, and not searched for one."""

YEARS = range(1971, 9000)
EXAMPLES = "`2026-11-28 22:00`, `sat 22:00`, `28 Nov 22:00`, `22:00`"
DAY_EXAMPLES = "`2026-03-03`, `3 mar`, `mon`, `yesterday`"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_TIME = re.compile(
    r"(?:(?P<day>.+?)(?:[ ,]+|(?<=[0-9])t))?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::00(?:\.0+)?)?"
    r" ?(?P<zone>z|utc|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<number>[0-9]{2})")
_DATE = re.compile(
    r"(?:(?P<weekday>[a-z]{3,9}),? )?(?P<number>[0-9]{1,2}) (?P<month>[a-z]{3,9})(?: (?P<year>[0-9]{4}))?"
)
_DURATION = re.compile(
    r"(?:(?P<days>[0-9]{1,3}) ?d(?:ays?)?)? ?(?:(?P<hours>[0-9]{1,4}) ?h(?:ours?)?)?"
    r" ?(?:(?P<minutes>[0-9]{1,5}) ?m(?:in(?:utes?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads moments by the clocks of `zone`: today is that of `at`, and a time alone is the next after `after`."""

    zone: tzinfo
    at: datetime
    after: datetime

    def moment(self, text: str) -> datetime:
        """The moment, on its own clock where it names a zone. Raises `Refusal`.

        A time that the clocks skip is refused, and one that they show twice, unless only one is still ahead.
        """
        words = " ".join(text[: MOST_LETTERS + 1].lower().split())
        found = _TIME.fullmatch(words) if len(words) <= MOST_LETTERS else None
        if not found:
            raise _unreadable(text)
        if int(found["hour"]) > 23 or int(found["minute"]) > 59:
            raise Refusal(
                f"There is no time {found['hour']}:{found['minute']}.\nMidnight is 00:00 of the next day."
            )
        at_time = time(int(found["hour"]), int(found["minute"]))
        reader = Reader(_zone(found["zone"]) or self.zone, self.at, self.after)
        return reader._first_ahead(reader._days(found["day"] or "", text), at_time)

    def _days(self, day: str, text: str) -> Sequence[date]:
        """The dates that may be meant, in the order in which they are tried."""
        today, first = self.at.astimezone(self.zone).date(), self.after.astimezone(self.zone).date()
        if not day:
            return [first, first + timedelta(days=1)]
        if day in ("today", "tomorrow"):
            return [today + timedelta(days=day == "tomorrow")]
        weekday = _place(day, DAYS)
        if weekday is not None:
            ahead = first + timedelta(days=(weekday - first.weekday()) % 7)
            return [ahead, ahead + timedelta(days=7)]
        return [_date(day, text, near=first)]

    def _first_ahead(self, days: Sequence[date], at_time: time) -> datetime:
        """The first of the moments that comes after `after`; of dates that have passed the last."""
        passed = self.after
        for day in days:
            wall = datetime.combine(day, at_time)
            instants = _instants(wall, self.zone)
            if not instants and (len(days) == 1 or wall > self._wall(self.after)):
                raise _skipped(wall, self.zone)
            ahead = [instant for instant in instants if instant > self.after]
            if len(ahead) > 1:
                raise _doubled(wall, ahead, self.zone)
            if ahead:
                return ahead[0].astimezone(self.zone)
            passed = max(instants, default=passed)
        return passed.astimezone(self.zone)

    def _wall(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone).replace(tzinfo=None)


def past_date(text: str, *, today: date) -> date:
    """The date meant; where that leaves open which, the last one up to `today`: `2026-03-03`, `3 mar`, `mon`.

    Raises `Refusal`.
    """
    words = " ".join(text[: MOST_LETTERS + 1].lower().split())
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    weekday = _place(words, DAYS)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if not (_ISO_DATE.fullmatch(words) or _DATE.fullmatch(words)):
        raise Refusal(f'"{quoted(text)}" is no day that Steward can read.\nFor example {DAY_EXAMPLES}.')
    return _date(words, text, near=today, ahead=False)


def duration(text: str) -> timedelta:
    """ "4h", "90m", "1h 30m", "2d": so much time, a day being 24 hours. Raises `Refusal`."""
    found = _DURATION.fullmatch(" ".join(text[: MOST_LETTERS + 1].lower().split()))
    length = (
        timedelta(**{unit: int(number or 0) for unit, number in found.groupdict().items()}) if found else None
    )
    if not length:
        raise Refusal(f'"{quoted(text)}" is no length of time.\nFor example `4h`, `90m`, `1h 30m`, `2d`.')
    return length


def _instants(wall: datetime, zone: tzinfo) -> list[datetime]:
    """When the clocks of `zone` show `wall`: not at all, once or twice."""
    both = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return sorted({one for one in both if one.astimezone(zone).replace(tzinfo=None, fold=0) == wall})


def _date(day: str, text: str, *, near: date, ahead: bool = True) -> date:
    """The date written out; without a year the one nearest to `near`, not after it unless it may be `ahead`."""
    found = _ISO_DATE.fullmatch(day) or _DATE.fullmatch(day)
    if not found:
        raise _unreadable(text)
    words = found.groupdict()
    month = int(words["month"]) if words["month"].isdigit() else _month(words["month"], text)
    year = words["year"]
    dates = list(_existing([int(year)] if year else _years_around(near), month, int(words["number"])))
    if not (ahead or year):
        dates = [one for one in dates if one <= near]
    if not dates:
        raise Refusal(f'There is no such date as "{quoted(day)}".\nFor example {EXAMPLES}.')
    on = min(dates, key=lambda one: abs(one - near))
    weekday = words.get("weekday")
    if weekday and _place(weekday, DAYS) != on.weekday():
        raise Refusal(f"{date_words(on)} is a {DAYS[on.weekday()]}.\nWrite the date or the weekday alone.")
    return on


def _years_around(near: date) -> range:
    return range(near.year - 1, near.year + 2)


def _existing(years: Sequence[int], month: int, number: int) -> Iterator[date]:
    for year in years:
        try:
            on = date(year, month, number)
        except ValueError:
            continue
        if year in YEARS:
            yield on


def _month(word: str, text: str) -> int:
    place = _place(word, MONTHS)
    if place is None:
        raise _unreadable(text)
    return place + 1


def _place(word: str, names: Sequence[str]) -> int | None:
    """Which of `names` begins with `word`, of which at least three letters are written."""
    found = (place for place, name in enumerate(names) if len(word) > 2 and name.lower().startswith(word))
    return next(found, None)


def _zone(word: str | None) -> tzinfo | None:
    if not word:
        return None
    if word in ("z", "utc"):
        return UTC
    ahead = timedelta(hours=int(word[1:3]), minutes=int(word[-2:]))
    return timezone(-ahead if word[0] == "-" else ahead)


def date_words(on: date) -> str:
    """ "28 Nov 2026"."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def _unreadable(text: str) -> Refusal:
    return Refusal(f'"{quoted(text)}" is no time that Steward can read.\nFor example {EXAMPLES}.')


def _skipped(wall: datetime, zone: tzinfo) -> Refusal:
    follows = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return Refusal(
        f"There is no {wall:%H:%M} on {date_words(wall)} in {zone}: the clocks skip it.\n"
        f"What follows is `{follows:%Y-%m-%d %H:%M}`."
    )


def _doubled(wall: datetime, instants: Sequence[datetime], zone: tzinfo) -> Refusal:
    first, second = (f"`{instant:%Y-%m-%dT%H:%MZ}`" for instant in instants)
    return Refusal(
        f"{wall:%H:%M} comes twice on {date_words(wall)} in {zone}.\n"
        f"The first is {first}, the second {second}."
    )
