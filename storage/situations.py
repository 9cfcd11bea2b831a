"""Situations: all that digests tell of an instant."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from domain.exclusion import Exclusion
from domain.planned import Promises
from domain.situation import Situation
from storage.agreements import Agreements
from storage.calendars import Calendars
from storage.exclusions import Exclusions
from storage.standings import Standings
from storage.teams import Teams


class Situations:
    """The situations of one workspace, each instant read once."""

    def __init__(
        self,
        standings: Standings,
        *,
        teams: Teams,
        agreements: Agreements,
        calendars: Calendars,
        exclusions: Exclusions,
    ) -> None:
        self._standings = standings
        self._teams = teams
        self._agreements = agreements
        self._calendars = calendars
        self._planned = exclusions
        self._found: dict[datetime, Situation] = {}

    def of(self, instant: datetime) -> Situation:
        """How everything stood at the instant, by the agreements and planned work that are known now."""
        if instant not in self._found:
            standings = self._standings.all(at=instant)
            self._found[instant] = Situation(instant, standings, self._promises, self._exclusions)
        return self._found[instant]

    @cached_property
    def _promises(self) -> Promises:
        return Promises(
            {agreement.name: agreement for agreement in self._agreements.all()},
            {team.name: team for team in self._teams.all()},
            {calendar.name: calendar for calendar in self._calendars.all()},
        )

    @cached_property
    def _exclusions(self) -> Sequence[Exclusion]:
        return self._planned.all()
