"""What an objective stands under: names in an annotation, which must not lead back to itself."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from connectors.definitions.document import Links, Support
from connectors.definitions.fields import name_problem
from connectors.definitions.metadata import PREFIX, Annotations
from domain.definition import Known
from domain.objective import Objective

SUPPORTS = "supports"
MOST_SHOWN = 8


def read_supports(annotations: Annotations, links: Links) -> tuple[str, ...]:
    """The names of a list with commas, in order; those of objectives may have two parts."""
    text = annotations.get(SUPPORTS)
    if text is None:
        return ()
    names = dict.fromkeys(name for part in text.split(",") if (name := part.strip()))
    good = [name for name in names if _is_name(annotations, name)]
    for name in good:
        links.refer("Objective", name, annotations.fields, PREFIX + SUPPORTS)
    return tuple(sorted(good))


def _is_name(annotations: Annotations, name: str) -> bool:
    problem = next((problem for part in name.split("/", 1) if (problem := name_problem(part))), None)
    if problem:
        annotations.error("E209", SUPPORTS, problem)
    return problem is None


def note_supports(objectives: Iterable[Objective], annotations: Annotations, links: Links) -> None:
    """Remember where it was said, for `check_circles`."""
    names = tuple(objective.name for objective in objectives if objective.supports)
    if names:
        line = annotations.fields.line(PREFIX + SUPPORTS)
        links.supports.append(Support(names, annotations.fields.findings, line))


def check_circles(links: Links, objectives: Iterable[Objective], known: Known | None) -> None:
    """Note objectives that stand under themselves, directly or by way of others; each circle once."""
    stored = [each for each in known.objectives if each.retired_at is None] if known else []
    graph = {each.name: each.supports for each in (*stored, *objectives)}
    places = {name: support for support in links.supports for name in support.objectives}
    while circle := _circle(graph):
        support = next(places[name] for name in circle if name in places)
        support.findings.add("E605", support.line, _told(circle))
        for name in circle:
            graph.pop(name, None)


def _circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of a circle, each standing under the next; none where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        names: list[str] = error.args[1]
        return names[:0:-1]
    return []


def _told(circle: list[str]) -> str:
    if len(circle) == 1:
        return f"`{circle[0]}` cannot support itself; name what it stands under."
    shown = [
        f"`{name}`" for name in (*circle[:MOST_SHOWN], *(() if len(circle) > MOST_SHOWN else circle[:1]))
    ]
    rest = ["…"] if len(circle) > MOST_SHOWN else []
    return f"These support one another in a circle: {' → '.join([*shown, *rest])}. Take one of them out."
