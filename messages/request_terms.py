"""Why a team is asked to acknowledge an objective, and all that it is told of it: nobody accepts blind."""

from domain.acknowledgement import Acknowledgement, Because
from domain.objective import Terms
from domain.request import Asked, Request
from messages.dates import Dates
from messages.escaping import plain
from messages.guarantee import under_lines
from messages.planned import REASON, person_words
from messages.reasons import capital
from messages.request_past import past_lines
from messages.request_people import dates_of, day_words, the_team
from messages.request_words import target_words, terms_lines


def asked_lines(one: Asked, request: Request) -> list[list[str]]:
    """The terms, how it did by them, and what stands under it."""
    under = [["What stands under it:", *under_lines(one.guarantee)]] if one.guarantee else []
    return [terms_lines(one, request), past_lines(one), *under]


def why_lines(one: Asked, request: Request) -> list[str]:
    """Why they are asked, and from when the terms apply that follow."""
    return [*_because(one, request), *_reason(one.acknowledgement), *_from(one, dates_of(request))]


def version_words(terms: Terms, dates: Dates) -> str:
    """ "Version 2: 99.9% each month, from Tue 1 Dec"."""
    since = terms.since
    later = f", from {day_words(since, dates)}" if since and since > dates.at else ""
    return f"Version {terms.version}: {target_words(terms)}{later}"


def quoted_words(words: str) -> str:
    """What somebody wrote, in quotes."""
    return f'"{plain(words, REASON)}"'


def _because(one: Asked, request: Request) -> list[str]:
    earlier, team = one.earlier, the_team(request.team)
    dates = dates_of(request)
    match one.acknowledgement.because:
        case Because.EXPIRY if earlier and earlier.answered_at and earlier.expires_at:
            holds = "held" if earlier.expires_at <= request.at else "holds"
            said, until = day_words(earlier.answered_at, dates), day_words(earlier.expires_at, dates)
            return [f"Acknowledged on {said};", f"that {holds} until {until}. Does it still hold?"]
        case Because.ASSIGNED:
            return ["The service level managers assigned it", f"to {team}."]
        case Because.HANDOVER:
            return [f"It was handed over to {team}."]
        case Because.CONFIRMED:
            ground = earlier.ground if earlier else None
            before = [f"Declined before: {ground.said}."] if ground else []
            return [*before, "The service level managers confirmed it:", f"it stays with {team}."]
        case Because.WITHDRAWN if earlier and earlier.ended_by and earlier.ended_at:
            when = day_words(earlier.ended_at, dates)
            return [f"{person_words(earlier.ended_by)} withdrew the acknowledgement", f"on {when}."]
        case _:
            return [f"{capital(team)} is the owner."]


def _reason(one: Acknowledgement) -> list[str]:
    return [f"Why: {quoted_words(one.words)}"] if one.words else []


def _from(one: Asked, dates: Dates) -> list[str]:
    """From when the terms apply; that they are new where something was before."""
    terms, since = one.terms, one.terms.since
    new = "new terms" if one.before else "these terms"
    version = f"(version {terms.version})"
    if since and since > dates.at:
        return [f"From {day_words(since, dates)} {new} apply {version}:"]
    if one.before and since:
        return [f"New terms apply since {day_words(since, dates)} {version}:"]
    if one.earlier and one.earlier.hours != one.acknowledgement.hours:
        return ["Its service hours are new:"]
    return []
