"""Announcements of planned work: to whom, when, and for which agreements the work will not count."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.agreement import Agreement
from domain.calendars import Calendar, office_calendar
from domain.exclusion import Exclusion
from domain.in_effect import in_effect
from domain.notice import Content, Notice
from domain.objective import Objective
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit, working_days_ahead
from domain.window import Period

GRACE = timedelta(hours=4)
"""What began, or was withdrawn, longer ago is not told any more."""

AT_LEAST = timedelta(days=1)
A_WORKING_DAY = TimeLimit(1, LimitUnit.WORKING_DAYS)


class Stage(StrEnum):
    """What is told of planned work."""

    ANNOUNCED = "announced"
    BEGUN = "begun"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Concern:
    """An objective that is worked on, with its owner and agreement when that begins."""

    objective: str
    owner: str | None
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What the work means for the objectives of one agreement, or of none.

    It does not count where it was announced `in_time`; `ahead` is how long before it begins, in whole units
    of the notice agreed, if one is.
    """

    agreement: Agreement | None
    objectives: tuple[str, ...]
    in_time: bool
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Announcement:
    """What `team` is told of one occurrence of planned work: that on `concerns`."""

    exclusion: Exclusion
    occurrence: Period
    stage: Stage
    team: Team
    concerns: tuple[Concern, ...]

    @property
    def key(self) -> str:
        """What makes a second one impossible; another end makes it another."""
        start, end = self.occurrence.start, self.occurrence.end
        until = f"+{(end - start) // timedelta(minutes=1)}m"
        return f"planned:{self.exclusion.name}:{start:%Y-%m-%dT%H:%MZ}{until}:{self.stage}:{self.team.name}"

    @property
    def earlier_keys(self) -> list[str]:
        """Of what makes a withdrawal worth telling."""
        return [replace(self, stage=stage).key for stage in (Stage.ANNOUNCED, Stage.BEGUN)]

    def notice(self, content: Content, *, at: datetime) -> Notice:
        """It in the team's channel, for as long as the work is not over; a customer's is not internal."""
        channel = self.team.channel or ""
        over = self.occurrence.end
        return Notice(
            self.key, channel, content, at, self.team.name, internal=self.team.internal, not_after=over
        )


