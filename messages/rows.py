"""Objectives as rows: those not met in full, the met ones in few words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.agreement import Agreement
from domain.news import NO_NEWS, News
from domain.standing import Standing, State
from domain.urgency import by_urgency
from domain.warned_since import Part, WarnedSince
from messages.amounts import attainment_words, budget_words, left_percent
from messages.asking import askable, form_menu
from messages.blocks import Block, section
from messages.contested import contested_line
from messages.dates import Dates
from messages.escaping import plain
from messages.limits import weight
from messages.news import state_with_news, was_left
from messages.parties import agreement_words
from messages.reasons import reason_lines
from messages.room import LINE, fitting, flowing
from messages.states import EMOJI, UNACKNOWLEDGED, WORD
from messages.warned_lines import row_lines

MOST_ROWS = 12
MOST_MET = 12
ROOM_OF_MET = 2000
MOST_TAKEN = 2
MENU = (("Explain", "explain"), ("Dispute…", "dispute"), ("History", "history"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row tells beside the figures: to whom it is promised, and what changed and was warned of lately."""

    agreements: Mapping[str, Agreement]
    dates: Dates
    news: News = NO_NEWS
    warned: WarnedSince | None = None

    def parts(self, standing: Standing) -> list[Part]:
        """What was warned of the objective."""
        return self.warned.parts(standing.name) if self.warned else []


def rows(standings: Sequence[Standing], beside: Beside, *, room: int) -> list[Block]:
    """The first of `standings`, none of them met, as far as there is room; each with its menu."""
    shown: list[Block] = []
    for place, standing in enumerate(standings[:MOST_ROWS]):
        block = section(_row(standing, beside), accessory=row_menu(standing, beside.parts(standing), place))
        room -= weight(block) + 1
        if room < 0:
            break
        shown.append(block)
    return shown


def row_menu(standing: Standing, parts: Sequence[Part], place: int) -> Block | None:
    """The ⋯ of a row, also to take its warnings that nobody has; none where its name is too long to be asked for."""
    options = [(label, f"{word} {standing.name}") for label, word in MENU]
    free = [one.warning.name for one in parts if one.episode.is_open and not one.warning.acknowledged_by]
    options += [(f"Acknowledge {name}", f"ack {name}") for name in dict.fromkeys(free[:MOST_TAKEN])]
    return form_menu(options, place=f"row:{place}") if all(askable(text) for _, text in options) else None


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
    mark = [UNACKNOWLEDGED] if standing.unacknowledged else []
    return "\n".join([_told(standing, beside), *contested_line(standing), *mark])


def _told(standing: Standing, beside: Beside) -> str:
    """State, figures, what was warned of, why and until when; the agreement beside the last figure where it fits."""
    state = state_with_news(standing, beside.news)
    headline = f"{EMOJI[standing.state]} *{plain(standing.name)}* · {state}"
    parts = beside.parts(standing)
    warned = row_lines(parts, beside.dates, no_data=standing.state is State.NO_DATA)
    reasons = reason_lines(standing, beside.dates, warned=any(part.episode.is_open for part in parts))
    agreement = agreement_words(standing, beside.agreements)
    other = [agreement] if agreement else []
    if standing.state is State.NO_DATA:
        return "\n".join([headline, *reasons[:-1], *flowing([*reasons[-1:], *other]), *warned])
    budget, was = budget_words(standing), was_left(standing, beside.news)
    changed = [f"{budget}, {was}"] if len(budget) + len(was) + 2 <= LINE else [budget, was]
    lines = [attainment_words(standing), *flowing([*(changed if was else [budget]), *other])]
    if len(lines) == 2:
        return "\n".join([headline, *lines, *warned, *reasons])
    reasons = [*warned, *reasons]
    return "\n".join([headline, *lines[:2], *reasons[:-1], *flowing([*reasons[-1:], *other])])


def _name_and_left(standing: Standing) -> str:
    return f"{plain(standing.name)} {left_percent(standing)}"
