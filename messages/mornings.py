"""Mornings: a reader's digest of one date, from what is known to what is posted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.month_score import MonthScore
from domain.news import News
from domain.notice import Notice
from domain.past import NO_PAST, Past, Wanted
from domain.readers import Reader, ReaderKind
from domain.shown import shown_state
from domain.situation import Situation
from domain.spells import Spell
from domain.standing import Standing, State
from domain.weekly import Week, week_before
from domain.window import Period
from messages.dates import Dates
from messages.digest import DigestFacts, digest
from messages.digest_figures import FiguresFacts, digest_figures, last_days
from messages.figure_limits import CHART_SERIES
from messages.message import Message
from messages.parties import team_words
from messages.promised import PromisedFacts, promised
from messages.rollup import RollUpFacts, rollup

DIGESTS = (DIGEST, ROLLUP) = ("digest", "rollup")


def digest_key(what: str, reader: str, on: date) -> str:
    """The key of a digest's first message; `what` is one of `DIGESTS`."""
    return f"{what}:{reader}:{on}"


@dataclass(frozen=True, slots=True)
class Morning:
    """The digest of `on` for a reader, of a situation at its own time; `past` has what `wanted` asks for.

    `missed` are the dates whose digests were not posted, `lost` the notices that did not arrive;
    `begins_week` where the week before is summed up. `losses` are when those of `lossy` failed, `score` is how the
    forecasts of the month before came out, in its first roll-up. What is not posted by `not_after` is told by the
    next one.
    """

    reader: Reader
    on: date
    situation: Situation
    news: News
    past: Past = NO_PAST
    missed: Sequence[date] = ()
    lost: Sequence[Notice] = ()
    begins_week: bool = False
    not_after: datetime | None = None
    losses: Mapping[str, Sequence[Spell]] = field(default_factory=dict)
    score: MonthScore | None = None

    @property
    def standings(self) -> Sequence[Standing]:
        """The objectives that it tells of."""
        match self.reader.kind:
            case ReaderKind.TEAM:
                return self.situation.owned_by(self.reader.name)
            case ReaderKind.OUTSIDER:
                return self.situation.shown_to(self.reader.team)
            case ReaderKind.SUBSCRIBER if self.reader.names:
                return self.situation.meant_by(self.reader.chosen)
            case _:
                return self.situation.standings

    def wanted(self) -> Wanted:
        """What of the past it tells of; an outsider is told of none."""
        if self.reader.kind is ReaderKind.OUTSIDER:
            return {}
        standings = self.standings
        drawn = self._drawn(standings)
        wanted = {instant: set(drawn) for instant in self._instants()}
        if self.begins_week:
            _, week = week_before(self.on, self.reader.team.timezone)
            for instant in (week.start, week.end):
                wanted.setdefault(instant, set()).update(standing.name for standing in standings)
        return wanted

    def wanted_weeks(self) -> dict[Period, set[str]]:
        """The week that it sums up, if any."""
        if not self.begins_week or self.reader.kind is ReaderKind.OUTSIDER:
            return {}
        _, week = week_before(self.on, self.reader.team.timezone)
        return {week: {standing.name for standing in self.standings}}

    def lossy(self) -> list[Standing]:
        """Those of which it tells when they failed: to outsiders, who are told of no budget."""
        if self.reader.kind is not ReaderKind.OUTSIDER:
            return []
        return [one for one in self.standings if shown_state(one) in (State.AT_RISK, State.BREACHED)]

    def telling(self) -> dict[str, Any]:
        """What is kept of it, for the next one to compare with."""
        return self.news.telling(self.standings, on=self.on)

    def notices(self, *, command: str, at: datetime) -> list[Notice]:
        """What is posted: the message, and what stands in its thread; nothing to an outsider without objectives."""
        match self.reader.kind:
            case ReaderKind.TEAM:
                return self._of_team(command, at)
            case ReaderKind.OUTSIDER if not self.standings:
                return []
            case ReaderKind.OUTSIDER:
                facts = PromisedFacts.of(self.reader.team, self.on, self.situation, self.news)
                facts = replace(facts, losses=self.losses)
                return [self._notice(self._key(DIGEST), promised(facts), at)]
            case ReaderKind.MANAGERS if self.situation.owned_by(self.reader.name):
                return [*self._of_all(command, at), *self._of_team(command, at)]
            case _:
                return self._of_all(command, at)

    def _of_team(self, command: str, at: datetime) -> list[Notice]:
        facts = DigestFacts.of(self.reader.team, self.on, self.situation, self.news)
        # What concerns the managers themselves stands in their roll-up, posted together with this.
        missed = () if self.reader.kind is ReaderKind.MANAGERS else self.missed
        facts = replace(facts, missed=missed, week=self._week(facts.standings))
        message = digest(facts, command=command)
        figures = [] if facts.quiet else self._figures(facts.ranked, team_words(self.reader.team), command)
        return self._with_thread(self._key(DIGEST), message, figures, at)

    def _of_all(self, command: str, at: datetime) -> list[Notice]:
        standings, zone = self.standings, self.reader.team.timezone
        situation = self.situation.only(self.reader.chosen) if self.reader.names else self.situation
        facts = RollUpFacts.of(self.on, zone, situation, self.news)
        facts = replace(
            facts,
            names=self.reader.names,
            lost=self.lost,
            missed=self.missed,
            week=self._week(standings),
            score=self.score,
            decides=self.reader.kind is ReaderKind.MANAGERS,
        )
        message = rollup(facts, command=command)
        figures = [] if facts.quiet else self._figures(facts.ranked, "service levels", command)
        return self._with_thread(self._key(ROLLUP), message, figures, at)

    def _key(self, what: str) -> str:
        return digest_key(what, self.reader.name, self.on)

    def _with_thread(
        self, key: str, message: Message, replies: Sequence[Message], at: datetime
    ) -> list[Notice]:
        threaded = [
            replace(self._notice(f"{key}:figures{place or ''}", reply, at), thread=key)
            for place, reply in enumerate(replies)
        ]
        return [self._notice(key, message, at), *threaded]

    def _notice(self, key: str, message: Message, at: datetime) -> Notice:
        reader = self.reader
        return Notice(
            key,
            reader.channel,
            message.content,
            at,
            None if reader.kind is ReaderKind.SUBSCRIBER else reader.name,
            internal=reader.kind is not ReaderKind.OUTSIDER,
            not_after=self.not_after,
        )

    def _figures(self, ranked: Sequence[Standing], subject: str, command: str) -> list[Message]:
        instants = self._instants()
        left = {name: self.past.left(name, instants) for name in self._drawn(ranked)}
        dates = Dates(self.situation.at, self.reader.team.timezone)
        facts = FiguresFacts(subject, ranked, dates, self.news, last_days(self.on), left)
        return digest_figures(facts, command=command)

    def _drawn(self, standings: Sequence[Standing]) -> list[str]:
        """The most urgent ones that are not met: their lines are drawn."""
        wrong = [one for one in self.news.ranked(standings) if one.state is not State.MET]
        own = [one for one in wrong if one.terms.owner == self.reader.name]
        return list(dict.fromkeys(one.name for one in (*wrong[:CHART_SERIES], *own[:CHART_SERIES])))

    def _instants(self) -> list[datetime]:
        return [self.reader.team.digest_instant(day) for day in last_days(self.on)]

    def _week(self, standings: Sequence[Standing]) -> Week | None:
        if not self.begins_week:
            return None
        monday, week = week_before(self.on, self.reader.team.timezone)
        names = [standing.name for standing in standings]
        begun, ended = (self.past.at(names, instant) for instant in (week.start, week.end))
        return Week(monday, begun, ended, self.past.during(names, week))
