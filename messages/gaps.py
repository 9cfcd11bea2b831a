"""What is missing: data that does not come, owners that nobody named, digests that were not posted."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.standing import Standing
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.reasons import last_received
from messages.room import fitting, flowing
from messages.states import state_words

MOST_LISTED = 8
ROOM_OF_LISTED = 1200


def silent_section(standings: Sequence[Standing], dates: Dates) -> list[Block]:
    """A line for each objective of which nothing was received for 24 hours."""

    def line(standing: Standing) -> str:
        last = last_received(standing)
        since = f", since {dates.since(last)}" if last else ""
        return f"• {plain(standing.name)}{since}"

    return _listed("*Silent*: nothing received for 24 h", standings, line)


def unowned_section(standings: Sequence[Standing]) -> list[Block]:
    """A line for each objective without an owner."""

    def line(standing: Standing) -> str:
        return f"• {plain(standing.name)} · {state_words(standing)}"

    return _listed("*Unowned*: nobody answers for these", standings, line)


def missed_section(missed: Sequence[date], dates: Dates) -> list[Block]:
    """The days whose digests were not posted, the last ones where they are many."""
    if not missed:
        return []
    earlier = ["earlier ones"] if len(missed) > MOST_LISTED else []
    days = [*earlier, *map(dates.day, missed[-MOST_LISTED:])]
    return [section(*flowing([f"Digests not posted: {days[0]}", *days[1:]], separator=", "))]


def _listed(title: str, standings: Sequence[Standing], line: Callable[[Standing], str]) -> list[Block]:
    """A titled list, as far as there is room."""
    if not standings:
        return []
    lines = fitting(standings, line, most=MOST_LISTED, room=ROOM_OF_LISTED)
    more = len(standings) - len(lines)
    return [section(title, *lines, *([f"• and {more:,} more"] if more else []))]
