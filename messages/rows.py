"""Objectives as rows: those not met in full, the met ones in few words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.agreement import Agreement
from domain.news import NO_NEWS, News
from domain.standing import Standing, State
from domain.urgency import by_urgency
from messages.amounts import attainment_words, budget_words, left_percent
from messages.asking import ask_menu, askable
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.limits import weight
from messages.news import state_with_news, was_left
from messages.parties import agreement_words
from messages.reasons import reason_lines
from messages.room import LINE, fitting, flowing
from messages.states import EMOJI, WORD

MOST_ROWS = 12
MOST_MET = 12
ROOM_OF_MET = 2000
MENU = (("Explain", "explain"), ("History", "history"), ("Who answers", "who"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row tells beside the figures: to whom it is promised, and what changed since the last digest."""

    agreements: Mapping[str, Agreement]
    dates: Dates
    news: News = NO_NEWS


def rows(standings: Sequence[Standing], beside: Beside, *, room: int) -> list[Block]:
    """The first of `standings`, none of them met, as far as there is room; each with its menu."""
    shown: list[Block] = []
    for place, standing in enumerate(standings[:MOST_ROWS]):
        block = section(_row(standing, beside), accessory=row_menu(standing, place))
        room -= weight(block) + 1
        if room < 0:
            break
        shown.append(block)
    return shown


def row_menu(standing: Standing, place: int) -> Block | None:
    """The ⋯ of a row; none where its name is too long to be asked for."""
    options = [(label, f"{word} {standing.name}") for label, word in MENU]
    return ask_menu(options, place=f"row:{place}") if all(askable(text) for _, text in options) else None


def rest_words(standings: Sequence[Standing]) -> str:
    """ "and 23 more at risk, 4 more no data": those that found no room."""
    counted = Counter(standing.state for standing in standings)
    return "and " + ", ".join(f"{number:,} more {WORD[state]}" for state, number in counted.items())


def met_section(standings: Sequence[Standing]) -> list[Block]:
    """The met ones of `standings`, the smallest budget left first."""
    met = [standing for standing in by_urgency(standings) if standing.state is State.MET]
    if not met:
        return []
    words = fitting(met, _name_and_left, most=MOST_MET, room=ROOM_OF_MET)
    more = [f"and {len(met) - len(words):,} more"] if len(met) > len(words) else []
    return [section(f"✅ *{len(met):,} met*, with budget left:", *flowing([*words, *more]))]


def _row(standing: Standing, beside: Beside) -> str:
    """State, figures, why and until when; the agreement beside the last figure where it fits."""
    state = state_with_news(standing, beside.news)
    headline = f"{EMOJI[standing.state]} *{plain(standing.name)}* · {state}"
    reasons = reason_lines(standing, beside.dates)
    agreement = agreement_words(standing, beside.agreements)
    other = [agreement] if agreement else []
    if standing.state is State.NO_DATA:
        return "\n".join([headline, *reasons[:-1], *flowing([*reasons[-1:], *other])])
    budget, was = budget_words(standing), was_left(standing, beside.news)
    changed = [f"{budget}, {was}"] if len(budget) + len(was) + 2 <= LINE else [budget, was]
    lines = [attainment_words(standing), *flowing([*(changed if was else [budget]), *other])]
    if len(lines) == 2:
        return "\n".join([headline, *lines, *reasons])
    return "\n".join([headline, *lines[:2], *reasons[:-1], *flowing([*reasons[-1:], *other])])


def _name_and_left(standing: Standing) -> str:
    return f"{plain(standing.name)} {left_percent(standing)}"
