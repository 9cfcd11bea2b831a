"""Forms about requests: each asks what could be typed as well."""

from domain.acknowledgement import Ground
from domain.request import Asked, Request
from messages.acknowledged import listed_line
from messages.asking import askable
from messages.escaping import plain
from messages.figures import fit
from messages.form import Choice, Form, Words
from messages.parties import team_words
from messages.reasons import capital
from messages.request_terms import asked_lines, why_lines
from messages.room import fitting, pieces

MOST_WORDS = 500
MOST_LISTED = 100
MOST_CHOICES = 100
ROOM = 9000
LABEL = 75
ANSWERED = "The service level managers answer in the request's thread."


def decline_form(request: Request) -> Form:
    """On what ground a team declines one objective."""
    (one,) = request.asked
    options = [(capital(ground.said), ground.value) for ground in Ground]
    return Form(
        "Decline",
        f"decline {one.ref}",
        [Choice("On what ground?", options), _because("What should be different?")],
        submit="Decline",
        lines=[f"*{plain(one.name)}*", *_terms(one, request)],
    )


def question_form(request: Request) -> Form:
    """A question about one objective of those that are open to the service level managers."""
    question = Words("Your question", most=MOST_WORDS)
    found = [one for one in request.open or request.asked if askable(one.name)][:MOST_CHOICES]
    if len(found) == 1:
        return Form("Ask", f"ask {found[0].name}", [question], submit="Ask", lines=[ANSWERED])
    options = [(fit(one.name, LABEL), one.name) for one in found]
    return Form("Ask", "ask", [Choice("About", options), question], submit="Ask", lines=[ANSWERED])


def through_form(request: Request, *, left: int = 0) -> Form:
    """One objective with all that is to be known of it, and the answers to it; so many are `left` after it."""
    (one,) = request.asked
    declines = [(f"Decline: {ground.said}", f"decline {one.ref} {ground}") for ground in Ground]
    later = ("Later", f"through {request.team.name} after {one.name}")
    answers = [("Acknowledge", f"ack {one.ref}"), *declines, later]
    after = f"{left:,} more after this one" if left else "The last one"
    return Form(
        "Your objectives",
        "",
        [Choice("Your answer", answers), _because("Where you decline: what should be different?")],
        submit="Answer",
        then=later[1],
        lines=[f"*{plain(one.name)}*\n{after}", *pieces(why_lines(one, request)), *_terms(one, request)],
    )


def all_form(request: Request) -> Form:
    """All that are open, listed once more before it counts."""
    found = request.open
    lines = fitting(found, listed_line, most=MOST_LISTED, room=ROOM)
    more = [f"and {len(found) - len(lines):,} more"] if len(lines) < len(found) else []
    return Form(
        f"Acknowledge all {len(found):,}",
        f"ack all {request.team.name} {request.digest}",
        submit="Acknowledge",
        lines=pieces([f"*{team_words(request.team)}* answers for", *lines, *more]),
    )


def _because(label: str) -> Words:
    return Words(label, prefix="because", optional=True, most=MOST_WORDS)


def _terms(one: Asked, request: Request) -> list[str]:
    return [words for part in asked_lines(one, request) for words in pieces(part)]
