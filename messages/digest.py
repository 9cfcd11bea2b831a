"""The daily digest of a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.agreement import Agreement
from domain.news import NO_NEWS, News
from domain.planned import PlannedWork
from domain.renewal import Due
from domain.situation import Situation
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from domain.warned_since import WarnedSince
from domain.weekly import Week
from messages.ahead import due_section, planned_section
from messages.amounts import left_percent
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, NEWS, NINE, PAYMENTS, STANDINGS, TODAY
from messages.gaps import missed_section, silent_section, unowned_section
from messages.limits import MOST_CHARACTERS, weight
from messages.message import Message
from messages.news import push_words, since_words
from messages.parties import team_words
from messages.room import SPARE
from messages.rows import Beside, met_section, rest_words, rows
from messages.states import all_met_words, counts_words
from messages.warned_lines import EXAMPLE as WARNED
from messages.warned_lines import held_section, over_section, waiting_section
from messages.week import week_lines


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest tells: `standings` of the team's objectives, on the local date `on`, figures of `at`.

    `unowned` are objectives that the team promised and nobody owns; `missed` the dates before `on` whose
    digests were not posted; `week` the one before, where it is to be summed up. `warned` is what the team was
    warned of. `threaded`: with a table in its thread.
    """

    team: Team
    on: date
    at: datetime
    standings: Sequence[Standing]
    agreements: Mapping[str, Agreement]
    unowned: Sequence[Standing] = ()
    missed: Sequence[date] = ()
    news: News = NO_NEWS
    planned: Sequence[PlannedWork] = ()
    due: Sequence[Due] = ()
    week: Week | None = None
    warned: WarnedSince | None = None
    threaded: bool = True

    @classmethod
    def of(cls, team: Team, on: date, situation: Situation, news: News) -> "DigestFacts":
        """What the situation has for the team, compared with its last digest."""
        standings = situation.owned_by(team.name)
        since = team.digest_instant(news.since) if news.since else None
        return cls(
            team=team,
            on=on,
            at=situation.at,
            standings=standings,
            agreements=situation.promises.agreements,
            unowned=situation.unowned_of(team.name),
            news=news,
            planned=situation.planned(standings),
            due=situation.due_of(team),
            warned=situation.warned(since).of_team(team.name),
        )

    @property
    def dates(self) -> Dates:
        """Words for dates, in the team's zone."""
        return Dates(self.at, self.team.timezone)

    @property
    def ranked(self) -> list[Standing]:
        """The objectives, the most urgent first."""
        return self.news.ranked(self.standings)

    @property
    def wrong(self) -> list[Standing]:
        """Those that are not met, in that order."""
        return [standing for standing in self.ranked if standing.state is not State.MET]

    @property
    def quiet(self) -> bool:
        """Whether nothing is wrong or missing, and no warning is open."""
        silent = any(standing.silent for standing in self.standings)
        warned = self.warned is not None and any(one.is_open for one in self.warned.warnings)
        return not (self.wrong or silent or self.unowned or self.missed or warned)


def digest(facts: DigestFacts, *, command: str = "/slm") -> Message:
    """The digest: three lines where nothing is wrong, else rows by urgency."""
    if not facts.standings:
        return _without_objectives(facts)
    return _quiet_day(facts, command) if facts.quiet else _full_digest(facts, command)


def _full_digest(facts: DigestFacts, command: str) -> Message:
    counts = counts_words(facts.standings, bold=True)
    news = since_words(facts.news, facts.standings, facts.dates)
    head = section(_headline(facts), counts, *news)
    foot = context(figures_to(facts.dates, threaded=facts.threaded))
    held, warned = _held(facts), _warned(facts, command)
    below = [*met_section(facts.standings), *warned, *_gaps(facts), *_ahead(facts), foot]
    room = MOST_CHARACTERS - SPARE - weight([head, *held, *below])
    shown = rows(facts.wrong, Beside(facts.agreements, facts.dates, facts.news, facts.warned), room=room)
    named = {standing.name for standing in facts.wrong[: len(shown)]}
    # The row of an objective that is not met says itself that nothing comes.
    silent = [standing for standing in facts.ranked if standing.silent and standing.name not in named]
    rest = _rest(facts.wrong[len(shown) :], facts.team, command)
    blocks = [head, *held, *shown, *rest, *silent_section(silent, facts.dates), *below]
    counted = counts_words(facts.standings, separator=", ")
    return Message(_push(facts, counted, push_words(facts.news, facts.standings, facts.dates)), tuple(blocks))


