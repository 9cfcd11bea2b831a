"""How a plan changes what the promises under objectives add up to."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from domain.guarantee import Guarantees
from domain.plan import Current, Plan
from domain.planned import Promises


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


def guarantees_before(current: Current) -> Guarantees:
    """By what is stored."""
    return guarantees_after(current, Plan())


def guarantees_after(current: Current, planned: Plan) -> Guarantees:
    """By what is stored once the plan is carried out."""
    promises = Promises(
        _after(current.agreements, planned.agreements_to_save, planned.agreements_to_remove),
        _after(current.teams, planned.teams_to_save, planned.teams_to_remove),
        _after(current.calendars, planned.calendars_to_save, planned.calendars_to_remove),
    )
    return Guarantees(_after(current.objectives, planned.objectives_to_save).values(), promises)


def _after(before: Iterable[T], saved: Iterable[T], removed: Iterable[str] = ()) -> dict[str, T]:
    gone = set(removed)
    return {one.name: one for one in (*before, *saved) if one.name not in gone}
