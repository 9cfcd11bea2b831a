"""A breach warning: one message, edited in place from when it is posted until it is over."""

from domain.episode import WarningKind
from domain.warned import Happening, Warned
from messages.asking import ask_button, askable, form_menu
from messages.blocks import Block, actions, context, section
from messages.escaping import plain
from messages.message import Message
from messages.parties import SHORT
from messages.planned import person_words
from messages.room import pieces
from messages.warning_bundle import bundle_told
from messages.warning_burn import burn_told
from messages.warning_forecast import forecast_told
from messages.warning_people import who_lines
from messages.warning_silent import silent_told
from messages.warning_times import at_moment
from messages.warning_told import Told
from messages.warning_words import OVER_MARK, dates_of, footer_lines

MOST_NAMED = 3


def warning_message(
    warned: Warned, *, command: str = "/slm", handed_back: Happening | None = None
) -> Message:
    """The warning as it is at `warned.at`: what it is about, how it stands, who has it, what can be done.

    Who has just `handed_back` is named here, since a name in a new line of the thread would call that person.
    """
    told = _told(warned, command)
    *above, who = told.parts
    parts = [*above, [*(_handed_back(handed_back, warned) if handed_back else []), *who]]
    texts = [text for part in parts if part for text in pieces(part)]
    buttons = _buttons(warned)
    blocks = [*map(section, texts), *([actions(*buttons)] if buttons else [])]
    return Message(told.push, (*blocks, context("\n".join(footer_lines(warned, told)))))


def _told(warned: Warned, command: str) -> Told:
    if len(warned.objectives) > 1:
        return bundle_told(warned, command=command)
    if not warned.objectives:
        return _without_figures(warned)
    (one,) = warned.objectives
    match one.episode.kind:
        case WarningKind.BURN:
            return burn_told(one, warned)
        case WarningKind.FORECAST:
            return forecast_told(one, warned)
        case WarningKind.SILENT:
            return silent_told(one, warned)


def _handed_back(happening: Happening, warned: Warned) -> list[str]:
    by = f" by {person_words(happening.by)}" if happening.by else ""
    return [f"Handed back{by} {at_moment(happening.at, dates_of(warned))}."]


def _without_figures(warned: Warned) -> Told:
    """Of objectives that are not defined any more."""
    names = [plain(one.objective) for one in warned.warning.episodes[:MOST_NAMED]]
    more = len(warned.warning.episodes) - len(names)
    named = ", ".join(names or [plain(warned.warning.service, SHORT)]) + (
        f" and {more:,} more" if more else ""
    )
    state = "open" if warned.warning.is_open else "over"
    head = [f"{'❔' if warned.warning.is_open else OVER_MARK} *{named}* · {state}", "Not defined any more."]
    return Told(f"{named}: {state}", [head, who_lines(warned)])


def _buttons(warned: Warned) -> list[Block]:
    """At most three and a menu, each always in its place."""
    warning, explain = warned.warning, _explain(warned)
    if not warning.is_open:
        return explain
    if warning.acknowledged_by:
        first = ask_button("Hand back", f"ack {warning.name} back")
    else:
        first = ask_button("Acknowledge", f"ack {warning.name}")
    return [first, *explain, form_menu(_snoozes(warned), place=f"snooze:{warning.number}")]


def _explain(warned: Warned) -> list[Block]:
    """Of several objectives it offers those of the service to choose from."""
    names = [one.name for one in warned.objectives]
    if not names:
        return []
    asked = (
        f"explain objective:{names[0]}" if len(names) == 1 else f"explain service:{warned.warning.service}"
    )
    return [ask_button("Explain", asked)] if askable(asked) else []


def _snoozes(warned: Warned) -> list[tuple[str, str]]:
    name = warned.warning.name
    ends = [("Snooze until the maintenance ends", f"snooze {name} until maintenance")]
    return [
        ("Snooze 1 hour", f"snooze {name} 1h"),
        ("Snooze until tomorrow's digest", f"snooze {name} until digest"),
        *(ends if warned.maintenance_until else []),
        ("Snooze…", f"snooze {name}"),
    ]
