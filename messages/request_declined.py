"""A declined responsibility, in the service level managers' channel: edited in place once it is decided."""

from collections.abc import Sequence

from domain.acknowledgement import Stage
from domain.request import Asked, Request
from messages.blocks import Block, section
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.request_buttons import row, terms_buttons
from messages.request_outcome import decision_lines, declined_lines, outcome_lines, outcome_words
from messages.request_people import called
from messages.request_terms import asked_lines
from messages.room import pieces


def declined_message(request: Request, *, command: str = "/slm") -> Message:
    """Who declined what and why, with what was promised and how it went; then what was decided, and by whom."""
    one = request.asked[0]
    if not one.was_declined:
        return _message(request, [outcome_lines(one, request)], terms_buttons(one))
    heading, *said = declined_lines(one, request)
    if one.stage is not Stage.DECLINED:
        parts = [[f"{heading}, decided", *said], decision_lines(one, request)]
        return _message(request, parts, terms_buttons(one))
    parts = [[f"{heading}, a decision waits", *said], *asked_lines(one, request), _what_to_do(request)]
    return _message(request, parts, _buttons(one))


def _what_to_do(request: Request) -> list[str]:
    """Who must act is called, once: by the post, not by its edits."""
    mention = called(request.arbiters)
    first = f"{mention}{'assign' if mention else 'Assign'} it to a team, confirm it,"
    return [first, "or change its terms in the files."]


def _buttons(one: Asked) -> list[Block]:
    return row(
        [
            ("Assign…", f"assign {one.name}"),
            ("Confirm…", f"confirm {one.name}"),
            ("See the terms", f"who {one.name}"),
        ]
    )


def _message(request: Request, parts: Sequence[Sequence[str]], buttons: Sequence[Block]) -> Message:
    one = request.asked[0]
    ground = one.acknowledgement.ground
    team, name = team_words(request.team), plain(one.name)
    if ground is None or not one.was_declined:
        text = f"{team}: {name} {outcome_words(one)}"
    else:
        text = f"{team} declined {name}: {ground.said}"
    sections = (section(words) for part in parts for words in pieces(part))
    return Message(text, (*sections, *buttons))
