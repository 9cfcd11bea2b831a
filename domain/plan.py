"""What applying definitions would change, decided before anything is touched."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from domain.agreement import Agreement
from domain.definition import Definitions, Kind, Known, in_words
from domain.objective import Objective, Service, Terms
from domain.refusal import Refusal
from domain.team import Team

Item = TypeVar("Item", Team, Service, Agreement)
Named = tuple[Kind, str]


class Verb(StrEnum):
    """What happens to something: objectives keep their history, so they retire; the rest is removed."""

    CREATE = "create"
    UPDATE = "update"
    RESTORE = "restore"
    RETIRE = "retire"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's value before and after, in words; empty words are no value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes, with its fields in words; `version` is that of new terms, if there are any."""

    verb: Verb
    kind: Kind
    name: str
    fields: tuple[FieldChange, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is not in the files and stays all the same, since history leans on it."""

    kind: Kind
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Current:
    """What is stored: objectives with all their versions, retired ones too."""

    teams: tuple[Team, ...] = ()
    services: tuple[Service, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    objectives: tuple[Objective, ...] = ()

    @property
    def known(self) -> Known:
        """What files may name without defining it."""
        return Known(self.teams, self.services, self.agreements)


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, and what storage saves (whole objects) and removes (names) to carry them out.

    Save teams, services, agreements, objectives in this order; remove in the reverse.
    """

    changes: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()
    teams_to_save: tuple[Team, ...] = ()
    services_to_save: tuple[Service, ...] = ()
    agreements_to_save: tuple[Agreement, ...] = ()
    objectives_to_save: tuple[Objective, ...] = ()
    """With new terms appended (their `since` is the instant of the plan), retired or restored."""
    teams_to_remove: tuple[str, ...] = ()
    services_to_remove: tuple[str, ...] = ()
    agreements_to_remove: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether files and store agree."""
        return not self.changes


def plan(wanted: Definitions, current: Current, *, at: datetime, prune: bool = False) -> Plan:
    """What makes the store say what the files say, from `at` on; planning again afterwards gives nothing.

    Without `prune` what is not in the files is left alone. Raises a Refusal where new terms would begin before
    those in force, or where something to be pruned is still needed.
    """
    teams, team_changes = _upserts(Kind.TEAM, wanted.teams, current.teams)
    services, service_changes = _upserts(Kind.SERVICE, wanted.services, current.services)
    agreements, agreement_changes = _upserts(Kind.AGREEMENT, wanted.agreements, current.agreements)
    objectives, objective_changes = _objectives(wanted.objectives, current.objectives, at)
    planned = Plan(
        changes=(*team_changes, *service_changes, *agreement_changes, *objective_changes),
        teams_to_save=teams,
        services_to_save=services,
        agreements_to_save=agreements,
        objectives_to_save=objectives,
    )
    return _pruned(planned, wanted, current, at) if prune else planned


def _upserts(
    kind: Kind, wanted: Iterable[Item], current: Iterable[Item]
) -> tuple[tuple[Item, ...], tuple[Change, ...]]:
    stored = {item.name: item for item in current}
    save, changes = [], []
    for item in wanted:
        before = stored.get(item.name)
        if before != item:
            save.append(item)
            verb = Verb.UPDATE if before else Verb.CREATE
            changes.append(Change(verb, kind, item.name, _differences(before, item)))
    return tuple(save), tuple(changes)


def _differences(before: Item | Objective | None, after: Item | Objective) -> tuple[FieldChange, ...]:
    earlier = in_words(before) if before else {}
    changed = (FieldChange(field, earlier.get(field, ""), words) for field, words in in_words(after).items())
    return tuple(change for change in changed if change.before != change.after)


def _objectives(
    wanted: Iterable[Objective], current: Iterable[Objective], at: datetime
) -> tuple[tuple[Objective, ...], tuple[Change, ...]]:
    stored = {objective.name: objective for objective in current}
    save, changes = [], []
    for objective in wanted:
        before = stored.get(objective.name)
        after = _followed(before, objective, at) if before else objective
        if before != after:
            save.append(after)
            changes.append(_objective_change(before, after))
    return tuple(save), tuple(changes)


def _followed(before: Objective, wanted: Objective, at: datetime) -> Objective:
    """The stored objective as the files want it, with its history; never retired."""
    newest, terms = before.versions[-1], wanted.versions[0]
    if replace(terms, version=newest.version, since=newest.since) == newest:
        return replace(wanted, versions=before.versions)
    _refuse_backdating(before.name, newest, at)
    return replace(wanted, versions=(*before.versions, replace(terms, version=newest.version + 1, since=at)))


def _refuse_backdating(name: str, newest: Terms, at: datetime) -> None:
    if newest.since is not None and at < newest.since:
        raise Refusal(
            f"Version {newest.version} of the terms of `{name}` holds from {newest.since:%Y-%m-%d %H:%M} UTC: "
            "new terms cannot begin before it. Take a later --at."
        )


def _objective_change(before: Objective | None, after: Objective) -> Change:
    newest = after.versions[-1]
    fields = _differences(before, after)
    if before is None:
        return Change(Verb.CREATE, Kind.OBJECTIVE, after.name, fields)
    verb = Verb.RESTORE if before.retired_at else Verb.UPDATE
    version = None if before.versions == after.versions else newest.version
    return Change(verb, Kind.OBJECTIVE, after.name, fields, version)


def _pruned(planned: Plan, wanted: Definitions, current: Current, at: datetime) -> Plan:
    """The plan with what is not in the files retired or removed."""
    named = {objective.name for objective in wanted.objectives}
    gone = [each for each in current.objectives if each.name not in named and each.retired_at is None]
    retired = tuple(replace(each, retired_at=at) for each in gone)
    absent = _absent(wanted, current)
    _refuse_needed(absent, _users(wanted.objectives, wanted.agreements))
    history = _history(planned, current)
    removed = [each for each in absent if each not in history]
    changes = [Change(Verb.RETIRE, Kind.OBJECTIVE, each.name) for each in retired]
    changes += [Change(Verb.REMOVE, kind, name) for kind, name in removed]
    return replace(
        planned,
        changes=(*planned.changes, *changes),
        kept=tuple(Kept(*each, history[each]) for each in absent if each in history),
        objectives_to_save=(*planned.objectives_to_save, *retired),
        agreements_to_remove=_names(removed, Kind.AGREEMENT),
        services_to_remove=_names(removed, Kind.SERVICE),
        teams_to_remove=_names(removed, Kind.TEAM),
    )


def _absent(wanted: Definitions, current: Current) -> list[Named]:
    """What is stored and not wanted, objectives left out."""
    keep: set[Named] = {(Kind.AGREEMENT, each.name) for each in wanted.agreements}
    keep |= {(Kind.SERVICE, each.name) for each in wanted.services}
    keep |= {(Kind.TEAM, each.name) for each in wanted.teams}
    stored: list[Named] = [(Kind.AGREEMENT, each.name) for each in current.agreements]
    stored += [(Kind.SERVICE, each.name) for each in current.services]
    stored += [(Kind.TEAM, each.name) for each in current.teams]
    return [each for each in stored if each not in keep]


def _refuse_needed(absent: Iterable[Named], users: dict[Named, str]) -> None:
    needed = [f"{kind} `{name}` by {users[kind, name]}" for kind, name in absent if (kind, name) in users]
    if needed:
        raise Refusal(
            f"Still needed, so not pruned: {'; '.join(needed)}. Add it to the files, or go without --prune."
        )


def _history(planned: Plan, current: Current) -> dict[Named, str]:
    """What stored objectives will still name, in any version of their terms, and the agreements among that."""
    saved = {each.name: each for each in planned.objectives_to_save}
    history = _users([saved.get(each.name, each) for each in current.objectives], ())
    staying = [each for each in current.agreements if (Kind.AGREEMENT, each.name) in history]
    return {**_users((), staying), **history}


def _names(named: Iterable[Named], kind: Kind) -> tuple[str, ...]:
    return tuple(name for each, name in named if each is kind)


def _users(objectives: Iterable[Objective], agreements: Iterable[Agreement]) -> dict[Named, str]:
    """For everything that one of these names, in any version of its terms, which one it is."""
    users: dict[Named, str] = {}
    for agreement in agreements:
        for party in (agreement.provider, agreement.customer):
            users[Kind.TEAM, party] = f"agreement `{agreement.name}`"
    for objective in objectives:
        user = f"objective `{objective.name}`"
        users[Kind.SERVICE, objective.service] = user
        for terms in objective.versions:
            if terms.owner:
                users[Kind.TEAM, terms.owner] = user
            if terms.agreement:
                users[Kind.AGREEMENT, terms.agreement] = user
    return users
