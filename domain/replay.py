"""Replay: what Steward would have warned of, had it run over what is recorded; through the code that runs live."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from domain.course import Course
from domain.episode import Episode
from domain.minutes import instant_of, minute_of
from domain.objective import Objective
from domain.replay_breach import Breaches, Judging
from domain.replay_days import Daily, DaysClock, Followed
from domain.replay_minutes import MinutesClock, pieces
from domain.replay_piece import Piece
from domain.watching import Watching

Progress = Callable[[int], object]
"""Told how many minutes were done."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An objective with a course for each version of its terms, and how it is to be watched.

    `kept_since` is the first minute of which the measurements are still kept, where that is not all.
    """

    objective: Objective
    courses: tuple[Course, ...]
    watching: Watching
    kept_since: int | None = None

    @property
    def first_minute(self) -> int:
        """The first measured minute."""
        return self.courses[0].first_minute

    def judging(self, minute: int) -> Judging:
        """The terms in force at `minute`, with what was measured as they count it."""
        terms = self.objective.terms(at=instant_of(minute))
        return Judging(self.objective, terms, self.courses[self.objective.versions.index(terms)])


@dataclass(frozen=True, slots=True)
class Told:
    """A warning as it came out: `breached` is None while that is not known."""

    episode: Episode
    probability: float | None
    breached: bool | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """All that came of a replay from `start` to `end`."""

    recorded: Recorded
    start: datetime
    end: datetime
    daily: tuple[Daily, ...]
    warnings: tuple[Told, ...]
    breaches: Breaches
    rolling: bool


def replay(recorded: Recorded, *, start: int, end: int, progress: Progress) -> Replayed:
    """From the minute `start` to the minute `end`, both looked at; what is earlier is only learned from."""
    first = min(recorded.first_minute, start)
    earlier = _pieces(recorded, range(first, start))
    looks = _pieces(recorded, range(start, end + 1))
    breaches = _breaches(recorded, [*earlier, *looks])
    minutes = MinutesClock(recorded.objective.name, breaches)
    for piece in looks:
        minutes.follow(piece)
        progress(len(piece.minutes))
    days = DaysClock(recorded.judging, breaches, end=end)
    every = list(days.forecasts(first))
    daily = [one for one in every if minute_of(one.forecast.at) >= start]
    followed = days.episodes(daily, start=start, warn_at=recorded.watching.warn_at)
    told = [_told_burn(one, breaches, end) for one in minutes.episodes()]
    told += [_told_forecast(one, breaches, days, end) for one in followed]
    return Replayed(
        recorded=recorded,
        start=instant_of(start),
        end=instant_of(end),
        daily=tuple(daily),
        warnings=tuple(sorted(told, key=lambda one: one.episode.opened_at or one.episode.began_at)),
        breaches=breaches,
        rolling=not days.calendar(end),
    )


def _pieces(recorded: Recorded, minutes: range) -> list[Piece]:
    """The looks at these minutes, each by the terms in force then."""
    versions = recorded.objective.versions
    changes = [_first_look(terms.since) for terms in versions if terms.since]
    inside = [minute for minute in changes if minutes.start < minute < minutes.stop]
    edges = [minutes.start, *sorted(set(inside)), minutes.stop]
    found: list[Piece] = []
    for start, stop in pairwise(edges):
        judging = recorded.judging(start)
        found += pieces(judging.course, judging.terms, recorded.watching, range(start, stop))
    return found


def _first_look(since: datetime) -> int:
    """The first minute that begins at `since` or later."""
    minute = minute_of(since)
    return minute + (instant_of(minute) < since)


def _breaches(recorded: Recorded, every: Sequence[Piece]) -> Breaches:
    found: list[tuple[int, int]] = []
    for piece in every:
        found += Judging(recorded.objective, piece.terms, piece.course).stretches(piece)
    return Breaches(found)


def _told_burn(episode: Episode, breaches: Breaches, end: int) -> Told:
    """A burn or silence came with a breach where the objective was breached before it was over."""
    opened = minute_of(episode.opened_at or episode.began_at)
    until = minute_of(episode.resolved_at) if episode.resolved_at else end
    found = breaches.within(opened, until + 1) is not None
    return Told(episode, None, found if found or episode.resolved_at else None)


def _told_forecast(followed: Followed, breaches: Breaches, days: DaysClock, end: int) -> Told:
    """A forecast came true where the window was missed that it was opened for; a rolling one in the last window."""
    first, last = followed.opened, followed.last
    breached = True if last.breached_at else None
    window_end = last.window_end or last.began_at
    if breached is None and days.calendar(minute_of(first.began_at)):
        breached = days.outcome(first.began_at, first.window_end or window_end)
    elif breached is None and minute_of(window_end) <= end:
        breached = breaches.within(minute_of(first.began_at), minute_of(window_end) + 1) is not None
    return Told(last, first.probability, breached)
