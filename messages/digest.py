"""The daily digest of a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.agreement import Agreement
from domain.dispute import Dispute
from domain.in_effect import Uncounted
from domain.news import NO_NEWS, News
from domain.planned import PlannedWork
from domain.questions import NO_QUESTIONS, Questions
from domain.renewal import Due
from domain.situation import Situation
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from domain.warned_since import WarnedSince
from domain.weekly import Week
from messages.ahead import due_section, planned_section
from messages.amounts import left_percent
from messages.asking import ask_button
from messages.blocks import Block, actions, context, section
from messages.dates import Dates
from messages.dispute_lines import disputes_for, disputes_with_others
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
from messages.uncounted import uncounted_section
from messages.waiting import EXAMPLE as ASKED
from messages.waiting import others_section, waiting_section
from messages.warned_lines import EXAMPLE as WARNED
from messages.warned_lines import held_section, over_section, waiting_lines
from messages.week import week_lines


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest tells: `standings` of the team's objectives, on the local date `on`, figures of `at`.

    `unowned` are objectives that the team promised and nobody owns; `missed` the dates before `on` whose
    digests were not posted; `week` the one before, where it is to be summed up. `warned` is what the team was
    warned of, `asked` what it was asked about objectives. `threaded`: with a table in its thread.
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
    asked: Questions = NO_QUESTIONS
    uncounted: Sequence[Uncounted] = ()
    disputes: Sequence[Dispute] = ()
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
            due=situation.due_of(team.name, told_at=since),
            uncounted=situation.uncounted_of(team.name),
            disputes=situation.disputes_of(team.name),
            warned=situation.warned(since).of_team(team.name),
            asked=situation.asked.concerning(team.name),
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
        """Whether nothing is wrong or missing, no warning is open, and no question."""
        silent = any(standing.silent for standing in self.standings)
        warned = self.warned is not None and any(one.is_open for one in self.warned.warnings)
        waits = self.asked.waiting or self.asked.handovers or self.disputes
        return not (self.wrong or silent or self.unowned or self.missed or warned or waits)


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
    waits = [*_waiting(facts), *_others(facts)]
    below = [
        *met_section(facts.standings),
        *waits,
        *warned,
        *_gaps(facts),
        *_ahead(facts),
        *_what_waits(waits),
        foot,
    ]
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
    nothing = ("This team owns no objectives yet. An operator", "can load some: `steward apply FILES`")
    head = section(_headline(facts), *(["No objectives count today."] if facts.uncounted else nothing))
    waits = [*_waiting(facts), *_others(facts)]
    return Message(
        _push(facts, "no objectives count" if facts.uncounted else "no objectives yet"),
        (head, *waits, *_gaps(facts), *_ahead(facts)),
    )


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


def _waiting(facts: DigestFacts) -> list[Block]:
    """What the team was asked, and the warnings that nobody has and those held back did not tell of."""
    warned = facts.warned
    lines = waiting_lines(warned.without(warned.held_back(facts.team))) if warned else []
    lines = [*lines, *disputes_for(facts.disputes, facts.team.name, facts.dates)]
    return waiting_section(facts.asked, facts.team, facts.dates, lines)


def _others(facts: DigestFacts) -> list[Block]:
    lines = disputes_with_others(facts.disputes, facts.team.name, facts.dates)
    return others_section(facts.asked, facts.team, facts.dates, lines)


def _what_waits(waits: Sequence[Block]) -> list[Block]:
    return [actions(ask_button("What waits for me", "mine"))] if waits else []


def _warned(facts: DigestFacts, command: str) -> list[Block]:
    """The warnings that are over and neither a row nor those held back told of."""
    if facts.warned is None:
        return []
    told = {standing.name for standing in facts.wrong}
    rest = facts.warned.without(facts.warned.held_back(facts.team))
    in_rows = [one for one in rest.over if all(part.objective in told for part in one.episodes)]
    return over_section(rest.without(in_rows), facts.dates, command)


def _gaps(facts: DigestFacts) -> list[Block]:
    return [*unowned_section(by_urgency(facts.unowned)), *missed_section(facts.missed, facts.dates)]


def _ahead(facts: DigestFacts) -> list[Block]:
    """What lies ahead, and the week before on the first morning of a week."""
    summary = week_lines(facts.week, facts.dates)
    week = [section(*summary)] if summary else []
    promised = [*due_section(facts.due, facts.dates), *uncounted_section(facts.uncounted, facts.dates)]
    return [*planned_section(facts.planned, facts.dates), *promised, *week]


EXAMPLE = DigestFacts(
    PAYMENTS,
    TODAY,
    NINE,
    STANDINGS,
    AGREEMENTS,
    news=NEWS,
    warned=WARNED,
    asked=ASKED.concerning(PAYMENTS.name),
)
