"""The warnings that wait for a person, and those that the person has: a line and a button each."""

from collections.abc import Sequence
from datetime import datetime

from domain.breach_warning import BreachWarning, by_need
from domain.warning_choice import about
from messages.asking import ask_button
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.warning_words import severity_words

MOST = 5


def warning_sections(
    waiting: Sequence[BreachWarning], held: Sequence[BreachWarning], dates: Dates, *, command: str
) -> list[Block]:
    """Those that nobody has, then those that the person has, urgent ones first."""
    free, own = by_need(waiting)[:MOST], by_need(held)[:MOST]
    rest = len(waiting) + len(held) - len(free) - len(own)
    more = [section(f"and {rest:,} more: `{command} warnings open`")] if rest else []
    return [*(_free(one, dates) for one in free), *(_own(one, dates) for one in own), *more]


def _free(warning: BreachWarning, dates: Dates) -> Block:
    """ "⚠️ W-43 payout-latency: nobody has it yet", since when it is open, and whether it is urgent."""
    button = ask_button("Acknowledge", f"ack {warning.name}")
    return section(
        f"⚠️ {_words(warning)}: nobody has it yet", _since(warning.opened_at, warning, dates), accessory=button
    )


def _own(warning: BreachWarning, dates: Dates) -> Block:
    button = ask_button("Hand back", f"ack {warning.name} back")
    since = _since(warning.acknowledged_at or warning.opened_at, warning, dates)
    return section(f"⚠️ {_words(warning)}: you have it", since, accessory=button)


def _words(warning: BreachWarning) -> str:
    return f"{warning.name} {plain(about(warning))}"


def _since(instant: datetime, warning: BreachWarning, dates: Dates) -> str:
    """ "since today 08:05 · can wait", "since Mon 14:02 · urgent"."""
    today = "today " if dates.local(instant).date() == dates.today else ""
    return f"since {today}{dates.since(instant)} · {severity_words(warning.severity)}"
