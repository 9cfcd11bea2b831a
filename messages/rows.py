"""Objectives as rows: those not met in full, the met ones in few words."""

from collections import Counter
from collections.abc import Mapping, Sequence

from domain.agreement import Agreement
from domain.standing import Standing, State
from domain.urgency import by_urgency
from messages.amounts import attainment_words, budget_words, left_percent
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import agreement_words
from messages.reasons import reason_lines
from messages.room import fitting, flowing
from messages.states import EMOJI, WORD

MOST_ROWS = 12
ROOM_OF_ROWS = 6000
MOST_MET = 12
ROOM_OF_MET = 2000


def rows(standings: Sequence[Standing], agreements: Mapping[str, Agreement], dates: Dates) -> list[str]:
    """The first of `standings`, none of them met, as far as there is room."""
    return fitting(standings, lambda one: _row(one, agreements, dates), most=MOST_ROWS, room=ROOM_OF_ROWS)


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


def _row(standing: Standing, agreements: Mapping[str, Agreement], dates: Dates) -> str:
    """State, figures, why and until when; the agreement beside the last figure where it fits."""
    headline = f"{EMOJI[standing.state]} *{plain(standing.name)}* · {WORD[standing.state]}"
    reasons = reason_lines(standing, dates)
    agreement = agreement_words(standing, agreements)
    other = [agreement] if agreement else []
    if standing.state is State.NO_DATA:
        return "\n".join([headline, *reasons[:-1], *flowing([*reasons[-1:], *other])])
    figures = [attainment_words(standing), *flowing([budget_words(standing), *other])]
    return "\n".join([headline, *figures, *reasons])


def _name_and_left(standing: Standing) -> str:
    return f"{plain(standing.name)} {left_percent(standing)}"
