"""Situations: all that digests tell of an instant."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from domain.breach_warning import BreachWarning
from domain.episode import WarningKind
from domain.exclusion import Exclusion
from domain.in_effect import apart
from domain.planned import Promises
from domain.questions import Questions
from domain.situation import Situation
from domain.warned import Warned
from domain.warned_since import WarnedSince, as_of, cost_of
from storage.acknowledgements import Acknowledgements
from storage.agreements import Agreements
from storage.breach_warnings import BreachWarnings
from storage.calendars import Calendars
from storage.disputes import Disputes
from storage.exclusions import Exclusions
from storage.handovers import Handovers
from storage.standings import Standings
from storage.teams import Teams
from storage.warned import WarnedFacts

LOOK_BACK = timedelta(days=14)
"""What was over earlier no digest tells."""

MOST_COSTS = 40
"""Of so many episodes, the newest, it is read what they took: a storm has more than anybody reads."""

PRICED_FOR = timedelta(days=4)
"""So long, a weekend and a holiday, after they were over."""

JUST_AFTER = timedelta(microseconds=1)


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
        breach_warnings: BreachWarnings,
        warned: WarnedFacts,
        acknowledgements: Acknowledgements,
        handovers: Handovers,
        disputes: Disputes,
    ) -> None:
        self._standings = standings
        self._teams = teams
        self._agreements = agreements
        self._calendars = calendars
        self._planned = exclusions
        self._breach_warnings = breach_warnings
        self._warned = warned
        self._acknowledgements = acknowledgements
        self._handovers = handovers
        self._disputes = disputes
        self._found: dict[datetime, Situation] = {}

    def of(self, instant: datetime) -> Situation:
        """How everything stood at the instant, by the agreements and planned work that are known now."""
        if instant not in self._found:
            standings, uncounted = apart(self._standings.all(at=instant), self._promises, at=instant)
            lately = self._lately(instant)
            self._found[instant] = Situation(
                instant,
                standings,
                self._promises,
                self._exclusions,
                lately,
                self._questions.about({one.name for one in standings}).known(at=instant),
                uncounted,
                [one for one in self._disputes.alive() if one.raised_at <= instant],
            )
        return self._found[instant]

    def _lately(self, instant: datetime) -> WarnedSince:
        """The warnings as they were then, and what those took that were over."""
        found = self._breach_warnings.since(instant - LOOK_BACK, until=instant + JUST_AFTER)
        warnings = as_of(found, instant)
        costs = {
            (told.warning.number, one.name): cost
            for told in self._priced(warnings, instant)
            for one in told.objectives
            if (cost := cost_of(one)) is not None
        }
        return WarnedSince(instant, warnings, costs=costs)

    def _priced(self, warnings: Sequence[BreachWarning], instant: datetime) -> Iterable[Warned]:
        """Those about what burnt and is over, the newest first, as far as that is read quickly."""
        room = MOST_COSTS
        for warning in reversed(warnings):
            if not _is_priced(warning, instant):
                continue
            room -= len(warning.episodes)
            if room < 0:
                return
            yield self._warned.of(warning, at=instant)

    @cached_property
    def _promises(self) -> Promises:
        return Promises(
            {agreement.name: agreement for agreement in self._agreements.all()},
            {team.name: team for team in self._teams.all()},
            {calendar.name: calendar for calendar in self._calendars.all()},
        )

    @cached_property
    def _questions(self) -> Questions:
        return Questions(self._acknowledgements.waiting(), self._handovers.open())

    @cached_property
    def _exclusions(self) -> Sequence[Exclusion]:
        return self._planned.all()


def _is_priced(warning: BreachWarning, instant: datetime) -> bool:
    over_at = warning.resolved_at
    return warning.kind is WarningKind.BURN and over_at is not None and instant - over_at <= PRICED_FOR
