"""What digests tell of warnings: those that are open at their instant, or were over since the last one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from domain.breach_warning import BreachWarning, by_need
from domain.burn import Severity
from domain.episode import Episode
from domain.quiet import quiet_until
from domain.team import Team
from domain.warned import WarnedObjective

JUST_SAID = timedelta(hours=1)
"""A warning that was held back and said no longer than so before a digest is as good as unseen."""


class Cost(NamedTuple):
    """What an episode took of the budget, None where nothing is allowed; and from its first to its last minute."""

    share: Fraction | None
    minutes: int


class Part(NamedTuple):
    """One objective's part of a warning, and what it took, where that is known."""

    warning: BreachWarning
    episode: Episode
    cost: Cost | None


@dataclass(frozen=True, slots=True)
class WarnedSince:
    """The warnings of which a digest of `at` tells, as they were then; `since` is when the last digest was.

    `costs` has those of objectives in warnings: by number and name.
    """

    at: datetime
    warnings: Sequence[BreachWarning] = ()
    since: datetime | None = None
    costs: Mapping[tuple[int, str], Cost] = field(default_factory=dict)

    def after(self, since: datetime | None) -> "WarnedSince":
        """The same for a reader whose last digest was then: without what was over before."""
        kept = [one for one in self.warnings if one.is_open or _over_since(one.resolved_at, since)]
        return replace(self, since=since, warnings=kept)

    def of_team(self, team: str) -> "WarnedSince":
        """Those that the team was warned of."""
        return replace(self, warnings=[one for one in self.warnings if one.team == team])

    def about(self, names: Collection[str]) -> "WarnedSince":
        """Those about some of these objectives."""
        kept = [one for one in self.warnings if any(part.objective in names for part in one.episodes)]
        return replace(self, warnings=kept)

    def without(self, others: Iterable[BreachWarning]) -> "WarnedSince":
        """All but these."""
        numbers = {one.number for one in others}
        return replace(self, warnings=[one for one in self.warnings if one.number not in numbers])

    @property
    def waiting(self) -> list[BreachWarning]:
        """Those that nobody has, the most urgent first."""
        return by_need(
            one
            for one in self.warnings
            if one.is_open and not one.acknowledged_by and not one.snoozed(self.at)
        )

    @property
    def over(self) -> list[BreachWarning]:
        """Those that are over, the newest first."""
        found = [one for one in self.warnings if not one.is_open]
        return sorted(found, key=lambda one: (one.opened_at, one.number), reverse=True)

    def held_back(self, team: Team) -> list[BreachWarning]:
        """Those that quiet hours held back, and that were not said before, or only just; open ones first."""
        found = [one for one in self.warnings if self._was_held(one, team)]
        return sorted(found, key=lambda one: (not one.is_open, one.opened_at, one.number))

    def parts(self, objective: str) -> list[Part]:
        """What was warned of one objective: what is open first, then the newest."""
        found = [
            Part(warning, episode, self.costs.get((warning.number, objective)))
            for warning in self.warnings
            for episode in warning.episodes
            if episode.objective == objective
            and (episode.is_open or _over_since(episode.resolved_at, self.since))
        ]
        found.sort(key=lambda part: part.episode.began_at, reverse=True)
        return sorted(
            found, key=lambda part: (not part.episode.is_open, part.episode.severity is Severity.TICKET)
        )

    def parts_of(self, warning: BreachWarning) -> list[Part]:
        """All parts of a warning."""
        return [
            Part(warning, one, self.costs.get((warning.number, one.objective))) for one in warning.episodes
        ]

    def _was_held(self, warning: BreachWarning, team: Team) -> bool:
        if warning.team != team.name or warning.severity is Severity.PAGE:
            return False
        if self.since is not None and warning.opened_at < self.since:
            return False
        unseen = warning.said_at is None or self.at - warning.said_at <= JUST_SAID
        return unseen and quiet_until(team, at=warning.opened_at) is not None


def cost_of(told: WarnedObjective) -> Cost | None:
    """What its episode took; None where no failing stretch is known any more."""
    if not told.spells:
        return None
    return Cost(told.cost, told.spells[-1].end - told.spells[0].start)


def as_of(warnings: Iterable[BreachWarning], at: datetime) -> list[BreachWarning]:
    """The warnings as they were at `at`: without what came later."""
    return [found for found in (_as_of(one, at) for one in warnings) if found.episodes]


def _as_of(warning: BreachWarning, at: datetime) -> BreachWarning:
    episodes = tuple(
        _episode_as_of(one, at)
        for one in warning.episodes
        if one.opened_at is not None and one.opened_at <= at
    )
    had = warning.acknowledged_at is not None and warning.acknowledged_at <= at
    return replace(
        warning,
        episodes=episodes,
        said_at=_by(warning.said_at, at),
        acknowledged_by=warning.acknowledged_by if had else None,
        acknowledged_at=warning.acknowledged_at if had else None,
    )


def _episode_as_of(episode: Episode, at: datetime) -> Episode:
    return replace(
        episode,
        resolved_at=_by(episode.resolved_at, at),
        breached_at=_by(episode.breached_at, at),
        below_since=_by(episode.below_since, at),
    )


def _by(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if instant is not None and instant <= at else None


def _over_since(resolved_at: datetime | None, since: datetime | None) -> bool:
    """Whether it was over after the last digest told of it; without one what was ever over is no news."""
    return resolved_at is not None and since is not None and resolved_at > since
