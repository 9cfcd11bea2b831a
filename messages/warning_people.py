"""Whom a warning calls: a mention only for who must act, and words for everybody else."""

import re
from collections.abc import Iterable
from datetime import datetime

from domain.breach_warning import rungs_of
from domain.team import Rung, Team
from domain.warned import Warned
from messages.dates import Dates
from messages.planned import PERSON, person_words
from messages.reasons import capital
from messages.warning_times import ago, at_moment, moment

GROUP = re.compile(r"S[A-Z0-9]{2,20}")
MOST_CALLED = 10
ROLES = {"members": "the team", "manager": "the manager", "slm": "the service level managers"}
PLURAL = (ROLES["slm"],)


def who_lines(warned: Warned) -> list[str]:
    """Who has it, and who is asked next: by their part, since a name in a new message would call them."""
    warning = warned.warning
    if warning.acknowledged_by and warning.acknowledged_at:
        return [_acknowledged(warned, warning.acknowledged_by, warning.acknowledged_at)]
    if not warning.is_open:
        return ["Nobody acknowledged it."] if warning.said_at else []
    if warning.snoozed(warned.at) and warning.snoozed_by and warning.snoozed_until:
        return [_snoozed(warned, warning.snoozed_by, warning.snoozed_until)]
    return _nobody(warned)


def call_team(team: Team | None) -> str:
    """A mention of the team: its user group, else its members; its name where Slack knows neither."""
    if team is None:
        return ""
    if team.usergroup and GROUP.fullmatch(team.usergroup):
        return f"<!subteam^{team.usergroup}>"
    return _mentions(team.members)


def call_rung(rung: Rung, warned: Warned) -> str:
    """A mention of who is asked; words where it is nobody whom Slack knows."""
    if rung.to == "members":
        return call_team(warned.team)
    if rung.to == "manager":
        return _mentions([warned.team.manager] if warned.team and warned.team.manager else [])
    if rung.to == "slm":
        arbiters = (team for team in warned.promises.teams.values() if team.arbitrates)
        return " ".join(called for team in arbiters if (called := call_team(team)))
    if GROUP.fullmatch(rung.to):
        return f"<!subteam^{rung.to}>"
    return _mentions([rung.to])


def _acknowledged(warned: Warned, by: str, at: datetime) -> str:
    warning = warned.warning
    if warning.is_open:
        when = at_moment(at, _dates(warned))
        return f"Acknowledged by {person_words(by)} {when}; nobody else is asked."
    return f"Acknowledged by {person_words(by)} {ago(at - (warning.said_at or warning.opened_at))}."


def _snoozed(warned: Warned, by: str, until: datetime) -> str:
    return f"Snoozed by {person_words(by)} until {moment(until, _dates(warned))}: nobody is asked."


def _nobody(warned: Warned) -> list[str]:
    """That nobody has it, who was asked last, and who is next."""
    warning = warned.warning
    parts = [_part(rung, warned) for rung in rungs_of(warned.team)[: warning.reminded]]
    asked = [part for part in parts if part]
    told = f"Nobody has it; {asked[-1]} {_were(asked[-1])} asked." if asked else "Nobody has it yet."
    following = warning.next_rung(warned.team)
    part = _part(following[0], warned) if following else ""
    if following is None or not part or following[1] <= warned.at:
        return [told]
    when = capital(at_moment(following[1], _dates(warned)))
    next_one = f"{when} {part} {'are' if part in PLURAL else 'is'} asked."
    return [told, next_one] if asked else [f"{told} {next_one}"]


def _were(part: str) -> str:
    return "were" if part in PLURAL else "was"


def _part(rung: Rung, warned: Warned) -> str:
    """ "the manager"; nothing where there is nobody to ask."""
    if not call_rung(rung, warned):
        return ""
    if rung.to in ROLES:
        return ROLES[rung.to]
    return "a group" if GROUP.fullmatch(rung.to) else "one more person"


def _mentions(people: Iterable[str]) -> str:
    return " ".join(f"<@{one}>" for one in list(people)[:MOST_CALLED] if PERSON.fullmatch(one))


def _dates(warned: Warned) -> Dates:
    return Dates(warned.at, warned.zone)
