"""The roll-up: all teams at a glance, for the service level managers and for whoever subscribed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.agreement import Agreement
from domain.in_effect import in_effect
from domain.month_score import MonthScore
from domain.news import NO_NEWS, News
from domain.notice import Notice
from domain.planned import PlannedWork, Promises
from domain.questions import NO_QUESTIONS, Questions
from domain.renewal import Due
from domain.situation import Situation
from domain.standing import Standing, State
from domain.urgency import by_urgency
from domain.warned_since import WarnedSince
from domain.weekly import Week
from messages.ahead import due_section, planned_section
from messages.amounts import left_percent
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.deciding import Deciding, answers_section, buttons, decisions_push, decisions_section
from messages.digest import figures_to
from messages.escaping import plain
from messages.example import AGREEMENTS, BERLIN, NEWS, NINE, PAYMENTS, STANDINGS, TODAY
from messages.gaps import missed_section, silent_section
from messages.lost import lost_section
from messages.message import Message
from messages.month_score import score_section
from messages.news import push_words, since_words
from messages.promises import promised_to_customers, promises_section
from messages.room import within
from messages.states import all_met_words, counts_words
from messages.team_lines import teams_section, third_parties_line
from messages.waiting import EXAMPLE as ASKED
from messages.warned_lines import EXAMPLE as WARNED
from messages.warned_lines import unanswered_lines
from messages.week import week_lines


@dataclass(frozen=True, slots=True)
class RollUpFacts:
    """What a roll-up tells of `standings`, as known at `at`, on the date `on` of `zone`.

    `names` are what it was asked for, as `team:payments`; none of them is everything. `lost` are notices that
    did not arrive, `warned` what is warned about, `asked` what teams were asked, `score` how last month's forecasts
    came out, where that is to be told. `threaded`: with a table in its thread. `decides`: with buttons for those who
    decide.
    """

    on: date
    at: datetime
    zone: str
    standings: Sequence[Standing]
    promises: Promises
    names: Sequence[str] = ()
    news: News = NO_NEWS
    planned: Sequence[PlannedWork] = ()
    due: Sequence[Due] = ()
    lost: Sequence[Notice] = ()
    missed: Sequence[date] = ()
    week: Week | None = None
    warned: WarnedSince | None = None
    score: MonthScore | None = None
    asked: Questions = NO_QUESTIONS
    threaded: bool = True
    decides: bool = False

    @classmethod
    def of(cls, on: date, zone: str, situation: Situation, news: News) -> "RollUpFacts":
        """All of a situation, compared with the last roll-up."""
        return cls(
            on=on,
            at=situation.at,
            zone=zone,
            standings=situation.standings,
            promises=situation.promises,
            news=news,
            planned=situation.planned(situation.standings),
            due=situation.due(told_at=_told_at(situation.at, zone, news.since)),
            warned=situation.warned(None).about({one.name for one in situation.standings}),
            asked=situation.asked.about({one.name for one in situation.standings}),
        )

    @property
    def dates(self) -> Dates:
        """Words for dates, in the reader's zone."""
        return Dates(self.at, self.zone)

    @property
    def agreements(self) -> dict[str, Agreement]:
        """Those that are in effect."""
        promises = self.promises
        return {
            name: one
            for name, one in promises.agreements.items()
            if in_effect(one, promises.teams, at=self.at)
        }

    @property
    def ranked(self) -> list[Standing]:
        """The objectives, the most urgent first."""
        return self.news.ranked(self.standings)

    @property
    def unowned(self) -> list[Standing]:
        """Those that nobody is the owner of, without those that one declined."""
        declined = {one.objective for one in self.asked.declined}
        unowned = (one for one in self.standings if one.terms.owner is None)
        return by_urgency(one for one in unowned if one.name not in declined)

    @property
    def deciding(self) -> Deciding:
        """What is to be decided and answered."""
        return Deciding(self.unowned, self.promises, self.dates, self.asked)

    @property
    def silent(self) -> list[Standing]:
        """Those of which nothing comes."""
        return [standing for standing in self.ranked if standing.silent]

    @property
    def quiet(self) -> bool:
        """Whether nothing is wrong or missing, and nothing is to be decided."""
        wrong = any(standing.state is not State.MET for standing in self.standings)
        waiting = self.warned is not None and any(one.is_urgent for one in self.warned.waiting)
        missing = self.silent or self.lost or self.missed
        return not (wrong or missing or waiting or not self.deciding.nothing)


