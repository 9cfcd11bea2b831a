"""From what files want and what is stored to a plan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.definition import Definitions, Kind
from domain.definition_words import LISTS, in_words, shortened
from domain.exclusion import Exclusion
from domain.objective import Objective, Service, Terms
from domain.openslo_document import OpensloDocument
from domain.plan import DOCUMENT_KINDS, Change, Current, FieldChange, Plan, Verb
from domain.plan_asking import asks
from domain.plan_effects import Surroundings, with_effects
from domain.pruning import pruned
from domain.refusal import Refusal
from domain.responsibility import followed
from domain.slack_marks import announced, marked, undone
from domain.team import Team

Item = TypeVar("Item", Team, Service, Agreement, Calendar, Objective, Exclusion, OpensloDocument)


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
        documents_to_save=tuple(each for each in merged.documents if each not in current.documents),
        exclusions_to_save=_differing(merged.exclusions, current.exclusions),
        overwrite=overwrite,
    )
    planned = pruned(planned, wanted, current, at) if prune else planned
    return replace(planned, asks=asks(planned, current, at=at))


def _all_changes(merged: Definitions, current: Current, at: datetime) -> tuple[Change, ...]:
    around = Surroundings(at, {each.service_hours for each in (*merged.agreements, *current.agreements)})
    return (
        *_changes(Kind.CALENDAR, merged.calendars, current.calendars, around),
        *_changes(Kind.TEAM, merged.teams, current.teams, around),
        *_changes(Kind.SERVICE, merged.services, current.services, around),
        *_document_changes(merged.documents, current.documents, around),
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
        objectives=tuple(
            _followed(objectives.get(each.name), each, at, overwrite=overwrite) for each in wanted.objectives
        ),
        exclusions=tuple(
            announced(each, exclusions.get(each.name), at=at, overwrite=overwrite)
            for each in wanted.exclusions
        ),
    )


def _followed(before: Objective | None, wanted: Objective, at: datetime, *, overwrite: bool) -> Objective:
    """The stored objective as the files want it, with its history; never retired."""
    if before is None:
        return wanted
    roles = followed(before.roles, wanted.roles, at=at)
    after = replace(wanted, versions=_versions(before, wanted.versions[0], at), roles=roles)
    return after if overwrite else replace(after, slack_changes=undone(before, after))


def _versions(before: Objective, terms: Terms, at: datetime) -> tuple[Terms, ...]:
    """Those that are stored, and the wanted one where it differs from the newest."""
    newest = before.versions[-1]
    if replace(terms, version=newest.version, since=newest.since) == newest:
        return before.versions
    _refuse_backdating(before.name, newest, at)
    return (*before.versions, replace(terms, version=newest.version + 1, since=at))


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


def _document_changes(
    wanted: Sequence[OpensloDocument], current: Sequence[OpensloDocument], around: Surroundings
) -> Iterator[Change]:
    """By kind of document: a data source and a notification target may have the same name."""
    for kind, word in DOCUMENT_KINDS.items():
        files, stored = ([each for each in them if each.kind == word] for them in (wanted, current))
        yield from _changes(kind, files, stored, around)


def _change(kind: Kind, before: Item | None, after: Item) -> Change | None:
    """What a reader is told; None where only a mark of a change in Slack goes."""
    fields = _differences(before, after)
    if before is None:
        return Change(Verb.CREATE, kind, after.name, fields)
    if isinstance(before, Objective) and before.retired_at:
        return Change(Verb.RESTORE, kind, after.name, fields, _new_version(before, after))
    return Change(Verb.UPDATE, kind, after.name, fields, _new_version(before, after)) if fields else None


def _new_version(before: Item, after: Item) -> int | None:
    """That of new terms."""
    if isinstance(before, Objective) and isinstance(after, Objective) and before.versions != after.versions:
        return after.versions[-1].version
    return None


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