@dataclass(frozen=True, slots=True)
class Commitments:
    """All that planned work is judged by."""

    objectives: Mapping[str, Objective]
    by_service: Mapping[str, Sequence[str]]
    """The names of each service's objectives."""
    agreements: Mapping[str, Agreement]
    teams: Mapping[str, Team]
    calendars: Mapping[str, Calendar]

    @classmethod
    def of(
        cls,
        objectives: Iterable[Objective],
        agreements: Iterable[Agreement],
        teams: Iterable[Team],
        calendars: Iterable[Calendar],
    ) -> "Commitments":
        """From all that there are."""
        known = {one.name: one for one in objectives}
        by_service: dict[str, list[str]] = {}
        for objective in known.values():
            by_service.setdefault(objective.service, []).append(objective.name)
        return cls(
            known,
            by_service,
            {one.name: one for one in agreements},
            {one.name: one for one in teams},
            {one.name: one for one in calendars},
        )

    def calendar(self, agreement: Agreement | None) -> Calendar:
        """The working days by which notice is counted: the provider's."""
        provider = self.teams.get(agreement.provider) if agreement else None
        return provider.working_calendar(self.calendars) if provider else office_calendar("UTC")

    def concerns(self, exclusion: Exclusion, *, at: datetime) -> list[Concern]:
        """The objectives worked on at `at`, by name."""
        names = {*exclusion.objectives}
        for service in exclusion.services:
            names.update(self.by_service.get(service, ()))
        found = (self.objectives[name] for name in sorted(names) if name in self.objectives)
        return [self._concern(one, at) for one in found if one.retired_at is None or at < one.retired_at]

    def effects(
        self, exclusion: Exclusion, occurrence: Period, concerns: Iterable[Concern]
    ) -> tuple[Effect, ...]:
        """What the occurrence means, agreement by agreement; no agreement comes last."""
        by_agreement: dict[str, list[Concern]] = {}
        for concern in concerns:
            by_agreement.setdefault(concern.agreement.name if concern.agreement else "", []).append(concern)
        ordered = sorted(by_agreement.items(), key=lambda item: (not item[0], item[0]))
        return tuple(self._effect(exclusion, occurrence, alike) for _, alike in ordered)

    def announcements(self, exclusion: Exclusion, occurrence: Period, stage: Stage) -> list[Announcement]:
        """One for each channel that has to hear of it."""
        told = self._audiences(self.concerns(exclusion, at=occurrence.start), occurrence.start)
        return [Announcement(exclusion, occurrence, stage, *audience) for audience in told]

    def unheard(self, exclusion: Exclusion, occurrence: Period) -> list[Team]:
        """The parties that have no channel to be told in."""
        parties = (
            team
            for concern in self.concerns(exclusion, at=occurrence.start)
            for team in self._parties(concern, occurrence.start)
        )
        return list({one.name: one for one in parties if not one.channel}.values())

    def due(self, exclusion: Exclusion, *, at: datetime) -> Iterator[tuple[Period, Stage]]:
        """The occurrences of which something should have been said by `at`; never of what is over."""
        if exclusion.withdrawn_at is not None:
            return
        over = bisect_right(exclusion.starts, at - exclusion.length)
        for start in exclusion.starts[over:]:
            occurrence = Period(start, start + exclusion.length)
            if start <= at:
                if at - start < GRACE:
                    yield occurrence, Stage.BEGUN
            elif exclusion.recurs is None or self._time_to_announce(exclusion, start, at):
                yield occurrence, Stage.ANNOUNCED
            else:
                return

    def _concern(self, objective: Objective, at: datetime) -> Concern:
        terms = objective.terms(at=at)
        return Concern(objective.name, terms.owner, self.agreements.get(terms.agreement or ""))

    def _effect(self, exclusion: Exclusion, occurrence: Period, alike: Sequence[Concern]) -> Effect:
        agreement = alike[0].agreement
        calendar = self.calendar(agreement)
        notice = agreement.maintenance_notice if agreement else None
        return Effect(
            agreement,
            tuple(concern.objective for concern in alike),
            exclusion.in_time(occurrence, agreement, calendar),
            _ahead(notice.unit, exclusion.announced_at, occurrence.start, calendar) if notice else 0,
        )

    def _time_to_announce(self, exclusion: Exclusion, start: datetime, at: datetime) -> bool:
        """Whether a day later the strictest notice, and a working day more, would not be kept any more."""
        if start - at <= AT_LEAST:
            return True
        agreements = {
            concern.agreement.name: concern.agreement
            for concern in self.concerns(exclusion, at=start)
            if concern.agreement
        }
        return any(self._would_be_late(one, start, at + AT_LEAST) for one in agreements.values())

    def _would_be_late(self, agreement: Agreement, start: datetime, at: datetime) -> bool:
        notice, calendar = agreement.maintenance_notice, self.calendar(agreement)
        if notice is None:
            return False
        a_day_later = A_WORKING_DAY.after(at, calendar)
        earliest = notice.after(a_day_later, calendar) if a_day_later else None
        return earliest is None or earliest >= start

    def _audiences(self, concerns: Iterable[Concern], at: datetime) -> list[tuple[Team, tuple[Concern, ...]]]:
        """The teams that hear of it, one a channel, each with what it may see."""
        alike: dict[tuple[str | None, str | None], list[Concern]] = {}
        for concern in concerns:
            promise = concern.agreement.name if concern.agreement else None
            alike.setdefault((concern.owner, promise), []).append(concern)
        heard: dict[str, list[tuple[Team, list[Concern]]]] = {}
        for group in alike.values():
            for team in self._parties(group[0], at):
                if _listens(team):
                    place = (team.channel or "").removeprefix("#").casefold()
                    heard.setdefault(place, []).append((team, group))
        return [_one_audience(groups) for groups in heard.values()]

    def _parties(self, concern: Concern, at: datetime) -> Iterator[Team]:
        """The owner, and whom it is promised to on that day."""
        names = [concern.owner]
        agreement = concern.agreement
        if agreement and in_effect(agreement, self.teams, at=at) and agreement.customer != concern.owner:
            names.append(agreement.customer)
        return (self.teams[name] for name in names if name and name in self.teams)


def _listens(team: Team) -> bool:
    """Third parties hear nothing."""
    return bool(team.channel) and team.kind is not TeamKind.THIRD_PARTY


def _one_audience(groups: Sequence[tuple[Team, list[Concern]]]) -> tuple[Team, tuple[Concern, ...]]:
    """Where an outsider reads along only what is promised to outsiders is told."""
    outside = [(team, group) for team, group in groups if not team.internal]
    told = outside or groups
    each_once = {id(group): group for _, group in told}.values()
    return told[0][0], tuple(concern for group in each_once for concern in group)


def _ahead(unit: LimitUnit, announced: datetime, start: datetime, calendar: Calendar) -> int:
    """The largest notice in this unit that was kept."""
    if announced >= start:
        return 0
    if unit is LimitUnit.HOURS:
        return (start - announced) // timedelta(hours=1)
    if unit is LimitUnit.WORKING_DAYS:
        return working_days_ahead(announced, start, calendar)
    zone = ZoneInfo(calendar.timezone)
    since, until = (one.astimezone(zone).replace(tzinfo=None) for one in (announced, start))
    return (until - since).days


def matters(exclusion: Exclusion, *, at: datetime) -> bool:
    """Whether something may have to be said of it: it lies ahead, runs, or was withdrawn a moment ago."""
    if exclusion.withdrawn_at is not None:
        return timedelta(0) <= at - exclusion.withdrawn_at < GRACE
    return at < exclusion.starts[-1] + exclusion.length if exclusion.starts else False


def affected_by_withdrawal(exclusion: Exclusion, *, at: datetime) -> list[Period]:
    """The occurrences that run or lie ahead at `at`, as they would have been."""
    return [one for one in replace(exclusion, withdrawn_at=None).occurrences() if at < one.end]
