"""Exclusions: minutes that do not count, with ground and author; and whether planned work was announced in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import inf

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.objective import Objective
from domain.window import Period


class Ground(StrEnum):
    """Why minutes do not count."""

    PLANNED_WORK = "planned-work"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Planned work on objectives, or on all objectives of services; once, or again and again.

    `starts` are the starts of all its occurrences, each as long as the first, of which `recurs` is the RFC
    5545 rule and `timezone` its clocks. It is announced at `announced_at`, by a person (`author`) or, where
    None, by a definition file. One that was `withdrawn_at` excludes what was done before.
    """

    name: str
    starts: tuple[datetime, ...]
    length: timedelta
    reason: str
    announced_at: datetime
    objectives: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    ground: Ground = Ground.PLANNED_WORK
    recurs: str | None = None
    timezone: str | None = None
    author: str | None = None
    withdrawn_at: datetime | None = None

    def concerns(self, objective: Objective) -> bool:
        """Whether the objective, or its service, is named."""
        return objective.name in self.objectives or objective.service in self.services

    def occurrences(self) -> Iterator[Period]:
        """When the work is done, in order; when it was withdrawn, what ran ended and nothing more began."""
        for start in self.starts:
            end = start + self.length
            if self.withdrawn_at is None:
                yield Period(start, end)
            elif start < self.withdrawn_at:
                yield Period(start, min(end, self.withdrawn_at))

    def within(self, period: Period) -> Iterator[Period]:
        """The occurrences that overlap the period."""
        return (one for one in self.occurrences() if one.start < period.end and period.start < one.end)

    def in_time(self, occurrence: Period, agreement: Agreement | None, calendar: Calendar) -> bool:
        """Whether it was announced early enough for the agreement, by the provider's calendar."""
        if agreement is None or agreement.maintenance_notice is None:
            return True
        earliest = agreement.maintenance_notice.after(self.announced_at, calendar)
        return earliest is not None and earliest <= occurrence.start

    def spans(self, agreement: Agreement | None, calendar: Calendar) -> Iterator[tuple[int, int]]:
        """The minutes that it excludes under the agreement: those touched, from the first to the last."""
        notice = agreement.maintenance_notice if agreement else None
        earliest = notice.after(self.announced_at, calendar) if notice else None
        if notice is not None and earliest is None:
            return
        first = earliest.timestamp() if earliest else -inf
        cut = self.withdrawn_at.timestamp() if self.withdrawn_at else inf
        length = self.length.total_seconds()
        # In seconds: a daily series has thousands of them, and datetimes take ten times as long.
        for start in (one.timestamp() for one in self.starts):
            if first <= start < cut:
                yield int(start // 60), int(-(-min(start + length, cut) // 60))
