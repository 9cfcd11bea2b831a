"""The line in a channel about a breach that nothing had warned of."""

from collections.abc import Sequence

from domain.standing import Standing, State
from messages.asking import ask_button
from messages.blocks import actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import CARD_AUTH
from messages.message import Message
from messages.parties import SHORT
from messages.states import EMOJI
from messages.warning_times import at_moment, push_moment

EXAMPLE = (CARD_AUTH,)


def breached_message(standings: Sequence[Standing], *, zone: str) -> Message:
    """Which objective of a service was breached, or how many; as of the first standing's instant."""
    first = standings[0]
    dates = Dates(first.at, zone)
    several = len(standings) > 1
    service = plain(first.objective.service, SHORT)
    what = f"{len(standings):,} objectives of {service}" if several else plain(first.name)
    line = f"{EMOJI[State.BREACHED]} *{what} breached {at_moment(first.at, dates)}*"
    asked = f"status {first.objective.service}" if several else f"explain {first.name}"
    button = ask_button("Show them" if several else "Explain", asked)
    return Message(f"{what} breached {push_moment(first.at, dates)}", (section(line), actions(button)))
