"""Objectives that do not count, since the agreement that promised them is not in effect."""

from collections.abc import Sequence
from datetime import date

from domain.agreement import Agreement, AgreementKind
from domain.in_effect import Uncounted
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import TODAY
from messages.parties import SHORT, effect_words
from messages.room import fitting, flowing

MOST_AGREEMENTS = 4
MOST_NAMES = 5
ROOM = 1200


def uncounted_section(found: Sequence[Uncounted], dates: Dates) -> list[Block]:
    """The same as a section of a message."""
    lines = uncounted_lines(found, dates)
    return [section(*lines)] if lines else []


def uncounted_lines(found: Sequence[Uncounted], dates: Dates) -> list[str]:
    """ "fax-delivery, fax-errors (SLA fax-sla, ended 30 Sep)", a line an agreement; nothing without any."""
    if not found:
        return []
    lines = fitting(found, lambda one: f"• {_line(one, dates)}", most=MOST_AGREEMENTS, room=ROOM)
    more = len(found) - len(lines)
    return ["*Not counted*", *lines, *([f"• and of {more:,} more agreements"] if more else [])]


def uncounted_why(agreement: Agreement, on: date, dates: Dates) -> list[str]:
    """ "Not counted: SLA fax-sla ended 30 Sep"; nothing where it is in effect on the provider's date `on`."""
    effect = effect_words(agreement, on, dates)
    return [f"Not counted: {agreement.kind} {plain(agreement.name, SHORT)} {effect[0]}"] if effect else []


def _line(one: Uncounted, dates: Dates) -> str:
    names = [plain(name, SHORT) for name in one.objectives[:MOST_NAMES]]
    more = len(one.objectives) - len(names)
    agreement = ", ".join(
        [
            f"{one.agreement.kind} {plain(one.agreement.name, SHORT)}",
            *effect_words(one.agreement, one.on, dates),
        ]
    )
    told = [*names, *([f"{more:,} more"] if more else [])]
    return "\n    ".join([*flowing(told), agreement])


EXAMPLE = (
    Uncounted(
        Agreement("fax-sla", AgreementKind.SLA, "payments", "retail", effective_until=date(2026, 9, 30)),
        TODAY,
        ("fax-delivery", "fax-errors"),
    ),
)
