"""A dispute as a person types it: NAME from … to … ground … against TEAM because …, the parts in any order."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from domain.dispute import Claim, DisputeGround
from domain.given_reason import split_reason
from domain.moment import Reader, duration
from domain.refusal import Refusal, did_you_mean
from domain.spans import Span

EXAMPLE = "checkout from fri 21:14 to 21:40 ground out-of-scope against retail because load test"
LONGEST = timedelta(days=31)
MOST_EVENTS = 10**12

_KEY = re.compile(r"(?:^|\s+)(from|ground|against|events|failed|all|owner)(?=\s|$)", re.IGNORECASE)
_UNTIL = re.compile(r"\s+(to|until|till|for)\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d\b")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DisputeRequest:
    """The parts of the sentence, not yet understood; "" is what was not said. `span` is "fri 21:14 to 21:40"."""

    name: str
    span: str = ""
    ground: str = ""
    against: str = ""
    events: str = ""
    failed: bool = False
    words: str = ""

    @property
    def whole(self) -> bool:
        """Whether enough was said to raise it without a form."""
        return bool(self.name and self.ground and self.words)


def read_dispute(text: str) -> DisputeRequest:
    """The parts of the sentence. Raises `Refusal` where one is said twice."""
    head, words = split_reason(text)
    name, *keyed = _KEY.split(head)
    said: dict[str, str] = {}
    for word, value in zip(keyed[::2], keyed[1::2], strict=True):
        if word.lower() in said:
            raise Refusal(f"“{word.lower()}” stands there twice.\nFor example: `{EXAMPLE}`")
        said[word.lower()] = value.strip()
    return DisputeRequest(
        name.strip(),
        said.get("from", ""),
        "-".join(said.get("ground", "").lower().split()),
        said.get("against", "") or said.get("owner", ""),
        said.get("events", ""),
        "failed" in said,
        words,
    )


def ground_meant(text: str) -> DisputeGround:
    """Raises `Refusal`, which lists them."""
    known = [one.value for one in DisputeGround]
    if text in known:
        return DisputeGround(text)
    if text == "own-fault":
        raise Refusal(
            "Own fault is no ground: what was your own fault counts.\nThe others: " + _listed(known)
        )
    hint = did_you_mean(text, known) if text else ""
    raise Refusal(f"On what ground? {_listed(known)}.{hint}")


def span_meant(text: str, zone: tzinfo, *, at: datetime) -> Span:
    """Minutes that are over, on the clocks of `zone` where none is named; touched ones are in it. Raises `Refusal`."""
    start_text, *until = _UNTIL.split(f" {text} ", maxsplit=1)
    if len(until) < 2 or not start_text.strip():
        raise Refusal(
            "From when to when? For example:\n`from fri 21:14 to 21:40` or `from fri 21:14 for 26m`"
        )
    start = past_moment(start_text.strip(), zone, at=at)
    if until[0].lower() == "for":
        end = start + duration(until[1].strip())
    else:
        end = Reader(start.tzinfo or UTC, at, start).moment(until[1].strip())
    if start >= at or end > at:
        raise Refusal(
            "That is not over yet. What was measured can be\ncontested; say a time that has passed."
        )
    if end <= start:
        raise Refusal("It ends before it begins.\nWrite the date of its end too, or `for 26m`.")
    if end - start > LONGEST:
        raise Refusal("That is longer than 31 days.\nContest its parts one by one.")
    return int(start.timestamp() // 60), int(-(-end.timestamp() // 60))


def past_moment(text: str, zone: tzinfo, *, at: datetime) -> datetime:
    """The last such moment before `at`: a time of day, a weekday, or a date. Raises `Refusal`."""
    if _CLOCK.match(text):
        back = timedelta(days=1)
    elif _WEEKDAY.match(text):
        back = timedelta(days=7)
    else:
        back = timedelta(days=364)
    return Reader(zone, at, at - back).moment(text)


def events_meant(text: str) -> int | None:
    """How many bad events; None where nothing was said. Raises `Refusal`."""
    digits = text.replace(",", "").strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:20]) <= MOST_EVENTS:
        raise Refusal("How many bad events? Say a whole number from 1, for example `events 1,200`.")
    return int(digits)


def claim_of(request: DisputeRequest, events: int | None) -> Claim:
    """What is to become of the minutes."""
    if request.failed:
        return Claim.FAILED
    return Claim.LEAVE if events is None else Claim.EVENTS


def _listed(words: list[str]) -> str:
    return ", ".join(f"`{one}`" for one in words)
