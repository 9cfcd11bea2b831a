"""Which teams a plan makes acknowledge what: for its reader to know before anybody is asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from domain.acknowledgement import promise_of
from domain.agreement import Agreement
from domain.asking import hours_words, owner_asked
from domain.calendars import Calendar
from domain.objective import Objective
from domain.plan import Asks, Current, Plan
from domain.planned import Promises
from domain.team import Team

Item = TypeVar("Item", Team, Agreement, Calendar, Objective)


def asks(planned: Plan, current: Current, *, at: datetime) -> tuple[Asks, ...]:
    """What owners of ours promise otherwise than before, by team; `again` where the team had promised it before."""
    if planned.empty:
        return ()
    found: dict[tuple[str, bool], list[str]] = {}
    for team, name, again in _asked(planned, current, at):
        found.setdefault((team, again), []).append(name)
    return tuple(Asks(team, tuple(sorted(found[team, again])), again) for team, again in sorted(found))


def _asked(planned: Plan, current: Current, at: datetime) -> Iterator[tuple[str, str, bool]]:
    before, after = _promises(current), _promises(current, planned)
    stored = _over(current.objectives)
    for name, objective in _over(current.objectives, planned.objectives_to_save).items():
        was = _promised(stored[name], before, at) if name in stored else None
        now = _promised(objective, after, at)
        if now and now != was:
            yield now[0], name, was is not None and was[0] == now[0]


def _promised(objective: Objective, promises: Promises, at: datetime) -> tuple[str, object, str] | None:
    """The team that has to acknowledge it, and what; None where nobody has to."""
    owner = owner_asked(objective, promises, at=at)
    if owner is None:
        return None
    return owner.name, promise_of(objective.versions[-1]), hours_words(objective, promises)


def _promises(current: Current, planned: Plan | None = None) -> Promises:
    saved = planned or Plan()
    return Promises(
        _over(current.agreements, saved.agreements_to_save),
        _over(current.teams, saved.teams_to_save),
        _over(current.calendars, saved.calendars_to_save),
    )


def _over(stored: Iterable[Item], saved: Iterable[Item] = ()) -> Mapping[str, Item]:
    return {each.name: each for items in (stored, saved) for each in items}
