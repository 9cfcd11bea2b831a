"""How a figure came about: every number in it adds up by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from domain.agreement import Agreement
from domain.answered import NO_ANSWERS, Answers
from domain.breach_warning import BreachWarning
from domain.dispute import Ruling
from domain.exclusion import Exclusion
from domain.guarantee import Guarantee
from domain.layered import Layered
from domain.minutes import minute_of
from domain.planned import PlannedWork
from domain.ratio import exact_percent
from domain.scope import Scope
from domain.spans import Spans
from domain.spells import Spell
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from domain.window import Period
from messages.amounts import attainment_percent, left_percent
from messages.asking import ask_button, askable
from messages.blocks import Block, actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, CHECKOUT, PAYMENTS, STANDINGS, events
from messages.explain_budget import budget_part, counted_part, pace_part, spells_part
from messages.explain_minutes import measured_part, not_counted_part
from messages.explain_ruled import figures_part
from messages.explain_terms import EXAMPLE_ANSWERS, EXAMPLE_GUARANTEE, Agreed, terms_part, under_part
from messages.message import Message
from messages.parties import team_words
from messages.reasons import capital, ends, why
from messages.room import fitting, pieces
from messages.rows import rest_words
from messages.states import EMOJI, WORD, counts_words, state_words
from messages.status_warnings import EXAMPLE_OVER, example_over
from messages.windows import window_words

MOST_BUTTONS = 8
MOST_LINES = 60
ROOM_OF_LINES = 6000


@dataclass(frozen=True, slots=True)
class Explained:
    """A standing with all that made it: its spells, and the planned work of its period, in order.

    `on` is the date of the agreement's provider, None: that of `zone`. `warnings` are those of its period, `rulings`
    those that hold.
    """

    standing: Standing
    spells: Sequence[Spell]
    planned: Sequence[PlannedWork]
    owner: Team | None
    agreement: Agreement | None
    zone: str = "UTC"
    on: date | None = None
    warnings: Sequence[BreachWarning] = ()
    answers: Answers = NO_ANSWERS
    guarantee: Guarantee | None = None
    layered: Layered | None = None
    rulings: Sequence[Ruling] = ()

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of whoever asks."""
        return Dates(self.standing.at, self.zone)

    @property
    def agreed(self) -> Agreed:
        """Who answers for it, and what was agreed."""
        return Agreed(self.owner, self.agreement, self.on or self.dates.today, self.answers)


@dataclass(frozen=True, slots=True)
class Choice:
    """The objectives of a service or team, of which one is to be explained; `title` is escaped already."""

    title: str
    standings: Sequence[Standing]


def explain(facts: Explained) -> Message:
    """The figure in eight parts, and the state that follows."""
    standing, dates = facts.standing, facts.dates
    parts = [
        counted_part(standing, dates),
        figures_part(standing, facts.layered),
        budget_part(standing),
        spells_part(standing, facts.spells, facts.warnings, dates),
        pace_part(standing),
        not_counted_part(standing, facts.planned, facts.rulings, facts.agreement, dates),
        measured_part(standing),
        terms_part(standing, facts.agreed, dates),
        under_part(facts.guarantee),
    ]
    blocks = [
        section(*_headline(standing)),
        *(section(*part) for part in parts if part),
        section(*_state(standing, dates)),
    ]
    name = plain(standing.name)
    summary = _headline(standing)[1].replace("*", "")
    hint = f"figures to {dates.time(standing.at)}"
    return Message(f"{name}: {WORD[standing.state]}. {summary}.", (*blocks, *_buttons(standing)), hint)


