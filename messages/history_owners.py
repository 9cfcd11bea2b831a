"""Whose an objective was in the past: what was measured before a hand-over stays the former owner's."""

from collections.abc import Sequence
from datetime import datetime

from domain.owning import owners_within
from domain.standing import Standing
from messages.columns import WIDTH
from messages.dates import Dates
from messages.escaping import plain
from messages.room import flowing

OWNER_LENGTH = 16
"""Characters of a team's name: a line with a date has to fit a phone."""


def owner_lines(standings: Sequence[Standing], dates: Dates) -> dict[datetime, list[str]]:
    """By the start of a span what stands above it: whose it was, wherever that changes; nothing where it never did."""
    told: dict[datetime, list[str]] = {}
    before: str | None = ""
    changes = -1
    for one in standings:
        owners = owners_within(one.objective, one.period.start, one.period.end)
        if [owner for _, owner in owners] != [before]:
            told[one.period.start] = _lines(owners, dates)
            changes += len(owners)
        before = owners[-1][1]
    return told if changes else {}


def _lines(owners: Sequence[tuple[datetime, str | None]], dates: Dates) -> list[str]:
    """ "owner: payments, since Tue 24 Nov shop"."""
    (_, first), *others = owners
    since = [f"since {dates.day(dates.local(at).date())} {_name(owner)}" for at, owner in others]
    words = [f"owner: {_name(first)}", *since]
    return flowing([f"{word}," for word in words[:-1]] + words[-1:], separator=" ", width=WIDTH)


def _name(owner: str | None) -> str:
    return plain(owner, OWNER_LENGTH) if owner else "nobody"
