"""Promises to customers, a few lines each."""

from collections.abc import Mapping, Sequence

from domain.agreement import Agreement, AgreementKind
from domain.news import News
from domain.ratio import exact_percent
from domain.standing import Standing, State
from domain.warned_since import WarnedSince
from messages.amounts import attainment_percent, left_percent
from messages.blocks import Block, section
from messages.escaping import plain
from messages.news import was_left
from messages.parties import SHORT
from messages.reasons import silence_length
from messages.room import fitting
from messages.rows import rest_words
from messages.states import EMOJI, WORD
from messages.warned_lines import chance_words

MOST_PROMISES = 10
ROOM_OF_PROMISES = 2700


def promises_section(
    ranked: Sequence[Standing],
    agreements: Mapping[str, Agreement],
    news: News,
    warned: WarnedSince | None = None,
) -> list[Block]:
    """How many SLA objectives are met, and which are not, the most urgent first."""
    promised = promised_to_customers(ranked, agreements)
    if not promised:
        return []
    wrong = [one for one in promised if one.state is not State.MET]
    met = len(promised) - len(wrong)
    noun = "objective" if len(promised) == 1 else "objectives"
    title = f"*Promises to customers: {met:,} of {len(promised):,} SLA {noun} met*"

    def write(one: Standing) -> str:
        chance = chance_words(warned.parts(one.name)) if warned else None
        return _lines(one, agreements, news, chance)

    lines = fitting(wrong, write, most=MOST_PROMISES, room=ROOM_OF_PROMISES)
    rest = wrong[len(lines) :]
    return [section(title, *lines, *([rest_words(rest)] if rest else []))]


def promised_to_customers(
    standings: Sequence[Standing], agreements: Mapping[str, Agreement]
) -> list[Standing]:
    """Those in an SLA."""
    return [one for one in standings if _kind(one, agreements) is AgreementKind.SLA]


def count_of(standings: Sequence[Standing]) -> str:
    """ "6 of 9"."""
    return f"{sum(one.state is State.MET for one in standings):,} of {len(standings):,}"


def _kind(standing: Standing, agreements: Mapping[str, Agreement]) -> AgreementKind | None:
    agreement = agreements.get(standing.terms.agreement or "")
    return agreement.kind if agreement else None


def _lines(standing: Standing, agreements: Mapping[str, Agreement], news: News, chance: str | None) -> str:
    customer = plain(agreements[standing.terms.agreement or ""].customer, SHORT)
    name, before = plain(standing.name), news.was(standing)
    was = f" (was {WORD[before.state]})" if before and before.state is not standing.state else ""
    head = f"{EMOJI[standing.state]} {customer} · {name} · {WORD[standing.state]}{was}"
    if standing.state is State.NO_DATA:
        return "\n    ".join([head, *silence_length(standing)[:1]])
    figures = f"{attainment_percent(standing)}, target {exact_percent(standing.terms.target)}"
    if chance and standing.state is State.AT_RISK:
        return f"{head}\n    {figures} · {chance}"
    was = was_left(standing, news)
    return f"{head}\n    {figures} · left {left_percent(standing)}{', ' if was else ''}{was}"