def explain_which(facts: Choice, *, command: str = "/slm") -> Message:
    """A line an objective, the most urgent first, with buttons that explain the first ones."""
    if not facts.standings:
        return Message(
            f"{facts.title}: no objectives.", (section(f"*{facts.title}*", "It has no objectives."),)
        )
    ranked = by_urgency(facts.standings)
    buttoned = [one for one in ranked if askable(_ask(one))][:MOST_BUTTONS]
    rows = [section(_line(one), accessory=ask_button("Explain", _ask(one))) for one in buttoned]
    others = [one for one in ranked if one not in buttoned]
    lines = fitting(others, _line, most=MOST_LINES, room=ROOM_OF_LINES)
    rest = others[len(lines) :]
    more = [section(f"{rest_words(rest)}: `{command} explain NAME`")] if rest else []
    head = section(f"*{facts.title}* · which one?", counts_words(ranked, bold=True))
    text = f"{facts.title}: {counts_words(ranked, separator=', ')}. Which one?"
    return Message(text, (head, *rows, *map(section, pieces(lines)), *more))


def _headline(standing: Standing) -> list[str]:
    """Name, state and figure; without data no figure, since any would pretend to know."""
    name, figure = f"*{plain(standing.name)}* · {state_words(standing)}", attainment_percent(standing)
    window = window_words(standing.terms.window, standing.period)
    target = f"target {exact_percent(standing.terms.target)}, {window}"
    if standing.state is State.NO_DATA or figure is None:
        return [name, capital(target)]
    return [name, f"Attainment *{figure}*, {target}"]


def _state(standing: Standing, dates: Dates) -> list[str]:
    """ "State: at risk, because under 25% left", and until when."""
    reasons, end = why(standing, dates), ends(standing, dates)
    because = f", because {', '.join(reasons)}" if reasons else ""
    return [f"State: {WORD[standing.state]}{because}", *([f"Until: {end}"] if end else [])]


def _buttons(standing: Standing) -> list[Block]:
    ask = f"history {standing.name}"
    return [actions(ask_button("History", ask))] if askable(ask) else []


def _ask(standing: Standing) -> str:
    return f"explain {standing.name}"


def _line(standing: Standing) -> str:
    figures = f"{attainment_percent(standing)} · budget left {left_percent(standing)}"
    if standing.state is State.NO_DATA:
        figures = WORD[standing.state]
    return f"{EMOJI[standing.state]} {plain(standing.name)}\n{figures}"


def _example() -> Explained:
    """The checkout's thirty days: two outages and a database upgrade."""
    burns = {"1h": (36_000, 7), "6h": (216_000, 43), "1d": (864_000, 3_150), "3d": (2_592_000, 3_500)}
    figures = replace(
        CHECKOUT.figures,
        burns=dict(CHECKOUT.figures.burns) | {name: events(*counts, 60) for name, counts in burns.items()},
    )
    upgrade = Period(_utc(15, 1, 0), _utc(15, 1, 30))
    excluded = Spans([(upgrade.start_minute, upgrade.end_minute)])
    exclusion = Exclusion(
        "database-upgrade",
        (upgrade.start,),
        timedelta(minutes=30),
        "database upgrade",
        _utc(6, 9, 0),
        author="U0BEN",
    )
    return Explained(
        replace(CHECKOUT, figures=figures, scope=Scope(excluded=excluded)),
        [
            _spell(_utc(2, 9, 12), 29, 14_200),
            _spell(_utc(23, 12, 52), 36, 3_024),
        ],
        [PlannedWork(exclusion, upgrade, (CHECKOUT.name,))],
        PAYMENTS,
        AGREEMENTS["checkout-sla"],
        PAYMENTS.timezone,
        warnings=(example_over(31, _utc(2, 9, 16), _utc(2, 9, 56)), EXAMPLE_OVER),
        answers=EXAMPLE_ANSWERS,
        guarantee=EXAMPLE_GUARANTEE,
    )


def _utc(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def _spell(start: datetime, minutes: int, lost: int) -> Spell:
    return Spell(minute_of(start), minute_of(start) + minutes, lost)


EXAMPLE = _example()
EXAMPLE_CHOICE = Choice(team_words(PAYMENTS), STANDINGS)
