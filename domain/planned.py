"""Planned work that concerns objectives: what lies ahead, and what was excluded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.agreement import Agreement
from domain.calendars import Calendar, office_calendar
from domain.exclusion import Exclusion
from domain.standing import Standing
from domain.team import Team
from domain.time_limit import TimeLimit, working_days_ahead
from domain.window import Period

LOOK_AHEAD = timedelta(days=14)
"""How far ahead planned work is told."""


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """One occurrence of planned work on `objectives`; `too_late` are those for which it counts, announced too late.

    `days_ahead` is its notice in working days, `agreed` the notice that an agreement asks for.
    """

    exclusion: Exclusion
    occurrence: Period
    objectives: tuple[str, ...]
    too_late: tuple[str, ...] = ()
    days_ahead: int | None = None
    agreed: TimeLimit | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """Under which agreement, and by whose calendar, planned work is judged."""

    agreements: Mapping[str, Agreement]
    teams: Mapping[str, Team]
    calendars: Mapping[str, Calendar]

    def agreement(self, standing: Standing) -> Agreement | None:
        """What it is promised in."""
        return self.agreements.get(standing.terms.agreement or "")

    def calendar(self, agreement: Agreement | None) -> Calendar:
        """The working days of the provider."""
        return self.working_calendar(agreement.provider if agreement else "")

    def working_calendar(self, team: str) -> Calendar:
        """The working days and hours of a team."""
        found = self.teams.get(team)
        return found.working_calendar(self.calendars) if found else office_calendar("UTC")


def planned_ahead(
    exclusions: Iterable[Exclusion], standings: Sequence[Standing], promises: Promises, *, at: datetime
) -> list[PlannedWork]:
    """What began and is not over, and what begins within two weeks: the next time of each, in order."""
    ahead = Period(at, at + LOOK_AHEAD)
    nexts = ((one, next(one.within(ahead), None)) for one in exclusions)
    return _planned(((one, occurrence) for one, occurrence in nexts if occurrence), standings, promises)


def planned_within(
    exclusions: Iterable[Exclusion], standings: Sequence[Standing], promises: Promises, *, period: Period
) -> list[PlannedWork]:
    """All that was done in the period, in order."""
    done = ((one, occurrence) for one in exclusions for occurrence in one.within(period))
    return _planned(done, standings, promises)


def _planned(
    found: Iterable[tuple[Exclusion, Period]], standings: Sequence[Standing], promises: Promises
) -> list[PlannedWork]:
    planned = (_concerning(one, occurrence, standings, promises) for one, occurrence in found)
    return sorted((one for one in planned if one), key=lambda one: (one.occurrence.start, one.exclusion.name))


def _concerning(
    exclusion: Exclusion, occurrence: Period, standings: Sequence[Standing], promises: Promises
) -> PlannedWork | None:
    concerned = [standing for standing in standings if exclusion.concerns(standing.objective)]
    if not concerned:
        return None
    late = [
        one for one in concerned if not _in_time(exclusion, occurrence, promises.agreement(one), promises)
    ]
    asked = next((found for one in concerned if (found := _with_notice(promises.agreement(one)))), None)
    notice = asked.maintenance_notice if asked else None
    ahead = working_days_ahead(exclusion.announced_at, occurrence.start, promises.calendar(asked))
    return PlannedWork(
        exclusion,
        occurrence,
        tuple(one.name for one in concerned),
        tuple(one.name for one in late),
        ahead if notice else None,
        notice,
    )


def _in_time(
    exclusion: Exclusion, occurrence: Period, agreement: Agreement | None, promises: Promises
) -> bool:
    return exclusion.in_time(occurrence, agreement, promises.calendar(agreement))


def _with_notice(agreement: Agreement | None) -> Agreement | None:
    return agreement if agreement and agreement.maintenance_notice else None
