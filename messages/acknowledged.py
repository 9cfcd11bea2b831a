"""Small answers about acknowledgements: to whoever acknowledges, declines, withdraws or asks."""

from collections.abc import Sequence

from domain.acknowledgement import Acknowledgement, Stage
from domain.request import Asked, Request
from domain.team import Team
from messages.blocks import Block, section
from messages.escaping import plain
from messages.message import Message
from messages.planned import PERSON, objectives_words, person_words
from messages.reasons import capital
from messages.request_buttons import held_buttons, one_buttons, open_buttons, row, terms_buttons
from messages.request_outcome import instead_lines
from messages.request_people import ARBITERS, dates_of, day_words, the_team
from messages.request_words import target_words
from messages.room import fitting, pieces
from messages.warning_times import without_tokens

MOST_LISTED = 100
MOST_PEOPLE = 10
MOST_READ = 6
"""Lines that a lock screen shows."""

ROOM = 9000


def acknowledged(request: Request, *, still_open: int = 0, command: str = "/slm") -> Message:
    """To whoever acknowledged one or several; how many more their team is asked."""
    held = request.at_stage(Stage.ACKNOWLEDGED)
    until = [one.acknowledgement.expires_at for one in held if one.acknowledgement.expires_at]
    dates = dates_of(request)
    holds = (
        [f"until {dates.short(dates.local(min(until)).date())} or until the terms change."] if until else []
    )
    lines = [
        f"You acknowledged {_named(held)}",
        f"for {the_team(request.team)}{',' if holds else '.'}",
        *holds,
    ]
    return _answer([*lines, *_more(still_open)], _next(request, held, still_open))


def declined(request: Request, *, still_open: int = 0, command: str = "/slm") -> Message:
    """To whoever declined: who decides now."""
    (one,) = request.asked
    ground = one.acknowledgement.ground
    lines = [
        f"You declined {plain(one.name)}{':' if ground else '.'}",
        *([f"{ground.said}."] if ground else []),
        *([f"{capital(ARBITERS)} decide."] if request.arbiters else []),
        "Until then it is unowned.",
    ]
    return _answer([*lines, *_more(still_open)], _next(request, [one], still_open))


def withdrawn(request: Request, *, command: str = "/slm") -> Message:
    """To whoever withdrew an acknowledgement."""
    (one,) = request.asked
    lines = [
        "You withdrew the acknowledgement",
        f"of {plain(one.name)}.",
        f"{capital(the_team(request.team))} is asked anew.",
    ]
    return _answer(lines, one_buttons(one) if one.stage is Stage.OPEN else terms_buttons(one))


def asked_question(request: Request, *, command: str = "/slm") -> Message:
    """To whoever asked: where the answer will be."""
    lines = [
        f"Your question about {_named(request.asked)} is asked:",
        *([f"{ARBITERS} answer"] if request.arbiters else ["it stands"]),
        "in the request's thread.",
    ]
    return _answer(lines, open_buttons(request))


def nothing_to_do(request: Request, *, by: str, command: str = "/slm") -> Message:
    """To whoever comes second, or asks for what cannot be done: what came of it already."""
    (one,) = request.asked
    said, name = one.acknowledgement, plain(one.name)
    who, when = _who(said, by), _when(said, by, request)
    match one.stage:
        case Stage.ACKNOWLEDGED:
            return _answer([f"{who} acknowledged {name}", f"{when} Nothing to do."], held_buttons(one))
        case Stage.DECLINED:
            lines = [f"{who} declined {name}", when, f"{capital(ARBITERS)} decide."]
            return _answer(lines, terms_buttons(one))
        case Stage.OPEN:
            return _answer([f"{name} is not acknowledged yet:", "nothing to withdraw."], one_buttons(one))
        case _:
            lines = [f"{name} is no longer asked about.", *instead_lines(one, request)]
            return _answer(lines, terms_buttons(one))


def nobody_asked(name: str, *, command: str = "/slm") -> Message:
    """To whoever answers what nobody was asked."""
    lines = [
        "Nobody is asked to acknowledge",
        f"{plain(name)}.",
        f"Who answers for it: `{command} who {plain(name)}`",
    ]
    return _answer(lines, [])


def not_yours(request: Request, answerers: Sequence[str], *, command: str = "/slm") -> Message:
    """To whoever is not of the team: who can answer."""
    return _answer(
        [f"Only {the_team(request.team)} can acknowledge this.", *_can(answerers, request.team)], []
    )


