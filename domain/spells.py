"""Spells: stretches of minutes that failed more than the target bears, and what each of them cost.

Spells are the maximal scoring segments of Ruzzo and Tompa ("A linear time algorithm for finding all maximal
scoring subsequences", 1999), where a minute scores what it lost beyond its own share of the budget. So the
usual few failures before and after an outage do not lengthen it. No spell has a gap of more than five minutes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

GAP = 5
"""So many minutes between two bad ones do not end a spell."""


class Loss(NamedTuple):
    """What the minute or slice from `start` to before `end` lost, in the units that the method judges.

    Its `excess` is above 0 where that is too much: then the minute is bad.
    """

    start: int
    end: int
    lost: int
    excess: int


@dataclass(frozen=True, slots=True)
class Spell:
    """The minutes from `start` to before `end`, and what they lost: events, slices, or 10⁻¹¹ of slices."""

    start: int
    end: int
    lost: int


class _Segment(NamedTuple):
    """The places from `first` to before `past` of a run, and the score of all before them, and with them."""

    first: int
    past: int
    before: int
    after: int


def spells(losses: Iterable[Loss]) -> list[Spell]:
    """The spells of `losses`, which come in order and do not overlap; in order."""
    return [_spell(run[part.first : part.past]) for run in _runs(losses) for part in _segments(run)]


def largest(found: Iterable[Spell], most: int) -> list[Spell]:
    """At most so many, what lost the most first; of equals the later one."""
    return sorted(found, key=lambda spell: (-spell.lost, -spell.start))[:most]


def _runs(losses: Iterable[Loss]) -> Iterator[list[Loss]]:
    """From a bad one to a bad one, never with a longer gap than allowed."""
    run: list[Loss] = []
    since: list[Loss] = []
    for loss in losses:
        if loss.excess <= 0:
            since.append(loss)
            continue
        if run and loss.start - run[-1].end > GAP:
            yield run
            run = []
        run += [*since, loss] if run else [loss]
        since = []
    if run:
        yield run


def _segments(run: Sequence[Loss]) -> list[_Segment]:
    """In each segment every part from either end scores more than 0, and no longer one is like that."""
    found: list[_Segment] = []
    score = 0
    for place, loss in enumerate(run):
        before, score = score, score + loss.excess
        if loss.excess > 0:
            _add(found, _Segment(place, place + 1, before, score))
    return found


def _add(found: list[_Segment], new: _Segment) -> None:
    """Join `new` with the earlier ones as long as they are worth more together."""
    while True:
        place = next((i for i in reversed(range(len(found))) if found[i].before < new.before), None)
        if place is None or found[place].after >= new.after:
            break
        new = _Segment(found[place].first, new.past, found[place].before, new.after)
        del found[place:]
    found.append(new)


def _spell(part: Sequence[Loss]) -> Spell:
    return Spell(part[0].start, part[-1].end, sum(loss.lost for loss in part))
