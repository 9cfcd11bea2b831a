"""Who answers for the objectives of an SLO: annotations that name teams, and how the owner is asked."""

from dataclasses import dataclass

from connectors.definitions.document import Document, Links, Ownership, RoleGiven
from connectors.definitions.fields import name_problem
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import PREFIX, Annotations
from connectors.definitions.scalars import time_limit
from domain.acknowledging import EXPIRES, WITHIN, Acknowledging
from domain.responsibility import Responsibility, Role
from domain.time_limit import LimitUnit, TimeLimit

NAMED_BY = {"owner": "Team", "agreement": "Agreement"}
ROLES = (Role.RESPONSIBLE, Role.CONSULTED, Role.INFORMED)
WITHIN_NAME, EXPIRES_NAME = "acknowledge-within", "acknowledgement-expires"


@dataclass(frozen=True, slots=True)
class Responsible:
    """The owner is the accountable team; the other teams have the roles, all from the beginning."""

    owner: str | None
    agreement: str | None
    roles: tuple[Responsibility, ...]
    acknowledging: Acknowledging


def read_responsible(document: Document, annotations: Annotations, links: Links) -> Responsible:
    """From the annotations of an SLO."""
    owner, agreement = (_named(annotations, links, part) for part in NAMED_BY)
    _note_owner(document, annotations, links, owner, agreement)
    roles = _roles(annotations, owner, links)
    return Responsible(owner, agreement, roles, _acknowledging(annotations))


def _named(annotations: Annotations, links: Links, part: str) -> str | None:
    name = annotations.get(part)
    problem = None if name is None else name_problem(name)
    if problem:
        annotations.error("E209", part, problem)
        return None
    links.refer(NAMED_BY[part], name, annotations.fields, PREFIX + part)
    return name


def _note_owner(
    document: Document, annotations: Annotations, links: Links, owner: str | None, agreement: str | None
) -> None:
    if owner is not None:
        line = annotations.fields.line(f"{PREFIX}owner")
        links.ownerships.append(Ownership(owner, agreement, document.findings, line))
    elif not annotations.fields.has(f"{PREFIX}owner"):
        text = f"{quoted(document.name)} has no owner: nobody answers for it. Name a team in steward/owner."
        document.findings.add("W505", document.line, text)


def _roles(annotations: Annotations, owner: str | None, links: Links) -> tuple[Responsibility, ...]:
    had: dict[str, Role] = {} if owner is None else {owner: Role.ACCOUNTABLE}
    for role in ROLES:
        for team in _teams(annotations, role):
            if team in had:
                _note_twice(annotations, team, role, had[team])
            else:
                had[team] = role
                line = annotations.fields.line(PREFIX + role)
                links.roles.append(RoleGiven(role, team, annotations.fields.findings, line))
    given = sorted((role, team) for team, role in had.items() if role is not Role.ACCOUNTABLE)
    return tuple(Responsibility(role, team) for role, team in given)


def _teams(annotations: Annotations, role: Role) -> list[str]:
    """The names of a list with commas that are names."""
    names = [name for part in (annotations.get(role) or "").split(",") if (name := part.strip())]
    problems = {name: name_problem(name) for name in names}
    for problem in problems.values():
        if problem:
            annotations.error("E209", role, problem)
    return [name for name in names if not problems[name]]


def _note_twice(annotations: Annotations, team: str, role: Role, before: Role) -> None:
    known = "its owner, who is accountable" if before is Role.ACCOUNTABLE else f"in {PREFIX}{before}"
    text = f"`{team}` is {known}, already: a team has one role for an objective. Take it out of one."
    annotations.error("E519", role, text)


def _acknowledging(annotations: Annotations) -> Acknowledging:
    within = _limit(annotations, WITHIN_NAME, tuple(LimitUnit)) or WITHIN
    expires = _limit(annotations, EXPIRES_NAME, (LimitUnit.DAYS,)) or EXPIRES
    return Acknowledging(within, expires)


def _limit(annotations: Annotations, name: str, units: tuple[LimitUnit, ...]) -> TimeLimit | None:
    text = annotations.get(name)
    limit = None if text is None else time_limit(text)
    if text is None or (limit and limit.unit in units):
        return limit
    wanted = "5wd (working days), 5d or 12h" if len(units) > 1 else "days, such as 365d"
    annotations.error("E218", name, f"`{PREFIX}{name}` is {quoted(text)}; write {wanted}, above 0.")
    return None
