"""A request for planned work, as a person types it: NAME from … to … because …"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from domain.moment import Reader, duration
from domain.refusal import Refusal
from domain.window import Period

LONGEST = timedelta(days=31)
FARTHEST = timedelta(days=366)
MOST_REASON = 200
MOST_STEM = 45
EXAMPLE = "checkout from sat 22:00 to 02:00 because database upgrade"

_FROM = re.compile(r"\s+from\s+", re.IGNORECASE)
_UNTIL = re.compile(r"\s+(to|until|till|for)\s+", re.IGNORECASE)
_BECAUSE = re.compile(r"\s+because:?\s+", re.IGNORECASE)
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """The parts of the sentence, not yet understood; `lasts` says that `end` is a length."""

    name: str
    start: str
    end: str
    lasts: bool
    reason: str

    def period(self, zone: tzinfo, *, at: datetime) -> Period:
        """From when to when, on the clocks of `zone` where the sentence names none. Raises `Refusal`."""
        start = Reader(zone, at, at).moment(self.start)
        if start <= at:
            raise Refusal(
                "Planned work must begin in the future.\nMinutes that have passed: an operator can load "
                "an Exclusion, `steward apply FILES`"
            )
        if start - at > FARTHEST:
            raise Refusal("That is more than 366 days ahead.\nAnnounce it when it comes nearer.")
        # An end without a zone is by the clocks that the start was given in.
        end = start + duration(self.end) if self.lasts else self._end(start, at)
        if end <= start:
            raise Refusal("It ends before it begins.\nWrite the date of its end too, or `for 4h`.")
        if end - start > LONGEST:
            raise Refusal("That is longer than 31 days.\nAnnounce its parts one by one.")
        return Period(start.astimezone(UTC), end.astimezone(UTC))

    def _end(self, start: datetime, at: datetime) -> datetime:
        return Reader(start.tzinfo or UTC, at, start).moment(self.end)


def is_request(text: str) -> bool:
    """Whether somebody began to write one, be it complete or not."""
    padded = f" {text} "
    return bool(_FROM.search(padded) or _BECAUSE.search(padded))


def read_request(text: str, *, command: str) -> PlannedRequest:
    """The parts of the sentence. Raises `Refusal`, which says what is missing."""
    name, start = _split(text, _FROM, "from when", command)
    start, word, end = _split_at_end(start, command)
    end, reason = _split(end, _BECAUSE, "why: `because …`", command)
    if len(reason) > MOST_REASON:
        raise Refusal(f"The reason has {len(reason)} characters, at most {MOST_REASON}.\nSay it shorter.")
    return PlannedRequest(name, start, end, word.lower() == "for", reason)


def slug(name: str, on: date, taken: Collection[str]) -> str:
    """ "checkout-2026-11-28", or with -2, -3… where that is taken."""
    stem = _NOT_IN_SLUGS.sub("-", name.lower())[:MOST_STEM].strip("-") or "work"
    wanted = f"{stem}-{on.isoformat()}"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)


def _split(text: str, at: re.Pattern[str], missing: str, command: str) -> tuple[str, str]:
    before, *after = at.split(f" {text} ", maxsplit=1)
    if not after or not before.strip() or not after[0].strip():
        raise _incomplete(missing if before.strip() else "on what", command)
    return before.strip(), after[0].strip()


def _split_at_end(text: str, command: str) -> tuple[str, str, str]:
    before, *after = _UNTIL.split(f" {text} ", maxsplit=1)
    if len(after) < 2 or not before.strip() or not after[1].strip():
        raise _incomplete("until when", command)
    return before.strip(), after[0], after[1].strip()


def _incomplete(missing: str, command: str) -> Refusal:
    return Refusal(f"Say {missing}. For example:\n`{command} maintenance {EXAMPLE}`")
