"""From what files want and what is stored to a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.definition import Definitions, Kind
from domain.definition_words import LISTS, in_words, shortened
from domain.exclusion import Exclusion
from domain.objective import Objective, Service, Terms
from domain.plan import Change, Current, FieldChange, Plan, Verb
from domain.plan_effects import Surroundings, with_effects
from domain.pruning import pruned
from domain.refusal import Refusal
from domain.slack_marks import announced, marked
from domain.team import Team

Item = TypeVar("Item", Team, Service, Agreement, Calendar, Objective, Exclusion)


def plan(
    wanted: Definitions, current: Current, *, at: datetime, prune: bool = False, overwrite: bool = False
) -> Plan:
    """What makes the store say what the files say, from `at` on; planning again afterwards gives nothing.

    Without `prune` what is not in the files is left alone. With `overwrite` the files win over what was changed
    in Slack; without it the plan says what it would undo, and `Plan.refuse_undoing` refuses that. Raises a
    Refusal where new terms would begin before those in force, or where something to be pruned is still needed.
    """
    merged = _with_history(wanted, current, at, overwrite=overwrite)
    planned = Plan(
        changes=_all_changes(merged, current, at),
        calendars_to_save=_differing(merged.calendars, current.calendars),
        teams_to_save=_differing(merged.teams, current.teams),
        services_to_save=_differing(merged.services, current.services),
        agreements_to_save=_differing(merged.agreements, current.agreements),
        objectives_to_save=_differing(merged.objectives, current.objectives),
        exclusions_to_save=_differing(merged.exclusions, current.exclusions),
        overwrite=overwrite,
    )
    return pruned(planned, wanted, current, at) if prune else planned


def _all_changes(merged: Definitions, current: Current, at: datetime) -> tuple[Change, ...]:
    around = Surroundings(at, {each.service_hours for each in (*merged.agreements, *current.agreements)})
    return (
        *_changes(Kind.CALENDAR, merged.calendars, current.calendars, around),
        *_changes(Kind.TEAM, merged.teams, current.teams, around),
        *_changes(Kind.SERVICE, merged.services, current.services, around),
        *_changes(Kind.AGREEMENT, merged.agreements, current.agreements, around),
        *_changes(Kind.OBJECTIVE, merged.objectives, current.objectives, around),
        *_changes(Kind.EXCLUSION, merged.exclusions, current.exclusions, around),
    )


def _with_history(wanted: Definitions, current: Current, at: datetime, *, overwrite: bool) -> Definitions:
    """What the files want, with what only the store knows: earlier terms, announcements, what Slack changed."""
    teams, exclusions = _by_name(current.teams), _by_name(current.exclusions)
    objectives = _by_name(current.objectives)
    return replace(
        wanted,
        teams=tuple(marked(each, teams.get(each.name), overwrite=overwrite) for each in wanted.teams),
        objectives=tuple(_followed(objectives.get(each.name), each, at) for each in wanted.objectives),
        exclusions=tuple(
            announced(each, exclusions.get(each.name), at=at, overwrite=overwrite)
            for each in wanted.exclusions
        ),
    )


def _followed(before: Objective | None, wanted: Objective, at: datetime) -> Objective:
    """The stored objective as the files want it, with its history; never retired."""
    if before is None:
        return wanted
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


def _by_name(items: Iterable[Item]) -> dict[str, Item]:
    return {item.name: item for item in items}


def _differing(wanted: Iterable[Item], current: Iterable[Item]) -> tuple[Item, ...]:
    stored = _by_name(current)
    return tuple(item for item in wanted if stored.get(item.name) != item)


def _changes(
    kind: Kind, wanted: Iterable[Item], current: Iterable[Item], around: Surroundings
) -> Iterator[Change]:
    stored = _by_name(current)
    for after in wanted:
        before = stored.get(after.name)
        change = _change(kind, before, after)
        if change and before != after:
            yield with_effects(change, before, after, around)


def _change(kind: Kind, before: Item | None, after: Item) -> Change | None:
    """What a reader is told; None where only a mark of a change in Slack goes."""
    fields = _differences(before, after)
    if before is None:
        return Change(Verb.CREATE, kind, after.name, fields)
    if isinstance(before, Objective) and isinstance(after, Objective):
        verb = Verb.RESTORE if before.retired_at else Verb.UPDATE
        version = None if before.versions == after.versions else after.versions[-1].version
        return Change(verb, kind, after.name, fields, version)
    return Change(Verb.UPDATE, kind, after.name, fields) if fields else None


def _differences(before: Item | None, after: Item) -> tuple[FieldChange, ...]:
    if before == after:
        return ()
    earlier = in_words(before) if before else {}
    words = ((field, earlier.get(field, ""), now) for field, now in in_words(after).items())
    return tuple(
        FieldChange(field, *(shortened(was, now) if field in LISTS else (was, now)))
        for field, was, now in words
        if was != now
    )
