"""A breach warning: what one message warns of; one objective, or several of a service; and what people do with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.person import FORMER, is_erased
from domain.refusal import Refusal
from domain.team import Rung, Team

NUMBER = re.compile(r"[wW]-?(\d{1,9})")

ESCALATION = (
    Rung("members", timedelta(0)),
    Rung("manager", timedelta(minutes=30)),
    Rung("slm", timedelta(hours=2)),
)
"""Who is asked while nobody has an urgent warning, where the team's definition does not say."""


@dataclass(frozen=True, slots=True)
class BreachWarning:
    """A warning for a team's channel. `said_at` is None as long as it is held back.

    `urgent_at` is when it got urgent, `reminded` how many rungs were asked since; `drawn_at` is when its message
    was last made.
    """

    number: int
    kind: WarningKind
    team: str | None
    channel: str
    service: str
    opened_at: datetime
    episodes: tuple[Episode, ...]
    said_at: datetime | None = None
    drawn_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    snoozed_by: str | None = None
    snoozed_until: datetime | None = None
    urgent_at: datetime | None = None
    reminded: int = 0

    @property
    def name(self) -> str:
        """ "W-42"."""
        return f"W-{self.number}"

    @property
    def key(self) -> str:
        """The key of its message, which those of its thread begin with."""
        return f"warning:{self.number}"

    @property
    def open_episodes(self) -> tuple[Episode, ...]:
        """Those that are not over."""
        return tuple(one for one in self.episodes if one.is_open)

    @property
    def is_open(self) -> bool:
        """Whether some episode is not over."""
        return bool(self.open_episodes)

    @property
    def severity(self) -> Severity:
        """The most urgent of what is open; once all is over of all that was."""
        shown = self.open_episodes or self.episodes
        return Severity.PAGE if any(one.severity is Severity.PAGE for one in shown) else Severity.TICKET

    @property
    def is_urgent(self) -> bool:
        """Whether it is open and pages."""
        return self.is_open and self.severity is Severity.PAGE

    @property
    def resolved_at(self) -> datetime | None:
        """When the last episode was over; None while one is open."""
        ends = [one.resolved_at for one in self.episodes if one.resolved_at]
        return max(ends) if ends and not self.is_open else None

    @property
    def breached(self) -> tuple[Episode, ...]:
        """The episodes that came to a breach."""
        return tuple(one for one in self.episodes if one.breached_at)

    def snoozed(self, at: datetime) -> bool:
        """Whether somebody wants to hear no more of it for now."""
        return self.snoozed_until is not None and at < self.snoozed_until

    def with_episode(self, episode: Episode, *, at: datetime) -> "BreachWarning":
        """With that objective's episode as it is at `at`; where that makes it urgent a snooze ends."""
        others = tuple(one for one in self.episodes if one.objective != episode.objective)
        ordered = tuple(sorted((*others, episode), key=lambda one: (one.began_at, one.objective)))
        changed = replace(self, episodes=ordered)
        if not changed.is_urgent or self.is_urgent:
            return changed
        return replace(changed, urgent_at=at, reminded=0, snoozed_by=None, snoozed_until=None)

    def acknowledge(self, *, by: str, at: datetime) -> "BreachWarning":
        """Somebody has it: nobody else is asked. Raises `Refusal` where it is over, or somebody has it."""
        self._require_open()
        if self.acknowledged_by and self.acknowledged_at:
            raise Taken(self.name, by=self.acknowledged_by, since=self.acknowledged_at, asked_by=by)
        return replace(self, acknowledged_by=by, acknowledged_at=at)

    def hand_back(self) -> "BreachWarning":
        """Nobody has it any more. Raises `Refusal` where it is over, or nobody had it."""
        self._require_open()
        if not self.acknowledged_by:
            raise Refusal(f"Nobody has {self.name}. Nothing to do.")
        return replace(self, acknowledged_by=None, acknowledged_at=None)

    def snooze(self, until: datetime, *, by: str, at: datetime) -> "BreachWarning":
        """Nobody is asked until then, unless it gets urgent. Raises `Refusal` where it is over or `until` is past."""
        self._require_open()
        if until <= at:
            raise Refusal(f"That is in the past: {self.name} would not be snoozed. Take a later time.")
        return replace(self, snoozed_until=until, snoozed_by=by)

    def rungs_due(self, team: Team | None, *, at: datetime) -> int:
        """How many rungs should have been asked by `at`; as many as were asked where nobody is to be asked."""
        if self.acknowledged_by or self.snoozed(at) or not self.is_urgent or self.said_at is None:
            return self.reminded
        return max(self.reminded, sum(self.urgent_since + rung.after <= at for rung in rungs_of(team)))

    def next_rung(self, team: Team | None) -> tuple[Rung, datetime] | None:
        """Who is asked next and when, while nobody has it; None after the last, or where it can wait."""
        rungs = rungs_of(team)
        if not self.is_urgent or self.reminded >= len(rungs):
            return None
        rung = rungs[self.reminded]
        return rung, self.urgent_since + rung.after

    @property
    def urgent_since(self) -> datetime:
        """When the ladder began: when it got urgent."""
        return self.urgent_at or self.opened_at

    def _require_open(self) -> None:
        if not self.is_open:
            raise Over(self.name, at=self.resolved_at)


class Over(Refusal):
    """The warning is over: there is nothing to have, hand back or snooze."""

    def __init__(self, name: str, *, at: datetime | None) -> None:
        self.warning, self.at = name, at
        super().__init__(f"{name} is over. Nothing to do.")


class Taken(Refusal):
    """Somebody has it already; `since` is when they took it."""

    def __init__(self, name: str, *, by: str, since: datetime, asked_by: str) -> None:
        self.warning, self.by, self.since = name, by, since
        who = (
            "You have"
            if by == asked_by
            else f"{FORMER.capitalize()} has"
            if is_erased(by)
            else f"<@{by}> has"
        )
        super().__init__(f"{who} {name} already. Nothing to do.")


def rungs_of(team: Team | None) -> Sequence[Rung]:
    """Who is asked one after another, without the members, whose channel it stands in."""
    rungs = team.escalation if team and team.escalation else ESCALATION
    return sorted((rung for rung in rungs if rung.to != "members"), key=lambda rung: rung.after)


def number_in(text: str) -> int | None:
    """42 of "W-42", also "w42"; None where it is no such number."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def by_need(warnings: Iterable[BreachWarning]) -> list[BreachWarning]:
    """Urgent ones first, then those that nobody has, then the oldest."""
    return sorted(
        warnings,
        key=lambda one: (
            one.severity is not Severity.PAGE,
            one.acknowledged_by is not None,
            one.opened_at,
            one.number,
        ),
    )
