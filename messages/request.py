"""A request to acknowledge: one message in the team's channel, edited in place as its people answer."""

from collections.abc import Sequence

from domain.acknowledgement import Stage
from domain.request import Asked, Request
from messages.blocks import Block, section
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.request_buttons import declined_buttons, held_buttons, one_buttons, terms_buttons
from messages.request_outcome import outcome_lines, outcome_words
from messages.request_people import answer_lines, dates_of, day_words
from messages.request_several import several_message
from messages.request_terms import asked_lines, why_lines
from messages.room import pieces

NOTHING = "Nothing is asked here any more."
BUTTONS = {Stage.ACKNOWLEDGED: held_buttons, Stage.DECLINED: declined_buttons}


def request_message(request: Request, *, command: str = "/slm") -> Message:
    """The request as it stands: what is asked, or what came of it."""
    if not request.asked:
        return Message(NOTHING, (section(NOTHING),))
    if len(request.asked) > 1:
        return several_message(request)
    (one,) = request.asked
    return _open(one, request) if one.stage is Stage.OPEN else _answered(one, request)


def _open(one: Asked, request: Request) -> Message:
    name, by = plain(one.name), day_words(request.due_at, dates_of(request))
    parts = [
        [f"✍️ *Please acknowledge: {name}*", *why_lines(one, request)],
        *asked_lines(one, request),
        answer_lines(request),
    ]
    text = f"{team_words(request.team)}: please acknowledge {name} by {by}"
    return _message(text, parts, one_buttons(one))


def _answered(one: Asked, request: Request) -> Message:
    text = f"{team_words(request.team)}: {plain(one.name)} {outcome_words(one)}"
    return _message(text, [outcome_lines(one, request)], BUTTONS.get(one.stage, terms_buttons)(one))


def _message(text: str, parts: Sequence[Sequence[str]], buttons: Sequence[Block]) -> Message:
    sections = (section(words) for part in parts for words in pieces(part))
    return Message(text, (*sections, *buttons))
