"""How a figure came about, where something of it was contested or ruled: all four figures, and what left them."""

from collections.abc import Sequence

from domain.dispute import Effect, Outcome, Ruling
from domain.layer import Layer
from domain.layered import Layered
from domain.minutes import instant_of
from domain.ratio import floor_percent, percent_places
from domain.reckoning import minutes_of
from domain.standing import Standing
from domain.window import Period
from messages.columns import code, columns
from messages.contested import contested_line
from messages.dates import Dates
from messages.planned import person_words, span_words
from messages.room import fitting
from messages.states import WORD

NAMES = {
    Layer.MEASURED: "measured",
    Layer.AGREEMENT: "as ruled",
    Layer.OWNER: "owner",
    Layer.IF_UPHELD: "if upheld",
}
PLACES = 6
MOST_RULINGS = 20
ROOM_OF_RULINGS = 2000
NOTHING = "–"


def figures_part(standing: Standing, layered: Layered | None) -> list[str]:
    """Measured, as ruled, the owner's, and if the open disputes succeed; nothing where they are all the same."""
    if layered is None or not any(layered.differs(layer) for layer in Layer):
        return contested_line(standing)
    rows = [_row(NAMES[layer], layered.standing(layer)) for layer in Layer]
    return ["*Figures*: what was ruled, and is contested", code(columns(rows)), *contested_line(standing)]


def ruled_minutes(rulings: Sequence[Ruling], standing: Standing) -> int:
    """How many minutes of the period rulings took out of the agreement's figure."""
    return sum(
        minutes_of(_period(span), standing) for one in _excluding(rulings) for span in one.contested.spans
    )


def ruled_lines(rulings: Sequence[Ruling], standing: Standing, dates: Dates) -> list[str]:
    """Each of these rulings, and each correction, with who decided."""
    return fitting(
        [one for one in rulings if one.layer == Layer.AGREEMENT and _touches(one, standing)],
        lambda one: _line(one, standing, dates),
        most=MOST_RULINGS,
        room=ROOM_OF_RULINGS,
    )


def _line(one: Ruling, standing: Standing, dates: Dates) -> str:
    first = _period(one.contested.spans[0])
    minutes = sum(minutes_of(_period(span), standing) for span in one.contested.spans)
    what = f"{minutes:,} min"
    if one.effect is Effect.CORRECTION:
        events = one.contested.events
        what = f"{events:,} bad events, of {minutes:,} min" if events else f"{minutes:,} min count as failed"
    how = "settled" if one.outcome is Outcome.SETTLED else f"{one.outcome.value}, ruled"
    return f"• {span_words(first, dates)}: {what}\n  D-{one.dispute}: {how} by {person_words(one.by)}"


def _touches(one: Ruling, standing: Standing) -> bool:
    return any(minutes_of(_period(span), standing) for span in one.contested.spans)


def _excluding(rulings: Sequence[Ruling]) -> list[Ruling]:
    return [one for one in rulings if one.layer == Layer.AGREEMENT and not one.contested.corrections]


def _period(span: tuple[int, int]) -> Period:
    return Period(instant_of(span[0]), instant_of(span[1]))


def _row(label: str, standing: Standing) -> list[str]:
    attainment = standing.attainment
    places = max(PLACES, percent_places(standing.terms.target))
    figure = NOTHING if attainment is None else floor_percent(attainment, places)
    return [label, figure, WORD[standing.state]]
