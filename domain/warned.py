"""What is to be told of a warning: its objectives as they stand, what it cost, and what happened in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from zlib import crc32

from domain.breach_warning import BreachWarning
from domain.episode import Episode
from domain.minutes import instant_of
from domain.planned import Promises
from domain.spells import Spell
from domain.standing import Standing
from domain.team import Rung, Team


@dataclass(frozen=True, slots=True)
class Record:
    """How forecast warnings of an objective, or of its team, ended so far: so many of `ended` came true."""

    came_true: int
    ended: int
    of_team: bool = False


@dataclass(frozen=True, slots=True)
class WarnedObjective:
    """One objective of a warning, with its standing (and the counts of all `spans`) at the instant of telling.

    `spells` are the stretches that failed since shortly before its episode began, in order; `lost` is what the
    episode cost in the units that the method judges; `left_before` is the share of the budget that was left when
    it began. `last_minute` is the last measured one, of a silent objective. `likely` are days of the past whose
    losses, once more, would be enough for the breach.
    """

    episode: Episode
    standing: Standing
    spells: tuple[Spell, ...] = ()
    lost: int = 0
    left_before: Fraction | None = None
    last_minute: int | None = None
    record: Record | None = None
    is_thin: bool = False
    likely: tuple[datetime, ...] = ()

    @property
    def name(self) -> str:
        """The objective's name."""
        return self.episode.objective

    @property
    def failing_since(self) -> datetime:
        """When what it is about began: the first spell's start, else when it was seen."""
        return instant_of(self.spells[0].start) if self.spells else self.episode.began_at

    @property
    def cost(self) -> Fraction | None:
        """`lost` as a share of the budget; None where nothing is allowed."""
        budget = self.standing.budget
        if not budget.allowed:
            return None
        good, total = self.standing.terms.method.judged(self.standing.figures.counts)
        bad = total - good
        return None if not bad else budget.spent / budget.allowed * Fraction(self.lost, bad)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with all that its message tells, as of `at`.

    `team` is whose channel it stands in, `teams` are all by name (inside `promises`). `burning` are objectives
    that these stand on and that burn as well, with the teams that own them. `maintenance_until` is when the
    planned work ends that runs on some of them.
    """

    warning: BreachWarning
    objectives: tuple[WarnedObjective, ...]
    promises: Promises
    team: Team | None
    at: datetime
    burning: tuple[tuple[str, str | None], ...] = ()
    maintenance_until: datetime | None = None

    @property
    def zone(self) -> str:
        """The time zone of whose channel it stands in."""
        return self.team.timezone if self.team else "UTC"


class Turn(StrEnum):
    """What can happen in a warning after it was opened."""

    JOINED = "joined"
    URGENT = "urgent"
    REOPENED = "reopened"
    BREACHED = "breached"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"
    HANDED_BACK = "handed back"
    SNOOZED = "snoozed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a warning: to an objective, by a person, or a rung that is asked."""

    turn: Turn
    at: datetime
    objectives: tuple[str, ...] = ()
    by: str | None = None
    rung: Rung | None = None

    def key(self, warning: BreachWarning) -> str:
        """The key of its line: unique a second, and naming nobody."""
        what = _nameless(self.rung.to) if self.rung else ",".join(self.objectives)
        return f"{warning.key}:{self.turn.name.lower()}:{int(self.at.timestamp())}:{what}"[:200]


def _nameless(to: str) -> str:
    """Whom a rung reaches; of a single person a number that stands for them."""
    return str(crc32(to.encode())) if "@" in to or to[:1] in "UW" else to


def news_between(before: BreachWarning, after: BreachWarning, *, at: datetime) -> list[Happening]:
    """What happened to the objectives of a warning that was there before; the worst first."""
    earlier = {one.objective: one for one in before.episodes}
    turns: dict[Turn, list[str]] = {}
    for episode in after.episodes:
        for turn in _turns(earlier.get(episode.objective), episode):
            turns.setdefault(turn, []).append(episode.objective)
    if Turn.OVER in turns and after.is_open:
        del turns[Turn.OVER]
    if not after.is_urgent or before.is_urgent:
        turns.pop(Turn.URGENT, None)
    return [Happening(turn, at, tuple(turns[turn])) for turn in ORDER if turn in turns]


ORDER: Sequence[Turn] = (Turn.BREACHED, Turn.URGENT, Turn.REOPENED, Turn.JOINED, Turn.WITHDRAWN, Turn.OVER)


def _turns(before: Episode | None, after: Episode) -> list[Turn]:
    if before is None:
        return [Turn.JOINED, Turn.URGENT]
    turns = [Turn.URGENT]
    if after.breached_at and not before.breached_at:
        turns.append(Turn.BREACHED)
    if before.resolved_at and not after.resolved_at:
        turns.append(Turn.REOPENED)
    if after.resolved_at and not before.resolved_at:
        turns.append(Turn.WITHDRAWN if after.withdrawn else Turn.OVER)
    return turns