def rollup(facts: RollUpFacts, *, command: str = "/slm") -> Message:
    """The most urgent first: promises to customers, then teams, then what is to be decided."""
    if not facts.standings:
        return _without_objectives(facts, command)
    return _quiet_day(facts, command) if facts.quiet else _full(facts, command)


def _told_at(at: datetime, zone: str, since: date | None) -> datetime | None:
    """When the last one was: at the same time of the day `since`."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(since, local.time(), local.tzinfo) if since else None


def _full(facts: RollUpFacts, command: str) -> Message:
    dates, standings = facts.dates, facts.standings
    head = section(
        f"*{_title(facts)} · {dates.day(facts.on)}*",
        counts_words(standings, bold=True),
        *since_words(facts.news, standings, dates),
        *_selection(facts),
    )
    blocks = [
        *promises_section(facts.ranked, facts.agreements, facts.news, facts.warned),
        *_teams(facts, command),
        *decisions_section(facts.deciding),
        *answers_section(facts.deciding, _unanswered(facts)),
        *silent_section(facts.silent, dates),
        *lost_section(facts.lost),
        *missed_section(facts.missed, dates),
        *_ahead(facts, command),
    ]
    foot = [
        *(buttons(facts.deciding) if facts.decides else []),
        context(figures_to(dates, threaded=facts.threaded)),
    ]
    counted = counts_words(standings, separator=", ")
    return Message(
        f"{_title(facts)}: {counted}.{push_words(facts.news, standings, dates)}{_push_gaps(facts)}",
        within([head], blocks, foot),
    )


def _teams(facts: RollUpFacts, command: str) -> list[Block]:
    teams, agreements = facts.promises.teams, facts.agreements
    named = {one.name for one in promised_to_customers(facts.ranked, agreements)}
    teams_lines = teams_section(facts.ranked, teams, named, command)
    lines = [*teams_lines, *third_parties_line(facts.standings, agreements)]
    return [section(*lines)] if lines else []


def _unanswered(facts: RollUpFacts) -> list[str]:
    return unanswered_lines(facts.warned, facts.promises.teams, facts.dates) if facts.warned else []


def _quiet_day(facts: RollUpFacts, command: str) -> Message:
    met, tightest = all_met_words(len(facts.standings)), facts.ranked[0]
    better = facts.news.better(facts.standings)
    lines = (
        f"✅ *{_title(facts)} · {facts.dates.day(facts.on)}* · {met}",
        *(since_words(facts.news, facts.standings, facts.dates) if better else ()),
        f"Tightest: {plain(tightest.name)}, budget left {left_percent(tightest)}",
        *([] if facts.due else ["Nothing waits for a decision."]),
        *_selection(facts),
    )
    waits = "" if facts.due else ", nothing waits"
    return Message(f"{_title(facts)}: {met}{waits}.", (section(*lines), *_ahead(facts, command)))


def _without_objectives(facts: RollUpFacts, command: str) -> Message:
    head = section(
        f"*{_title(facts)} · {facts.dates.day(facts.on)}*", "No objectives to tell of.", *_selection(facts)
    )
    blocks = (head, *lost_section(facts.lost), *_ahead(facts, command))
    return Message(f"{_title(facts)}: no objectives to tell of.", blocks)


def _title(facts: RollUpFacts) -> str:
    return "Chosen service levels" if facts.names else "Service levels"


def _selection(facts: RollUpFacts) -> list[str]:
    """What was asked for."""
    if not facts.names:
        return []
    shown = [plain(name, 60) for name in facts.names[:4]]
    more = [f"{len(facts.names) - len(shown)} more"] if len(facts.names) > len(shown) else []
    return ["Only " + ", ".join([*shown, *more])]


def _push_gaps(facts: RollUpFacts) -> str:
    lost = f" {len(facts.lost):,} not delivered." if facts.lost else ""
    return decisions_push(facts.deciding) + lost


def _ahead(facts: RollUpFacts, command: str) -> list[Block]:
    """What lies ahead, and the week and the month before on their first mornings."""
    summary = week_lines(facts.week, facts.dates)
    before = [*([section(*summary)] if summary else []), *score_section(facts.score, command)]
    return [*planned_section(facts.planned, facts.dates), *due_section(facts.due, facts.dates), *before]


EXAMPLE = RollUpFacts(
    TODAY,
    NINE,
    BERLIN,
    STANDINGS,
    Promises(AGREEMENTS, {PAYMENTS.name: PAYMENTS}, {}),
    news=NEWS,
    warned=WARNED,
    asked=ASKED,
    decides=True,
)
