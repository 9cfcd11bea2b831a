"""A request for many objectives at once: one message a team, never one an objective."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from domain.acknowledgement import Because, Stage
from domain.ratio import exact_percent
from domain.request import Asked, Request
from messages.blocks import section
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.planned import person_words
from messages.reasons import capital
from messages.request_buttons import open_buttons, row
from messages.request_past import short_past
from messages.request_people import answer_lines, dates_of, day_words, the_team
from messages.request_words import a_window, kinds_words, may_fail_words
from messages.room import fitting, flowing, pieces

MOST_NAMED = 12
MOST_DECLINED = 6
MOST_PEOPLE = 8
MOST_KINDS = 12
ROOM = 2200


def several_message(request: Request) -> Message:
    """What is asked of them together; who answered what, and what is still open."""
    asked, still = len(request.asked), len(request.open)
    lines = [_heading(request), *_why(request)] if still else [_heading(request)]
    parts = [lines, _answers(request)]
    if still:
        parts += [_asked_lines(request), answer_lines(request)]
    by = day_words(request.due_at, dates_of(request))
    team = team_words(request.team)
    text = (
        f"{team}: please acknowledge {still:,} objective{'s' if still > 1 else ''} by {by}"
        if still
        else f"{team}: {asked:,} objectives, {_counts(request)}"
    )
    buttons = open_buttons(request) or row([("See the terms", f"who team:{request.team.name}")])
    sections = (section(words) for part in parts if part for words in pieces(part))
    return Message(text, (*sections, *buttons))


def names_lines(asked: Sequence[Asked]) -> list[str]:
    """The first of their names, and how many more."""
    names = fitting(asked, lambda one: plain(one.name), most=MOST_NAMED, room=ROOM)
    more = len(asked) - len(names)
    return flowing([*names, *([f"and {more:,} more"] if more else [])])


def hardest(asked: Sequence[Asked]) -> Asked:
    """The one with the worst past by its newest terms; without any, the highest target."""

    def key(one: Asked) -> tuple[Fraction, Fraction, str]:
        return _met_share(one), -one.terms.target, one.name

    return min(asked, key=key)


def _met_share(one: Asked) -> Fraction:
    if one.days:
        return Fraction(one.days.met, one.days.known)
    if one.months:
        return Fraction(sum(month.met for month in one.months), len(one.months))
    return Fraction(1)


def _heading(request: Request) -> str:
    asked, still = len(request.asked), len(request.open)
    if still == asked:
        return f"✍️ *Please acknowledge {asked:,} objectives*"
    if still:
        return f"✍️ *Please acknowledge {still:,} of {asked:,} objectives*"
    declined = any(one.stage is Stage.DECLINED for one in request.asked)
    return f"{'✋' if declined else '✅'} *{asked:,} objectives* · {_counts(request)}"


def _counts(request: Request) -> str:
    """ "5 acknowledged, 2 declined", "all acknowledged"."""
    counted = Counter(_outcome(one) for one in request.asked)
    if len(counted) == 1:
        return f"all {next(iter(counted))}"
    return ", ".join(f"{count:,} {words}" for words, count in counted.most_common())


def _outcome(one: Asked) -> str:
    match one.stage:
        case Stage.OPEN | Stage.ACKNOWLEDGED | Stage.DECLINED:
            return one.stage.value
        case _:
            return "no longer asked"


def _why(request: Request) -> list[str]:
    """Why they are asked, where it is the same for all."""
    reasons = {one.acknowledgement.because for one in request.open}
    team = the_team(request.team)
    match next(iter(reasons)) if len(reasons) == 1 else None:
        case Because.NEW:
            return [f"{capital(team)} is the owner."]
        case Because.TERMS:
            return [f"Their terms are new; {team} is the owner."]
        case Because.EXPIRY:
            return ["The acknowledgements expire. Do they still hold?"]
        case Because.ASSIGNED:
            return ["The service level managers assigned them", f"to {team}."]
        case _:
            return []


def _asked_lines(request: Request) -> list[str]:
    """How many by agreement, and the hardest; their names where some are answered already."""
    worst = hardest(request.open)
    lines = flowing(kinds_words(request.open, request)[:MOST_KINDS], separator=", ")
    if len(request.open) < len(request.asked):
        lines = ["*Open:*", *names_lines(request.open)]
    allowed = may_fail_words(worst.terms, request, worst.events_a_day)
    if len(request.open) > 1:
        lines.append(f"Hardest: {plain(worst.name)}, {exact_percent(worst.terms.target)}, {allowed}")
        lines.append(f"{a_window(worst.terms.window)}; {short_past(worst)}")
    return lines


def _answers(request: Request) -> list[str]:
    """ "5 acknowledged by @ana", "✋ declined by @ben: …": who answered what."""
    return [
        *_acknowledged(request),
        *_declined(request),
        *_withdrawn(request),
        *_gone(request),
    ]


def _acknowledged(request: Request) -> list[str]:
    """ "✅ 5 of 7 acknowledged by @ana"."""
    held = request.at_stage(Stage.ACKNOWLEDGED)
    counted = Counter(one.acknowledgement.answered_by for one in held)
    lines = [
        f"✅ {count:,} of {len(request.asked):,} acknowledged by {person_words(by)}"
        for by, count in counted.most_common(MOST_PEOPLE)
        if by
    ]
    more = sum(count for _, count in counted.most_common()[MOST_PEOPLE:])
    return [*lines, *([f"✅ {more:,} by others"] if more else [])]


def _declined(request: Request) -> list[str]:
    found = request.at_stage(Stage.DECLINED)
    lines = fitting(found, _declined_words, most=MOST_DECLINED, room=ROOM)
    more = len(found) - len(lines)
    lines += [f"✋ {more:,} more declined"] if more else []
    return [*lines, *(["The service level managers decide."] if found else [])]


def _declined_words(one: Asked) -> str:
    said = one.acknowledgement
    by = f" by {person_words(said.answered_by)}" if said.answered_by else ""
    ground = f": {said.ground.said}" if said.ground else ""
    return f"✋ {plain(one.name)}\ndeclined{by}{ground}"


def _withdrawn(request: Request) -> list[str]:
    found = [one for one in request.open if one.acknowledgement.because is Because.WITHDRAWN]
    lines = fitting(found, _withdrawn_words, most=MOST_DECLINED, room=ROOM)
    more = len(found) - len(lines)
    return [*lines, *([f"{more:,} more withdrawn"] if more else [])]


def _withdrawn_words(one: Asked) -> str:
    by = one.earlier.ended_by if one.earlier else None
    return f"{plain(one.name)}:\nwithdrawn by {person_words(by)}" if by else f"{plain(one.name)}: withdrawn"


def _gone(request: Request) -> list[str]:
    found = request.at_stage(Stage.SUPERSEDED, Stage.WITHDRAWN)
    if not found:
        return []
    return (
        [f"No longer asked: {len(found):,}", *names_lines(found)]
        if len(found) > 1
        else [f"No longer asked: {plain(found[0].name)}"]
    )
