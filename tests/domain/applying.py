"""What storage makes of a plan, without a storage."""

from itertools import chain
from typing import TypeVar

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.objective import Objective, Service
from domain.openslo_document import OpensloDocument
from domain.plan import Current, Plan
from domain.team import Team

Item = TypeVar("Item", Team, Service, Agreement, Objective, Calendar, Exclusion)


def applied(planned: Plan, current: Current) -> Current:
    """What is stored afterwards."""
    return Current(
        _saved(current.teams, planned.teams_to_save, planned.teams_to_remove),
        _saved(current.services, planned.services_to_save, planned.services_to_remove),
        _saved(current.agreements, planned.agreements_to_save, planned.agreements_to_remove),
        _saved(current.objectives, planned.objectives_to_save),
        _saved(current.calendars, planned.calendars_to_save, planned.calendars_to_remove),
        _saved(current.exclusions, planned.exclusions_to_save, planned.exclusions_to_remove),
        _kept(current.documents, planned),
    )


def _kept(before: tuple[OpensloDocument, ...], planned: Plan) -> tuple[OpensloDocument, ...]:
    found = {(each.kind, each.name): each for each in chain(before, planned.documents_to_save)}
    return tuple(found[key] for key in sorted(found) if key not in planned.documents_to_remove)


def _saved(
    before: tuple[Item, ...], save: tuple[Item, ...], remove: tuple[str, ...] = ()
) -> tuple[Item, ...]:
    items = {item.name: item for item in chain(before, save)}
    return tuple(items[name] for name in sorted(items) if name not in remove)
