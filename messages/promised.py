"""What a customer or a third party reads: only its own agreements, and nothing internal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.agreement import Agreement
from domain.minutes import instant_of
from domain.news import News
from domain.planned import PlannedWork, planned_within
from domain.shown import shown_state
from domain.situation import Situation
from domain.spells import Spell
from domain.standing import Standing, State
from domain.team import Team
from domain.time_limit import LimitUnit
from domain.urgency import ORDER
from domain.window import CalendarWindow, Period
from messages.ahead import when_and_why
from messages.amounts import attainment_words, duration
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, CARD_AUTH, CHECKOUT, INVOICE, NEWS, NINE, RETAIL, TODAY
from messages.message import Message
from messages.parties import SHORT
from messages.planned import notice_words
from messages.reasons import capital, coverage_words, silence_words
from messages.room import fitting, flowing, within
from messages.states import EMOJI, WORD, all_met_words, tally_words

MOST_SHOWN = 30
ROOM_OF_SHOWN = 8000
MOST_LOSSES = 6
MOST_WORKS = 4
ROOM_OF_WORKS = 900
CONTACT = "Contact: your service level managers"
"""An agreement's own contact is the customer's, and Slack's IDs would ping."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PromisedFacts:
    """What an outsider is told: `standings` under `agreements`, both only its own; `losses` by objective.

    `planned` lies ahead, `excluded` was done in the last week and did not count.
    """

    team: Team
    on: date
    at: datetime
    standings: Sequence[Standing]
    agreements: Sequence[Agreement]
    news: News
    planned: Sequence[PlannedWork] = ()
    excluded: Sequence[PlannedWork] = ()
    losses: Mapping[str, Sequence[Spell]] = field(default_factory=dict)

    @classmethod
    def of(cls, team: Team, on: date, situation: Situation, news: News) -> "PromisedFacts":
        """What of the situation the outsider may see."""
        standings = situation.shown_to(team)
        week = Period(situation.at - WEEK, situation.at)
        done = planned_within(situation.exclusions, standings, situation.promises, period=week)
        return cls(
            team=team,
            on=on,
            at=situation.at,
            standings=standings,
            agreements=situation.agreements_with(team),
            news=news,
            planned=situation.planned(standings),
            excluded=[work for work in done if len(work.too_late) < len(work.objectives)],
        )

    @property
    def dates(self) -> Dates:
        """Words for dates, in the outsider's zone."""
        return Dates(self.at, self.team.timezone)


def promised(facts: PromisedFacts) -> Message:
    """Their objectives, most urgent first; what did not count; what is planned; the next review; whom to ask."""
    title = f"*Your service levels · {_name(facts.team)} · {facts.dates.day(facts.on)}*"
    if not facts.standings:
        words = "No objectives are agreed at present."
        return Message(f"Your service levels: {words[0].lower()}{words[1:]}", (section(title, words),))
    ranked = sorted(facts.standings, key=lambda one: (ORDER.index(shown_state(one)), one.name))
    states = [shown_state(standing) for standing in ranked]
    shown = fitting(ranked, lambda one: _row(one, facts), most=MOST_SHOWN, room=ROOM_OF_SHOWN)
    rest = len(ranked) - len(shown)
    head = section(title, tally_words(states, bold=True))
    blocks = [*map(section, shown), *([section(f"and {rest:,} more")] if rest else []), _ahead(facts)]
    text = f"Your service levels: {_push(states)}."
    return Message(text, within([head], blocks, [context(CONTACT)]))


def _push(states: Sequence[State]) -> str:
    met = all(state is State.MET for state in states)
    return all_met_words(len(states)) if met else tally_words(states, separator=", ")


