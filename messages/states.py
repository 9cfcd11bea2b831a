"""States in words: four shapes, always with the word."""

from collections import Counter
from collections.abc import Iterable, Mapping

from domain.standing import Standing, State

EMOJI: Mapping[State, str] = {
    State.MET: "✅",
    State.AT_RISK: "⚠️",
    State.BREACHED: "❌",
    State.NO_DATA: "❔",
}
WORD: Mapping[State, str] = {
    State.MET: "met",
    State.AT_RISK: "at risk",
    State.BREACHED: "breached",
    State.NO_DATA: "no data",
}
UNACKNOWLEDGED = "✍️ unacknowledged"
"""The mark beside a state, where the owner was asked and has not acknowledged."""

TOLD_FIRST = (State.AT_RISK, State.BREACHED, State.NO_DATA)


def counts_words(standings: Iterable[Standing], *, bold: bool = False, separator: str = " · ") -> str:
    """ "3 of 7 met · 2 at risk · 1 breached · 1 no data"."""
    return tally_words((standing.state for standing in standings), bold=bold, separator=separator)


def tally_words(states: Iterable[State], *, bold: bool = False, separator: str = " · ") -> str:
    """The same of states alone."""
    counted = Counter(states)
    met = f"{counted[State.MET]:,} of {counted.total():,} met"
    others = [f"{counted[state]:,} {WORD[state]}" for state in TOLD_FIRST if counted[state]]
    return separator.join([f"*{met}*" if bold else met, *others])


def all_met_words(count: int) -> str:
    """ "all 7 met", "1 of 1 met"."""
    return f"all {count:,} met" if count > 1 else f"{count} of {count} met"


def state_words(standing: Standing) -> str:
    """ "❌ breached"."""
    return f"{EMOJI[standing.state]} {WORD[standing.state]}"
