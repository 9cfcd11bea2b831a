"""What a warning's message tells, gathered: how its objectives stand, what it cost, what burns as well."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property

from sqlalchemy import Connection

from domain.breach_warning import BreachWarning
from domain.episode import Episode, WarningKind
from domain.forecast_enough import enough
from domain.minutes import DAY, instant_of, minute_of
from domain.objective import Objective
from domain.planned import Promises
from domain.snoozing import running_until
from domain.spells import Spell
from domain.standing import Standing
from domain.warned import Record, Warned, WarnedObjective
from domain.window import Period
from storage.agreements import Agreements
from storage.breach_warnings import BreachWarnings
from storage.calendars import Calendars
from storage.exclusions import Exclusions
from storage.forecasts import Forecasts
from storage.objectives import Objectives
from storage.outlooks import Outlooks
from storage.spells import SpellReading
from storage.standings import Standings
from storage.teams import Teams
from storage.versions import DefinitionsVersion

A_BLIP = Fraction(1, 100)
"""A spell with less of the loss than this belongs to the usual failures, not to the episode."""
SHORTLY_BEFORE = timedelta(minutes=30)
"""What failed so shortly before an episode belongs to it."""

LOOK_BACK = timedelta(minutes=3 * DAY)
"""As long as the longest usual window: what failed earlier opened no episode."""

ENOUGH = 3
"""So many forecasts that ended are an objective's own record; with fewer its team's is told."""

NEVER = instant_of(0)
EVER = (NEVER, datetime(9999, 1, 1, tzinfo=UTC))

JUST_BEFORE = timedelta(microseconds=1)


class WarnedFacts:
    """What the warnings of one workspace tell."""

    def __init__(
        self,
        connection: Connection,
        workspace_id: int,
        version: DefinitionsVersion,
        objectives: Objectives,
    ) -> None:
        self._objectives = objectives
        self._expected: tuple[datetime, Mapping[str, Standing]] = (NEVER, {})
        self._standings = Standings(connection, workspace_id, objectives)
        self._spells = SpellReading(connection, workspace_id, objectives)
        self._warnings = BreachWarnings(connection, workspace_id)
        place = (connection, workspace_id, version)
        self._agreements, self._teams = Agreements(*place), Teams(*place)
        self._calendars, self._exclusions = Calendars(*place), Exclusions(*place)
        self._forecasts = Forecasts(connection, workspace_id)
        self._outlooks = Outlooks(connection, workspace_id, objectives)

    def of(self, warning: BreachWarning, *, at: datetime) -> Warned:
        """The warning as of `at`; what is over is told as it stood at its end."""
        promises = self._promises
        return Warned(
            warning,
            tuple(self._told(warning, at)),
            promises,
            promises.teams.get(warning.team or ""),
            at,
            self._burning({one.objective for one in warning.episodes}),
            self._maintenance_until(warning, at),
        )

    def expect(self, warnings: Iterable[BreachWarning], *, at: datetime) -> None:
        """Read at once how all that are open stand at `at`, and which burn: what is saved later is not seen."""
        names = {part.objective for one in warnings if one.is_open for part in one.episodes}
        in_force = {name for name in names if self._by_name[name].retired_at is None}
        self._expected = (at, {one.name: one for one in self._standings.warned_of(in_force, at=at)})

    def _told(self, warning: BreachWarning, at: datetime) -> Iterable[WarnedObjective]:
        asked = {one.objective: self._instant(one, warning.resolved_at or at) for one in warning.episodes}
        standings = self._at(asked)
        told = [
            self._objective(one, standings[one.objective])
            for one in warning.episodes
            if one.objective in standings
        ]
        before = self._at({one.name: one.failing_since for one in told})
        return [replace(one, left_before=_left_before(one, before.get(one.name))) for one in told]

    def _instant(self, episode: Episode, at: datetime) -> datetime:
        """`at`, or the last moment of an objective that was retired by then."""
        retired = self._by_name[episode.objective].retired_at
        return at if retired is None else min(at, retired - JUST_BEFORE)

    def _at(self, asked: Mapping[str, datetime]) -> dict[str, Standing]:
        """Objective → how it stood at its instant; each instant is read once."""
        instants: dict[datetime, list[str]] = {}
        at, expected = self._expected
        for name, instant in asked.items():
            if instant != at or name not in expected:
                instants.setdefault(instant, []).append(name)
        known = {
            name: expected[name] for name, instant in asked.items() if instant == at and name in expected
        }
        return known | {
            standing.name: standing
            for instant, names in instants.items()
            for standing in self._standings.warned_of(names, at=instant)
        }

    def _objective(self, episode: Episode, standing: Standing) -> WarnedObjective:
        if episode.kind is WarningKind.SILENT:
            return WarnedObjective(episode, standing, last_minute=standing.figures.last_minute)
        if episode.kind is WarningKind.FORECAST:
            return self._forecast(episode, standing)
        found = self._spells_of(episode, standing)
        return WarnedObjective(episode, standing, spells=found, lost=_lost(found, standing.period))

    def _spells_of(self, episode: Episode, standing: Standing) -> tuple[Spell, ...]:
        """Those that were not over for long when the episode began, whole, and all since."""
        since = episode.began_at - SHORTLY_BEFORE
        looked = replace(standing, period=Period(since - LOOK_BACK, standing.period.end))
        found = [one for one in self._spells.of(looked) if one.end > minute_of(since)]
        least = sum(one.lost for one in found) * A_BLIP
        return tuple(one for one in found if one.lost >= least)

    def _forecast(self, episode: Episode, standing: Standing) -> WarnedObjective:
        newest = self._forecasts.newest([episode.objective], at=standing.at).get(episode.objective)
        outlooks = self._outlooks.of([episode.objective], at=newest.at) if newest else {}
        return WarnedObjective(
            episode,
            standing,
            record=self._record(episode, standing),
            is_thin=newest is not None and newest.is_thin,
            likely=tuple(_midnight_of(day) for one in outlooks.values() for day in enough(one)),
        )

    def _record(self, episode: Episode, standing: Standing) -> Record | None:
        """How earlier forecasts ended: of the objective, else of its team."""
        earlier = [one for one in self._earlier if one.resolved_at and one.resolved_at <= episode.began_at]
        own = [one for one in earlier if one.objective == episode.objective]
        if len(own) >= ENOUGH:
            return _record_of(own)
        owner = standing.terms.owner
        theirs = [one for one in earlier if self._owner(one.objective, standing.at) == owner]
        return _record_of(theirs, of_team=True) if theirs and owner else None

    def _owner(self, name: str, at: datetime) -> str | None:
        found = self._by_name.get(name)
        return found.terms(at=at).owner if found else None

    def _burning(self, names: Set[str]) -> tuple[tuple[str, str | None], ...]:
        """Objectives that these stand on and that burn as well, with their owners."""
        supporting = [
            one
            for one in self._by_name.values()
            if one.name not in names and not names.isdisjoint(one.supports)
        ]
        if not supporting:
            return ()
        open_now = {one.objective for one in self._open if one.kind is WarningKind.BURN}
        return tuple((one.name, one.versions[-1].owner) for one in supporting if one.name in open_now)

    def _maintenance_until(self, warning: BreachWarning, at: datetime) -> datetime | None:
        """When the planned work ends that runs on its objectives."""
        objectives = [self._by_name[one.objective] for one in warning.open_episodes]
        return running_until(self._exclusions.all(), objectives, at=at)

    @cached_property
    def _open(self) -> list[Episode]:
        return [episode for warning in self._warnings.open() for episode in warning.open_episodes]

    @cached_property
    def _earlier(self) -> Sequence[Episode]:
        """All forecasts that were ever warned of."""
        return self._warnings.episodes_between(*EVER, [WarningKind.FORECAST])

    @cached_property
    def _by_name(self) -> dict[str, Objective]:
        return {one.name: one for one in self._objectives.with_retired()}

    @cached_property
    def _promises(self) -> Promises:
        return Promises(
            {one.name: one for one in self._agreements.all()},
            {one.name: one for one in self._teams.all()},
            {one.name: one for one in self._calendars.all()},
        )


def _midnight_of(on: date) -> datetime:
    return datetime.combine(on, time(0), UTC)


def _lost(found: Sequence[Spell], period: Period) -> int:
    """What the spells lost that lie in the period."""
    return sum(spell.lost for spell in found if spell.end > period.start_minute)


def _left_before(told: WarnedObjective, before: Standing | None) -> Fraction | None:
    """What was left in the same period; in the one before it says nothing."""
    if before is None or before.period.end <= told.standing.period.start:
        return None
    return before.budget.left_ratio


def _record_of(episodes: Sequence[Episode], *, of_team: bool = False) -> Record:
    return Record(sum(one.breached_at is not None for one in episodes), len(episodes), of_team)
