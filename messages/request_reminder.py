"""Asking once more: the team in the request's thread, then its manager, then the service level managers."""

from domain.acknowledgement_steps import STEPS, Step
from domain.request import Request
from messages.blocks import Block, section
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.reasons import capital
from messages.request_buttons import open_buttons, row
from messages.request_people import (
    called,
    dates_of,
    day_words,
    moment_words,
    next_asked,
    the_team,
)
from messages.request_several import names_lines
from messages.request_terms import version_words
from messages.room import pieces
from messages.warning_times import without_tokens

NO_ANSWER = "Nothing waits for an answer any more."


def reminder_message(request: Request, step: Step, *, command: str = "/slm") -> Message:
    """What is said at `step` about those of the request that are open; who must act now is called."""
    if not request.open:
        return Message(NO_ANSWER, (section(NO_ANSWER),))
    match step:
        case Step.HALF:
            return _line(_half(request), request)
        case Step.END:
            return _line(_end(request), request)
        case Step.MANAGER:
            lines = [*_late(request), "You can answer for the team."]
            return Message(_push(request), (*map(section, pieces(lines)), *open_buttons(request)))
        case Step.ARBITERS:
            first, *lines = _late(request)
            lines = [f"{called(request.arbiters)}{first}", *lines]
            return Message(_push(request), (*map(section, pieces(lines)), *_deciding(request)))


def _half(request: Request) -> list[str]:
    when = moment_words(request.due_at, dates_of(request))
    return [f"{_team_called(request)}please acknowledge or decline", f"{_subject(request)} by {when}."]


def _end(request: Request) -> list[str]:
    following = next_asked(request)
    answer = [f"Without an answer {following}."] if following else []
    return [f"{_team_called(request)}an answer is due now:", f"{_subject(request)}.", *answer]


def _late(request: Request) -> list[str]:
    """That nobody answered, what was asked, and since when."""
    dates = dates_of(request)
    reminded = max(one.acknowledgement.reminded for one in request.open)
    manager = bool(request.team.manager) and reminded > STEPS.index(Step.MANAGER) + 1
    return [
        f"✍️ *{_subject(request)}* · not acknowledged",
        f"{capital(the_team(request.team))} was asked on {_asked_on(request)};",
        f"an answer was due {moment_words(request.due_at, dates)}{';' if manager else '.'}",
        *(["its manager was asked as well."] if manager else []),
        *_which(request),
    ]


def _push(request: Request) -> str:
    due = day_words(request.due_at, dates_of(request))
    return f"{_subject(request)}: not acknowledged by {the_team(request.team)}, due {due}"


def _team_called(request: Request) -> str:
    return called(request.team) or f"{team_words(request.team)}: "


def _subject(request: Request) -> str:
    """ "wallet-availability", "3 objectives"."""
    found = request.open
    return plain(found[0].name) if len(found) == 1 else f"{len(found):,} objectives"


def _asked_on(request: Request) -> str:
    first = min(one.acknowledgement.asked_at for one in request.open)
    return day_words(first, dates_of(request))


def _which(request: Request) -> list[str]:
    """The terms of one; the names of several."""
    if len(request.open) == 1:
        return [version_words(request.open[0].terms, dates_of(request))]
    return names_lines(request.open)


def _deciding(request: Request) -> list[Block]:
    """The service level managers can give one to another team."""
    see = "See the terms"
    if len(request.open) > 1:
        return row([(see, f"who team:{request.team.name}")])
    name = request.open[0].name
    return row([("Assign…", f"assign {name}"), (see, f"who {name}")])


def _line(lines: list[str], request: Request) -> Message:
    """In the request's thread."""
    text = without_tokens(" ".join(lines))
    return Message(text, (*map(section, pieces(lines)), *open_buttons(request)))