def figures_to(dates: Dates, *, threaded: bool) -> str:
    """What stands under a digest: of when the figures are, and where there are more."""
    return f"Figures to {dates.time(dates.at)}" + (" · all numbers in the thread" if threaded else "")


def _quiet_day(facts: DigestFacts, command: str) -> Message:
    team, met = team_words(facts.team), all_met_words(len(facts.standings))
    tightest, better = facts.ranked[0], facts.news.better(facts.standings)
    nothing = [] if facts.due else ["Nothing waits for this team."]
    changed = since_words(facts.news, facts.standings, facts.dates) if better else []
    head = (f"✅ {_headline(facts)} · {met}", *changed)
    lines = (
        f"Tightest: {plain(tightest.name)}, budget left {left_percent(tightest)}",
        *nothing,
    )
    waits = "" if facts.due else ", nothing waits"
    held = _held(facts)
    first = [section(*head), *held, section(*lines)] if held else [section(*head, *lines)]
    return Message(f"{team}: {met}{waits}.", (*first, *_warned(facts, command), *_ahead(facts)))


def _without_objectives(facts: DigestFacts) -> Message:
    head = section(
        _headline(facts),
        "This team owns no objectives yet. An operator",
        "can load some: `steward apply FILES`",
    )
    return Message(_push(facts, "no objectives yet"), (head, *_gaps(facts), *_ahead(facts)))


def _headline(facts: DigestFacts) -> str:
    return f"*{team_words(facts.team)} · {facts.dates.day(facts.on)}*"


def _push(facts: DigestFacts, counted: str, news: str = "") -> str:
    unowned = f" {len(facts.unowned):,} unowned." if facts.unowned else ""
    return f"{team_words(facts.team)}: {counted}.{news}{unowned}"


def _rest(standings: Sequence[Standing], team: Team, command: str) -> list[Block]:
    """One line for the rows that found no room."""
    if not standings:
        return []
    return [section(f"{rest_words(standings)}: `{command} status {plain(team.name)}`")]


def _held(facts: DigestFacts) -> list[Block]:
    """Warnings that quiet hours held back: nobody saw them before, so they come first."""
    return held_section(facts.warned, facts.team, facts.dates) if facts.warned else []


def _warned(facts: DigestFacts, command: str) -> list[Block]:
    """The warnings that nobody has, and those that are over and neither a row nor those held back told of."""
    if facts.warned is None:
        return []
    told = {standing.name for standing in facts.wrong}
    rest = facts.warned.without(facts.warned.held_back(facts.team))
    in_rows = [one for one in rest.over if all(part.objective in told for part in one.episodes)]
    over = over_section(rest.without(in_rows), facts.dates, command)
    return [*waiting_section(rest), *over]


def _gaps(facts: DigestFacts) -> list[Block]:
    return [*unowned_section(by_urgency(facts.unowned)), *missed_section(facts.missed, facts.dates)]


def _ahead(facts: DigestFacts) -> list[Block]:
    """What lies ahead, and the week before on the first morning of a week."""
    summary = week_lines(facts.week, facts.dates)
    week = [section(*summary)] if summary else []
    return [*planned_section(facts.planned, facts.dates), *due_section(facts.due, facts.dates), *week]


EXAMPLE = DigestFacts(PAYMENTS, TODAY, NINE, STANDINGS, AGREEMENTS, news=NEWS, warned=WARNED)