def stale(request: Request, *, command: str = "/slm") -> Message:
    """To whoever answers an older version of the terms: which are the newest."""
    (one,) = request.asked
    terms = one.objective.versions[-1]
    lines = [
        f"The terms of {plain(one.name)} have changed",
        f"since: version {terms.version}, {target_words(terms)}.",
    ]
    current = one.stage is Stage.OPEN and one.terms.version == terms.version
    return _answer(lines, one_buttons(one) if current else terms_buttons(one))


def listed(request: Request, *, changed: bool = False, command: str = "/slm") -> Message:
    """Once more all that is to be acknowledged, before it counts; `changed` since somebody looked at them."""
    found = request.open
    if not found:
        return nothing_open(request.team, command=command)
    heading = f"*{_named(found)} of {the_team(request.team)}*"
    first = ["They have changed since you looked.", heading] if changed else [heading]
    lines = fitting(found, listed_line, most=MOST_LISTED, room=ROOM)
    rest = len(found) - len(lines)
    more = [f"and {rest:,} more: `{command} who team:{plain(request.team.name)}`"] if rest else []
    label = f"Acknowledge all {len(found):,}" if len(found) > 1 else "Acknowledge"
    text = f"ack all {request.team.name} {request.digest}"
    return _answer([*first, *lines, *more], row([(label, text)]))


def going_through(request: Request, *, after: str | None = None, command: str = "/slm") -> Message:
    """How many wait, and a button to go through them from the one `after` an objective on, which is left open."""
    found = request.open
    left = request.left(after)
    if not found:
        return nothing_open(request.team, command=command)
    lines = [f"{plain(after)} stays open."] if after and after in [one.name for one in found] else []
    if not left:
        return _answer([*lines, f"That was the last; {len(found):,} {_wait(len(found))} for an answer."], [])
    start = f"through {request.team.name}{f' after {after}' if after else ''}"
    label = "Go on…" if after else "Go through them…"
    return _answer(
        [*lines, f"{len(left):,}{' more' if after else ''} {_wait(len(left))} for an answer."],
        row([(label, start)]),
    )


def listed_line(one: Asked) -> str:
    """ "• wallet-availability", and its target beneath."""
    return f"• {plain(one.name)}\n   {target_words(one.terms)}"


def nothing_open(team: Team, *, command: str = "/slm") -> Message:
    """To whoever wants to acknowledge all where nothing waits."""
    return _answer([f"Nothing waits for an answer of {the_team(team)}."], [])


def _named(asked: Sequence[Asked]) -> str:
    return objectives_words([one.name for one in asked])


def _who(said: Acknowledgement, by: str) -> str:
    if said.answered_by == by:
        return "You"
    return person_words(said.answered_by) if said.answered_by else "Somebody"


def _when(said: Acknowledgement, by: str, request: Request) -> str:
    """ "on Tue 24 Nov."; "already, on Tue 24 Nov." for whoever did so."""
    already = "already, " if said.answered_by == by else ""
    on = f"on {day_words(said.answered_at, dates_of(request))}" if said.answered_at else "earlier"
    return f"{already}{on}."


def _can(answerers: Sequence[str], team: Team) -> list[str]:
    """ "@ana, @ben and @pat can."."""
    people = [person_words(one) for one in answerers if PERSON.fullmatch(one)]
    if not people:
        return ["Nobody is listed in it yet: an operator adds", "`members` to the team's file."]
    if len(people) == 1:
        return [f"{people[0]} can."]
    if len(people) > MOST_PEOPLE:
        return [f"{', '.join(people[:MOST_PEOPLE])} and {len(people) - MOST_PEOPLE:,} more can."]
    return [f"{', '.join(people[:-1])} and {people[-1]} can."]


def _more(still_open: int) -> list[str]:
    if not still_open:
        return []
    return ["", f"{still_open:,} more {_wait(still_open)} for an answer."]


def _wait(count: int) -> str:
    return "wait" if count > 1 else "waits"


def _next(request: Request, done: Sequence[Asked], still_open: int) -> list[Block]:
    """The next one of those that wait; else what can be done about this one."""
    if still_open:
        after = f" after {done[-1].name}" if done else ""
        return row([("Go on…", f"through {request.team.name}{after}")])
    if len(done) != 1:
        return row([("See the terms", f"who team:{request.team.name}")])
    return held_buttons(done[0]) if done[0].stage is Stage.ACKNOWLEDGED else terms_buttons(done[0])


def _answer(lines: Sequence[str], buttons: Sequence[Block]) -> Message:
    read = " ".join(without_tokens(" ".join(lines[:MOST_READ])).replace("*", "").split())
    return Message(read, (*map(section, pieces(lines)), *buttons))
