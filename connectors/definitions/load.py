"""Definition files to definitions, with everything that is wrong with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.definitions.agreement import read_agreement
from connectors.definitions.alert_policy import read_alerting
from connectors.definitions.by_default import check_defaults
from connectors.definitions.calendars import read_calendar
from connectors.definitions.compose import documents
from connectors.definitions.composite import Indicators, check_composites
from connectors.definitions.document import Document, Links, documents_in
from connectors.definitions.exclusion import read_exclusion
from connectors.definitions.files import texts
from connectors.definitions.guarantee import check_guarantees
from connectors.definitions.indicator import read_sli
from connectors.definitions.kept import DATA_SOURCE, TARGET, read_kept, types_of
from connectors.definitions.metric_source import Sources
from connectors.definitions.references import (
    Defined,
    check_authors,
    check_links,
    check_unused,
    first_of_each,
)
from connectors.definitions.service import read_service
from connectors.definitions.slo import Shared, read_slo
from connectors.definitions.supports import check_circles
from connectors.definitions.team import read_team
from domain.definition import Definitions, Kind, Known, Place, Problem, Severity
from domain.objective import Objective

PLAN_KINDS = {
    "Team": Kind.TEAM,
    "Service": Kind.SERVICE,
    "Agreement": Kind.AGREEMENT,
    "Calendar": Kind.CALENDAR,
    "Exclusion": Kind.EXCLUSION,
    DATA_SOURCE: Kind.DATA_SOURCE,
    TARGET: Kind.NOTIFICATION_TARGET,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files say; with an error among the problems the definitions are incomplete and must not be applied."""

    definitions: Definitions
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the definitions from being applied."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def load(paths: Sequence[Path], known: Known | None = None) -> Loaded:
    """Read files and folders; never raises for what is in them.

    `known` is what is stored already. Without it a name that no file defines is only a warning.
    """
    problems: list[Problem] = []
    read = [
        document
        for findings, text in texts(paths, problems)
        for root in documents(text, findings)
        for document in documents_in(root, findings)
    ]
    links = Links()
    definitions = _definitions(first_of_each(read), links, known or Known())
    check_links(links, Defined(read, definitions.objectives, known), definitions, known)
    check_authors(read, known)
    check_unused(read, links)
    check_composites(links, applying=known is not None)
    check_circles(links, definitions.objectives, known)
    check_defaults(links, definitions, known)
    if not any(each.severity is Severity.ERROR for each in problems):
        problems.extend(check_guarantees(links, definitions, known))
    return Loaded(definitions, tuple(sorted(set(problems))))


def _definitions(read: list[Document], links: Links, known: Known) -> Definitions:
    kept = read_kept(read)
    sources = Sources({**types_of(known.documents), **types_of(kept)}, links)
    indicators = {each.name: read_sli(each, sources) for each in read if each.kind == "SLI"}
    agreements = [read_agreement(each, links) for each in read if each.kind == "Agreement"]
    calendars = [read_calendar(each) for each in read if each.kind == "Calendar"]
    exclusions = [read_exclusion(each, links) for each in read if each.kind == "Exclusion"]
    shared = Shared(Indicators(indicators, sources), read_alerting(read, links), links)
    slos = [(each, read_slo(each, shared)) for each in read if each.kind == "SLO"]
    return Definitions(
        teams=tuple(read_team(each, links) for each in read if each.kind == "Team"),
        services=tuple(read_service(each) for each in read if each.kind == "Service"),
        agreements=tuple(agreement for agreement in agreements if agreement),
        objectives=tuple(objective for _, objectives in slos for objective in objectives),
        calendars=tuple(calendar for calendar in calendars if calendar),
        exclusions=tuple(exclusion for exclusion in exclusions if exclusion),
        documents=kept,
        places=_places(read, slos),
    )


def _places(
    read: Iterable[Document], slos: Iterable[tuple[Document, tuple[Objective, ...]]]
) -> dict[tuple[Kind, str], Place]:
    places = {(PLAN_KINDS[each.kind], each.name): each.place for each in read if each.kind in PLAN_KINDS}
    for document, objectives in slos:
        places.update({(Kind.OBJECTIVE, objective.name): document.place for objective in objectives})
    return places
