"""The one new line in a channel when something that it was warned of is breached."""

from collections.abc import Sequence

from domain.standing import State
from domain.warned import Warned
from messages.blocks import section
from messages.escaping import plain
from messages.message import Message
from messages.parties import SHORT
from messages.states import EMOJI
from messages.warning_times import at_moment, push_moment
from messages.warning_words import dates_of


def breach_line(warned: Warned, objective: str, *others: str) -> Message:
    """Which objective was breached, or how many, and when."""
    names, dates = (objective, *others), dates_of(warned)
    found = {one.objective: one.breached_at for one in warned.warning.episodes}
    at = found.get(objective) or warned.at
    what = _what(warned, names)
    line = f"{EMOJI[State.BREACHED]} *{what}* breached {at_moment(at, dates)} · {warned.warning.name}"
    return Message(f"{what} breached {push_moment(at, dates)}", (section(line),))


def _what(warned: Warned, names: Sequence[str]) -> str:
    if len(names) == 1:
        return plain(names[0])
    return f"{len(names):,} objectives of {plain(warned.warning.service, SHORT)}"
