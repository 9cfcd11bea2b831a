"""Which objectives make an SLO document together, and how their display names were written there."""

from collections.abc import Iterable, Iterator, Sequence

from connectors.definitions.fields import LONGEST_LINE, slug
from domain.objective import Objective

BETWEEN = ": "
"""Joins the display name of an SLO and that of one of several objectives."""

Names = tuple[str, tuple[str, ...]]
"""The display name of an SLO, and those of its objectives."""


def names_of(members: Sequence[Objective]) -> Names | None:
    """The display names that give the objectives theirs; None where no SLO document does."""
    if len(members) == 1 and "/" not in members[0].name:
        return _alone(members[0].display_name)
    several = [_splits(each) for each in members]
    shared = set.intersection(*map(set, several))
    if len(members) == 1 or not shared:
        return None
    of_slo = max(shared, key=lambda text: (len(text), text))
    return of_slo, tuple(splits[of_slo] for splits in several)


def _alone(display_name: str) -> Names | None:
    """In one text where it is not too long for that."""
    if len(display_name) <= LONGEST_LINE:
        return display_name, ("",)
    found = (both for both in _cut(display_name) if max(map(len, both)) <= LONGEST_LINE)
    return next(((of_slo, (own,)) for of_slo, own in found), None)


def _splits(objective: Objective) -> dict[str, str]:
    """The possible display names of its SLO, each with its own; its own is what it is named after."""
    display_name, suffix = objective.display_name, objective.name.partition("/")[2]
    tried: Iterable[tuple[str, str]] = (
        ("", display_name),
        (display_name, display_name),
        *_cut(display_name),
    )
    return {
        of_slo: own
        for of_slo, own in tried
        if slug(own) == suffix and max(len(of_slo), len(own)) <= LONGEST_LINE
    }


def _cut(text: str) -> Iterator[tuple[str, str]]:
    start = text.find(BETWEEN)
    while start >= 0:
        before, after = text[:start], text[start + len(BETWEEN) :]
        if before and after and before != after:
            yield before, after
        start = text.find(BETWEEN, start + 1)
