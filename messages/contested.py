"""The mark of a contested figure, and what it would be."""

from domain.ratio import floor_percent, percent_places
from domain.standing import Standing
from messages.states import WORD

CONTESTED = "⚖️ contested"
"""The mark beside a state, while something is in dispute and undecided."""

MOST_NUMBERS = 3


def contested_line(standing: Standing) -> list[str]:
    """ "⚖️ contested: 99.91%, met, if D-17 is upheld"; nothing where nothing is in dispute."""
    if not standing.contested:
        return []
    upheld = standing.if_upheld
    if upheld is None or upheld.attainment is None:
        return [f"{CONTESTED}: {numbers_words(standing)}"]
    figure = floor_percent(upheld.attainment, percent_places(standing.terms.target))
    many = "are" if len(standing.contested) > 1 else "is"
    return [f"{CONTESTED}: {figure}, {WORD[upheld.state]}, if {numbers_words(standing)} {many} upheld"]


def numbers_words(standing: Standing) -> str:
    """ "D-17, D-18"."""
    shown = [f"D-{number}" for number in standing.contested[:MOST_NUMBERS]]
    more = len(standing.contested) - len(shown)
    return ", ".join([*shown, *([f"{more} more"] if more else [])])
