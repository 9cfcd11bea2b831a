"""Whether the promises under an objective add up to its own."""

from collections.abc import Iterable, Iterator

from connectors.definitions.document import Links, Support
from domain.definition import Definitions, Kind, Known, Place, Problem, Severity
from domain.guarantee import Guarantee, Guarantees
from domain.objective import Objective
from domain.planned import Promises
from messages.guarantee import guarantee_sentence


def check_guarantees(links: Links, definitions: Definitions, known: Known | None) -> Iterator[Problem]:
    """What promises too much for what stands under it, and what is left out of that; only what the files touch.

    They are said at the objective, or, where only its supporters are in these files, at the first of those. Only
    of definitions without errors: incomplete ones promise something else.
    """
    stored = known or Known()
    objectives = {one.name: one for one in (*stored.objectives, *definitions.objectives)}
    guarantees = Guarantees(objectives.values(), _promises(definitions, stored))
    supports = {name: support for support in links.supports for name in support.objectives}
    for name in sorted(_touched(definitions.objectives)):
        guarantee = guarantees.of(name)
        if guarantee:
            place = definitions.places.get((Kind.OBJECTIVE, name))
            yield from _short(guarantee, place, supports)
            yield from _apart(guarantee, place, supports)


def _promises(definitions: Definitions, stored: Known) -> Promises:
    return Promises(
        {one.name: one for one in (*stored.agreements, *definitions.agreements)},
        {one.name: one for one in (*stored.teams, *definitions.teams)},
        {one.name: one for one in (*stored.calendars, *definitions.calendars)},
    )


def _touched(objectives: Iterable[Objective]) -> set[str]:
    """Objectives of the files, and those that these support."""
    return {name for one in objectives for name in (one.name, *one.supports)}


def _short(guarantee: Guarantee, place: Place | None, supports: dict[str, Support]) -> Iterator[Problem]:
    at = place or next(
        (_place(supports[one.name]) for one in guarantee.supporters if one.name in supports), None
    )
    if guarantee.falls_short and at:
        remedy = "Promise less, or agree on more with those under it."
        yield _problem(at, "W606", f"{guarantee_sentence(guarantee)}. {remedy}")


def _apart(guarantee: Guarantee, place: Place | None, supports: dict[str, Support]) -> Iterator[Problem]:
    for one in guarantee.apart:
        at = _place(supports[one.name]) if one.name in supports else place
        if at:
            text = (
                f"`{one.name}` has other service hours than `{guarantee.objective}`, which it supports: "
                "it is left out of what that is guaranteed. Give both agreements the same serviceHours."
            )
            yield _problem(at, "W607", text)


def _place(support: Support) -> Place:
    return Place(support.findings.path, support.line)


def _problem(at: Place, code: str, text: str) -> Problem:
    return Problem(at.path, at.line, Severity.WARNING, code, text)
