"""Incidents that arrive by themselves: sharp onset, plateau, partial recovery, sometimes a second blow."""

from collections.abc import Iterator
from math import exp, log
from random import Random
from typing import NamedTuple

from sandbox.sample.noise import SHARE_BITS, seeded
from sandbox.sample.profiles import Profile

MINUTES_A_WEEK = 7 * 24 * 60
MILDEST = 0.02
GAPS_A_WEEK = 0.25
AFTERSHOCKS = 0.25


class Stretch(NamedTuple):
    """Minutes from `start` to before `end` (since the epoch) in which that share fails, in 2**-20."""

    start: int
    end: int
    share: int


def flat(start: int, length: int, severity: float) -> list[Stretch]:
    return [Stretch(start, start + length, round(min(severity, 1) * (1 << SHARE_BITS)))]


def shaped(start: int, length: int, severity: float) -> list[Stretch]:
    """Full force after a minute, half of it after three fifths, embers at the end."""
    if length < 6:
        return flat(start, length, severity)
    steps = (0, 1, length * 3 // 5, length - length // 8, length)
    levels = (0.6, 1.0, 0.5, 0.15)
    return [
        stretch
        for level, begin, end in zip(levels, steps, steps[1:], strict=False)
        for stretch in flat(start + begin, end - begin, level * severity)
    ]


def week_of_incidents(profile: Profile, seed: int, week: int) -> tuple[Stretch, ...]:
    """All that start in that week since the epoch; none outlasts the next one."""
    rng = seeded("incidents", seed, profile.objective, week)
    return tuple(
        stretch
        for start in _arrivals(rng, profile.incidents_a_week, week)
        for stretch in _incident(rng, profile, start)
    )


def week_of_gaps(profile: Profile, seed: int, week: int) -> tuple[Stretch, ...]:
    """Minutes in which nothing was measured, as after a collector's restart; their share means nothing."""
    rng = seeded("gaps", seed, profile.objective, week)
    return tuple(
        Stretch(start, start + _length(rng, shortest=2, longest=45), 0)
        for start in _arrivals(rng, GAPS_A_WEEK, week)
    )


def _arrivals(rng: Random, rate: float, week: int) -> Iterator[int]:
    at = rng.expovariate(rate)
    while at < 1:
        yield int((week + at) * MINUTES_A_WEEK)
        at += rng.expovariate(rate)


def _length(rng: Random, shortest: int, longest: int) -> int:
    """Heavy-tailed: half last under twice the shortest, one in fifteen ten times as long."""
    return min(longest, int(shortest * rng.paretovariate(1.2)))


def _incident(rng: Random, profile: Profile, start: int) -> list[Stretch]:
    length = _length(rng, shortest=min(4, profile.longest), longest=profile.longest)
    severity = min(exp(rng.uniform(log(MILDEST), 0)), profile.largest / length)
    incident = shaped(start, length, severity)
    if rng.random() < AFTERSHOCKS:
        again = start + length + rng.randrange(15, 180)
        incident += shaped(again, max(2, length // 3), severity / 2)
    return incident