def _row(standing: Standing, facts: PromisedFacts) -> str:
    state = shown_state(standing)
    so_far = " so far" if isinstance(standing.terms.window, CalendarWindow) else ""
    lines = [
        f"{EMOJI[state]} *{plain(standing.name)}* · {WORD[state]}",
        f"{attainment_words(standing)}{so_far}",
        *_losses(facts.losses.get(standing.name, ()), facts.dates),
        *_doubts(standing, state, facts.dates),
    ]
    return "\n".join(lines)


def _doubts(standing: Standing, state: State, dates: Dates) -> list[str]:
    """What is missing of a figure, and that one under its target is not the last word."""
    if state is State.AT_RISK:
        return ["Below the target so far", *map(capital, coverage_words(standing))]
    silence = silence_words(standing, dates) if state is State.NO_DATA else []
    return [*map(capital, silence), *map(capital, coverage_words(standing))]


def _losses(losses: Sequence[Spell], dates: Dates) -> list[str]:
    """ "5 Nov 22 min · 18 Nov 8 min": how long it failed on its worst days, by date."""
    by_day: dict[date, int] = {}
    for spell in losses:
        on = dates.local(instant_of(spell.start)).date()
        by_day[on] = by_day.get(on, 0) + spell.end - spell.start
    worst = sorted(by_day, key=lambda on: (-by_day[on], on))[:MOST_LOSSES]
    told = [f"{dates.short(on)} {duration(by_day[on])}" for on in sorted(worst)]
    more = len(by_day) - len(worst)
    return flowing([*told, *([f"less on {more:,} more"] if more else [])])


def _ahead(facts: PromisedFacts) -> Block:
    lines = [
        *_works("*Not counted this week:*", facts.excluded, facts.dates, notice=False),
        *_works("*Planned:*", facts.planned, facts.dates, notice=True),
        *_review(facts),
    ]
    return section(*lines)


def _works(title: str, works: Sequence[PlannedWork], dates: Dates, *, notice: bool) -> list[str]:
    if not works:
        return [f"{title} nothing"]
    lines = fitting(works, lambda one: _work(one, dates, notice=notice), most=MOST_WORKS, room=ROOM_OF_WORKS)
    more = len(works) - len(lines)
    if len(works) == 1 and lines:
        return [f"{title} {lines[0]}"]
    return [title, *(f"• {line}" for line in lines), *([f"• and {more:,} more"] if more else [])]


def _work(work: PlannedWork, dates: Dates, *, notice: bool) -> str:
    told = [when_and_why(work, dates, outside=True), *(_notice(work) if notice else [])]
    return ";\n".join(told)


def _notice(work: PlannedWork) -> list[str]:
    """ "announced 9 working days ahead (5 agreed)", where a notice was agreed in working days."""
    late = ["it counts: announced too late"] if work.too_late else []
    if work.days_ahead is None or work.agreed is None or work.agreed.unit is not LimitUnit.WORKING_DAYS:
        return late
    return [notice_words(work.days_ahead, work.agreed), *late]


def _review(facts: PromisedFacts) -> list[str]:
    today = facts.dates.today
    reviews = [one.review for one in facts.agreements if one.review and one.review >= today]
    ends = [one.effective_until for one in facts.agreements if one.effective_until]
    near = [end for end in ends if end - today <= timedelta(days=30)]
    review = [f"*Next review:* {facts.dates.day(min(reviews))}"] if reviews else []
    return [*review, *(f"*Agreement ends:* {facts.dates.day(end)}" for end in sorted(near)[:1])]


def _name(team: Team) -> str:
    return plain(team.display_name.strip() or team.name, SHORT)


EXAMPLE = PromisedFacts(
    RETAIL,
    TODAY,
    NINE,
    (CARD_AUTH, CHECKOUT, INVOICE),
    (AGREEMENTS["checkout-sla"],),
    NEWS,
    losses={
        CARD_AUTH.name: [
            Spell(first, first + minutes, minutes)
            for first, minutes in ((29_897_820, 22), (29_916_380, 8), (29_920_094, 26))
        ]
    },
)
