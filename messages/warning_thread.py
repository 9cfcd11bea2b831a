"""What happens in a warning, a line each in its thread; only who must act now is called."""

from domain.burn import Severity
from domain.episode import WarningKind
from domain.warned import Happening, Turn, Warned, WarnedObjective
from messages.asking import ask_button
from messages.blocks import actions, section
from messages.escaping import plain
from messages.message import Message
from messages.planned import objectives_words, person_words
from messages.reasons import capital
from messages.warning_breach import breach_line
from messages.warning_forecast import chance_words
from messages.warning_people import ROLES, call_rung, call_team
from messages.warning_times import at_moment, moment, without_tokens
from messages.warning_words import cost_words, dates_of, failing_words, subject_words


def thread_line(happening: Happening, warned: Warned) -> Message:
    """One line of what happened; where somebody is asked, with a button to acknowledge it."""
    if happening.turn is Turn.BREACHED and happening.objectives:
        return breach_line(warned, *happening.objectives)
    called, line = _called(happening, warned), _line(happening, warned)
    said = f"{called} {line}" if called else line
    blocks = [section(said)]
    if happening.turn in (Turn.ASKED, Turn.URGENT) and _free(warned):
        blocks.append(actions(ask_button("Acknowledge", f"ack {warned.warning.name}")))
    return Message(without_tokens(said), tuple(blocks))


def _called(happening: Happening, warned: Warned) -> str:
    if happening.turn is Turn.ASKED and happening.rung:
        return call_rung(happening.rung, warned) or f"{capital(ROLES.get(happening.rung.to, 'next'))}:"
    return call_team(warned.team) if happening.turn is Turn.URGENT and _free(warned) else ""


def _free(warned: Warned) -> bool:
    return warned.warning.is_open and not warned.warning.acknowledged_by


def _line(happening: Happening, warned: Warned) -> str:
    dates = dates_of(warned)
    match happening.turn:
        case Turn.JOINED:
            return f"{_joined(happening, warned)}."
        case Turn.URGENT:
            return f"{subject_words(warned.warning)}: urgent now{_failing(happening, warned)}."
        case Turn.REOPENED:
            return f"It began again {at_moment(happening.at, dates)}{_named(happening, warned)}."
        case Turn.BREACHED:
            return f"Breached {at_moment(happening.at, dates)}."
        case Turn.OVER:
            return f"Over{_named(happening, warned)}.{_cost(happening, warned)}"
        case Turn.WITHDRAWN:
            return f"Forecast withdrawn{_named(happening, warned)}{_chance(happening, warned)}."
        case Turn.ACKNOWLEDGED:
            return f"{_by(happening)} has it: nobody else is asked."
        case Turn.HANDED_BACK:
            return f"Handed back {at_moment(happening.at, dates)}: nobody has it now."
        case Turn.SNOOZED:
            until = warned.warning.snoozed_until or happening.at
            return f"Snoozed until {moment(until, dates)}: nobody is asked, unless it gets urgent."
        case Turn.ASKED:
            subject = f"{warned.warning.name}, {subject_words(warned.warning)}"
            return f"{subject}: nobody has it yet. Can you take it?"


def _joined(happening: Happening, warned: Warned) -> str:
    one = len(happening.objectives) == 1
    match warned.warning.kind:
        case WarningKind.BURN:
            words = "burns as well" if one else "burn as well"
        case WarningKind.SILENT:
            words = "is silent as well" if one else "are silent as well"
        case WarningKind.FORECAST:
            words = "will probably be breached as well"
    return f"{_which(happening)} {words}"


def _which(happening: Happening) -> str:
    return objectives_words(happening.objectives)


def _named(happening: Happening, warned: Warned) -> str:
    """ ": checkout-latency", where the warning is about several."""
    return f": {_which(happening)}" if len(warned.warning.episodes) > 1 and happening.objectives else ""


def _told(happening: Happening, warned: Warned) -> list[WarnedObjective]:
    return [one for one in warned.objectives if one.name in happening.objectives]


def _failing(happening: Happening, warned: Warned) -> str:
    told = [one for one in _told(happening, warned) if one.episode.severity is Severity.PAGE]
    words = failing_words(told[0]) if told else ""
    if not words:
        return ""
    name = f"{plain(told[0].name)}, " if len(warned.warning.episodes) > 1 else ""
    return f"; {name}{words[:1].lower()}{words[1:]}"


def _cost(happening: Happening, warned: Warned) -> str:
    told = [one for one in _told(happening, warned) if one.lost]
    if len(told) != 1 or len(happening.objectives) != 1:
        return ""
    return f" It took {cost_words(told[0])}."


def _chance(happening: Happening, warned: Warned) -> str:
    told = _told(happening, warned)
    return f", {chance_words(told[0])}" if len(told) == 1 else ""


def _by(happening: Happening) -> str:
    return person_words(happening.by) if happening.by else "Somebody"
