"""What came of one request: acknowledged, declined and decided, or no longer asked."""

from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.request import Asked, Request
from messages.escaping import plain
from messages.planned import person_words
from messages.reasons import capital
from messages.request_people import ARBITERS, dates_of, moment_words, team_called, the_team
from messages.request_terms import quoted_words, version_words

NOBODY_DECIDES = ("Nobody is named who decides: one team", "needs `arbitrates: true` in its file.")


def outcome_lines(one: Asked, request: Request) -> list[str]:
    """What came of it, who said so and when."""
    if one.stage is Stage.ACKNOWLEDGED:
        return _acknowledged(one, request)
    if one.was_declined:
        version = version_words(one.terms, dates_of(request))
        return [*declined_lines(one, request), version, "", *decision_lines(one, request)]
    return [f"☑️ *{plain(one.name)}* · no longer asked", *instead_lines(one, request)]


def outcome_words(one: Asked) -> str:
    """ "acknowledged", "declined", "no longer asked": for a lock screen."""
    if one.stage is Stage.ACKNOWLEDGED:
        return "acknowledged"
    return "declined" if one.was_declined else "no longer asked"


def declined_lines(one: Asked, request: Request) -> list[str]:
    """Who declined, on what ground and in which words."""
    said = one.acknowledgement
    return [
        f"✋ *{plain(one.name)}* · declined",
        *_answered(said, request),
        *([f"Ground: {said.ground.said}"] if said.ground else []),
        *([quoted_words(said.words)] if said.words else []),
    ]


def decision_lines(one: Asked, request: Request) -> list[str]:
    """Who decides about what was declined; or what was decided, by whom and when."""
    if one.stage is Stage.DECLINED:
        if request.arbiters is None:
            return [*NOBODY_DECIDES, "Until then: unowned."]
        return [f"{capital(ARBITERS)} decide.", "Until then: unowned."]
    said = one.acknowledgement
    when = f", {moment_words(said.ended_at, dates_of(request))}" if said.ended_at else ""
    if said.ended_by is None:
        return instead_lines(one, request)
    return [f"{person_words(said.ended_by)} decided{when}:", *_decided(one, request), *_why(one.later)]


def instead_lines(one: Asked, request: Request) -> list[str]:
    """Why nobody has to answer any more."""
    later, newest = one.later, one.objective.versions[-1]
    if one.objective.retired_at and one.objective.retired_at <= request.at:
        return ["The objective was retired."]
    if later and later.team != one.acknowledgement.team:
        words = "answers for it now" if later.because is Because.HANDOVER else "is asked instead"
        return [f"{capital(team_called(later.team, request))} {words}."]
    if later and later.version != one.acknowledgement.version:
        return [f"New terms (version {later.version}): they are", "asked about instead."]
    if newest.owner != one.acknowledgement.team:
        return [f"{capital(team_called(newest.owner, request))} is the owner now."]
    return ["It is not promised at present." if later is None else "It is asked anew."]


def _acknowledged(one: Asked, request: Request) -> list[str]:
    said, dates = one.acknowledgement, dates_of(request)
    until = said.expires_at
    lines = [
        f"✅ *{plain(one.name)}* · acknowledged",
        *_answered(said, request),
        version_words(one.terms, dates),
    ]
    if until is None:
        return lines
    day = dates.short(dates.local(until).date())
    if until <= request.at:
        return [*lines, f"Held until {day}"]
    return [*lines, f"Holds until {day} or until the terms change"]


def _answered(said: Acknowledgement, request: Request) -> list[str]:
    """ "@ana for the payments team, Tue 24 Nov 09:12"."""
    if said.answered_by is None or said.answered_at is None:
        return []
    when = moment_words(said.answered_at, dates_of(request))
    return [f"{person_words(said.answered_by)} for {the_team(request.team)}, {when}"]


def _decided(one: Asked, request: Request) -> list[str]:
    """It was assigned to another team, confirmed, or has other terms."""
    owner = one.objective.versions[-1].owner
    if owner and owner != one.acknowledgement.team:
        return [f"assigned to {team_called(owner, request)}."]
    if one.later is None or one.later.because is Because.CONFIRMED:
        return [f"confirmed, it stays with {the_team(request.team)}."]
    return instead_lines(one, request)


def _why(later: Acknowledgement | None) -> list[str]:
    return [quoted_words(later.words)] if later and later.words and later.ground is None else []
