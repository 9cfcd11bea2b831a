"""Snoozing: until when a warning is to keep quiet, as people write it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.lookup import cleaned
from domain.moment import Reader as MomentReader
from domain.moment import duration
from domain.objective import Objective
from domain.readers import readers
from domain.refusal import Refusal
from domain.team import Team

LONGEST = timedelta(days=7)
"""Nobody forgets a warning for longer than this."""

NOBODYS = Team("nobody")
"""Whose clock and digest's time of day hold for a warning of no team."""

_REQUEST = re.compile(
    r"(?:(?P<name>(?!(?:until|till|for)\s).*?)\s+)?"
    r"(?:(?:until|till)\s+(?P<until>.+)|(?:for\s+)?(?P<length>\d.*)|(?P<word>digest|tomorrow|maintenance))",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class SnoozeRequest:
    """Which warning, "" where none was named, and until when, in words."""

    name: str
    words: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Of "W-42 1h", "W-42 for 90m", "W-42 until digest". Raises `Refusal` where no time is in it."""
        found = _REQUEST.fullmatch(text.strip())
        if not found:
            raise NoTime(text)
        words = found["until"] or found["length"] or found["word"]
        return cls(found["name"] or "", words.strip())


class NoTime(Refusal):
    """Which warning, but not until when; the usual times are offered."""

    def __init__(self, text: str) -> None:
        words = text.split()
        while words and words[-1].lower() in ("until", "till", "for"):
            words.pop()
        named = " ".join(words)
        self.name = text
        self.candidates = tuple(f"{named} {time}" for time in ("1h", "until digest") if named)
        shown = cleaned(named) or "W-42"
        super().__init__(
            f"Until when? For example `snooze {shown} 1h`,\n`snooze {shown} until digest`, `until 16:00`."
        )


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What a snooze can last until: the team's next digest, the end of planned work that runs; None where none is.

    `tomorrow` is the digest's time of day tomorrow; times of day are those of `zone`.
    """

    at: datetime
    zone: str
    tomorrow: datetime
    digest: datetime | None = None
    maintenance: datetime | None = None

    @classmethod
    def of(cls, team: Team | None, calendar: Calendar, maintenance: datetime | None, *, at: datetime) -> Self:
        """Those of a team, whose working days are `calendar`."""
        known = team or NOBODYS
        on = known.local(at).date() + timedelta(days=1)
        digest = _next_digest(team, calendar, at=at) if team else None
        return cls(at, known.timezone, known.digest_instant(on), digest, maintenance)

    def instant(self, words: str) -> datetime:
        """ "1h", "16:00", "digest": until when, in UTC. Raises `Refusal` where that is unknown or too far ahead."""
        until = self._instant(words).astimezone(UTC)
        if until - self.at > LONGEST:
            raise Refusal(
                "A snooze lasts 7 days at most.\nFor example `1h`, `until tomorrow`, `until digest`."
            )
        return until

    def _instant(self, words: str) -> datetime:
        match " ".join(words.lower().removeprefix("the ").split()):
            case "tomorrow":
                return self.tomorrow
            case "digest" | "next digest":
                return self.digest or _refuse("No digest comes to its team.")
            case "maintenance" | "maintenance ends":
                return self.maintenance or _refuse("No planned work runs on it now.")
            case _ if ":" in words or not words[:1].isdigit():
                return MomentReader(ZoneInfo(self.zone), self.at, self.at).moment(words)
        return self.at + duration(words)


def running_until(
    exclusions: Iterable[Exclusion], objectives: Collection[Objective], *, at: datetime
) -> datetime | None:
    """When the last of the planned work ends that runs at `at` on some of the objectives; None where none runs."""
    ends = [
        occurrence.end
        for exclusion in exclusions
        if any(exclusion.concerns(objective) for objective in objectives)
        for occurrence in exclusion.occurrences()
        if occurrence.start <= at < occurrence.end
    ]
    return max(ends, default=None)


def _next_digest(team: Team, calendar: Calendar, *, at: datetime) -> datetime | None:
    """The next one that is not due yet: one that comes in a moment would not quieten anything."""
    [reader] = readers([team], [])
    passed = {reader.name}
    return reader.next_digest(calendar, lambda on: passed if team.digest_instant(on) <= at else set(), at=at)


def _refuse(why: str) -> datetime:
    raise Refusal(f"{why}\nFor example `1h`, `until tomorrow`, `until 16:00`.")
