"""What a plan does with all that is stored and in no file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain.definition import Definitions, Kind
from domain.objective import Terms
from domain.plan import DOCUMENT_KINDS, Change, Current, Effect, Kept, Plan, Verb
from domain.refusal import Refusal

Named = tuple[Kind, str]
REFERENCE = "metricSourceRef"


def pruned(planned: Plan, wanted: Definitions, current: Current, at: datetime) -> Plan:
    """The plan with what is not in the files retired or removed. Raises a Refusal where they still need it."""
    named = {objective.name for objective in wanted.objectives}
    gone = [each for each in current.objectives if each.name not in named and each.retired_at is None]
    retired = tuple(replace(each, retired_at=at) for each in gone)
    absent = _absent(wanted, current)
    _refuse_needed(absent, _users(wanted))
    history = _history(planned, current)
    removed = [each for each in absent if each not in history]
    changes = [Change(Verb.RETIRE, Kind.OBJECTIVE, each.name) for each in retired]
    changes += [_removal(*each) for each in removed]
    return replace(
        planned,
        changes=(*planned.changes, *changes),
        kept=tuple(Kept(*each, history[each]) for each in absent if each in history),
        objectives_to_save=(*planned.objectives_to_save, *retired),
        exclusions_to_remove=_names(removed, Kind.EXCLUSION),
        documents_to_remove=tuple(
            (DOCUMENT_KINDS[kind], name) for kind, name in removed if kind in DOCUMENT_KINDS
        ),
        agreements_to_remove=_names(removed, Kind.AGREEMENT),
        services_to_remove=_names(removed, Kind.SERVICE),
        teams_to_remove=_names(removed, Kind.TEAM),
        calendars_to_remove=_names(removed, Kind.CALENDAR),
    )


def _removal(kind: Kind, name: str) -> Change:
    effects = (Effect.COUNTS_AGAIN,) if kind is Kind.EXCLUSION else ()
    return Change(Verb.REMOVE, kind, name, effects=effects)


def _absent(wanted: Definitions, current: Current) -> list[Named]:
    """What is stored and not wanted, but objectives, and exclusions that were made in Slack."""
    from_files = [each for each in current.exclusions if each.author is None]
    both = (
        (Kind.EXCLUSION, wanted.exclusions, from_files),
        (Kind.AGREEMENT, wanted.agreements, current.agreements),
        (Kind.SERVICE, wanted.services, current.services),
        (Kind.TEAM, wanted.teams, current.teams),
        (Kind.CALENDAR, wanted.calendars, current.calendars),
    )
    absent: list[Named] = []
    for kind, files, stored in both:
        keep = {each.name for each in files}
        absent += [(kind, each.name) for each in stored if each.name not in keep]
    return absent + _absent_documents(wanted, current)


def _absent_documents(wanted: Definitions, current: Current) -> list[Named]:
    kinds = {word: kind for kind, word in DOCUMENT_KINDS.items()}
    keep = {(each.kind, each.name) for each in wanted.documents}
    return [(kinds[each.kind], each.name) for each in current.documents if (each.kind, each.name) not in keep]


def _refuse_needed(absent: Iterable[Named], users: dict[Named, str]) -> None:
    needed = [f"{kind} `{name}` by {users[kind, name]}" for kind, name in absent if (kind, name) in users]
    if needed:
        raise Refusal(
            f"Still needed, so not pruned: {'; '.join(needed)}. Add it to the files, or go without --prune."
        )


def _history(planned: Plan, current: Current) -> dict[Named, str]:
    """What stays because of what history names: that of objectives, in any version of their terms, and of exclusions.

    An agreement that stays needs its parties and hours, and a team that stays its calendar.
    """
    saved = {each.name: each for each in planned.objectives_to_save}
    objectives = tuple(saved.get(each.name, each) for each in current.objectives)
    from_slack = tuple(each for each in current.exclusions if each.author is not None)
    history = _users(Definitions(objectives=objectives, exclusions=from_slack))
    agreements = tuple(each for each in current.agreements if (Kind.AGREEMENT, each.name) in history)
    history = {**_users(Definitions(agreements=agreements)), **history}
    teams = tuple(each for each in current.teams if (Kind.TEAM, each.name) in history)
    return {**_users(Definitions(teams=teams)), **history}


def _names(named: Iterable[Named], kind: Kind) -> tuple[str, ...]:
    return tuple(name for each, name in named if each is kind)


def _users(of: Definitions) -> dict[Named, str]:
    """For everything that one of these names, in any version of its terms, which one it is."""
    users: dict[Named, str] = {}
    for team in of.teams:
        if team.calendar:
            users[Kind.CALENDAR, team.calendar] = f"team `{team.name}`"
    for exclusion in of.exclusions:
        users.update({(Kind.SERVICE, name): f"exclusion `{exclusion.name}`" for name in exclusion.services})
    for agreement in of.agreements:
        user = f"agreement `{agreement.name}`"
        users.update({(Kind.TEAM, party): user for party in (agreement.provider, agreement.customer)})
        if agreement.service_hours:
            users[Kind.CALENDAR, agreement.service_hours] = user
    for objective in of.objectives:
        user = f"objective `{objective.name}`"
        users[Kind.SERVICE, objective.service] = user
        users.update({(Kind.TEAM, each.team): user for each in objective.roles})
        for terms in objective.versions:
            users.update(dict.fromkeys(_named_by(terms), user))
    return users


def _named_by(terms: Terms) -> Iterator[Named]:
    if terms.owner:
        yield Kind.TEAM, terms.owner
    if terms.agreement:
        yield Kind.AGREEMENT, terms.agreement
    for name in _data_sources(terms.indicator.sources):
        yield Kind.DATA_SOURCE, name


def _data_sources(sources: str) -> Iterator[str]:
    """The names of the data sources that metric sources refer to (canonical JSON)."""
    if f'"{REFERENCE}"' in sources:
        for each in json.loads(sources).values():
            if isinstance(each, dict) and REFERENCE in each:
                yield each[REFERENCE]
