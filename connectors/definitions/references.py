"""Whether what documents name is defined: in the files, or in what is stored already."""

from collections.abc import Iterable

from connectors.definitions.document import Document, Links, Ownership, Promise, Reference, RoleGiven
from connectors.definitions.findings import quoted
from connectors.definitions.kept import DATA_SOURCE, TARGET
from domain.agreement import AgreementKind
from domain.definition import Definitions, Known
from domain.objective import Objective
from domain.refusal import did_you_mean
from domain.responsibility import Role
from domain.team import TeamKind

SIDES = {
    AgreementKind.SLA: (TeamKind.INTERNAL, TeamKind.CUSTOMER),
    AgreementKind.OLA: (TeamKind.INTERNAL, TeamKind.INTERNAL),
    AgreementKind.UC: (TeamKind.THIRD_PARTY, TeamKind.INTERNAL),
}
"""What provider and customer of an agreement are."""
ARTICLES = {
    TeamKind.INTERNAL: "an internal team",
    TeamKind.THIRD_PARTY: "a third party",
    TeamKind.CUSTOMER: "a customer",
}
IN_FILES = ("SLI", "AlertPolicy", "AlertCondition")
"""Kinds that are stored with the objectives that they belong to, so that nothing but the files can define them."""
KEPT = (DATA_SOURCE, TARGET)
USED_BY = {"AlertPolicy": "No SLO", "AlertCondition": "No AlertPolicy"}
MOST_SUGGESTIONS = 50
"""Missing names of one load for which similar ones are looked up, since that is slow among thousands."""


class Defined:
    """All names by kind of document, from the files and from what is `known`.

    An objective may be named by an SLO that could not be read: what is wrong with that is said there.
    """

    def __init__(
        self, documents: Iterable[Document], objectives: Iterable[Objective], known: Known | None
    ) -> None:
        stored = known or Known()
        self._complete = known is not None
        self._suggested = 0
        self._names: dict[str, set[str]] = {
            **{kind: set() for kind in (*IN_FILES, *KEPT)},
            "Team": {team.name for team in stored.teams},
            "Service": {service.name for service in stored.services},
            "Agreement": {agreement.name for agreement in stored.agreements},
            "Calendar": {calendar.name for calendar in stored.calendars},
            "Objective": {objective.name for objective in (*stored.objectives, *objectives)},
        }
        for kept in stored.documents:
            self._names[kept.kind].add(kept.name)
        for document in documents:
            self._names.setdefault(document.kind, set()).add(document.name)
        self._unread = self._names.get("SLO", set()) - {objective.slo for objective in objectives}

    def check(self, reference: Reference) -> None:
        """Note a name that nothing defines: an error where all that is stored is known, else a warning."""
        names = self._names[reference.kind]
        unread = reference.kind == "Objective" and reference.name.partition("/")[0] in self._unread
        if reference.name in names or unread:
            return
        subject = f"{reference.kind} called {quoted(reference.name)}"
        if reference.kind in IN_FILES:
            text = f"These files define no {subject}.{self._hint(reference.name, names)}"
            reference.findings.add("E602", reference.line, text)
        elif self._complete:
            text = f"There is no {subject}.{self._hint(reference.name, names)}"
            reference.findings.add("E602", reference.line, text)
        else:
            text = f"These files define no {subject}; it must be there already.{self._hint(reference.name, names)}"
            reference.findings.add("W602", reference.line, text)

    def _hint(self, name: str, names: Iterable[str]) -> str:
        self._suggested += 1
        return did_you_mean(name, names) if self._suggested <= MOST_SUGGESTIONS else ""


def first_of_each(documents: Iterable[Document]) -> list[Document]:
    """The documents without those whose kind and name came before, which are errors."""
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        earlier = first.setdefault((document.kind, document.name), document)
        if earlier is not document:
            text = f"The {document.kind} `{document.name}` is defined already, at {earlier.place}; keep one."
            document.findings.add("E601", document.line, text)
    return list(first.values())


def check_links(links: Links, defined: Defined, definitions: Definitions, known: Known | None) -> None:
    """Note names that nothing defines, owners that cannot own, and parties that do not fit their agreement."""
    for reference in links.references:
        defined.check(reference)
    stored = known or Known()
    teams = {team.name: team.kind for team in (*stored.teams, *definitions.teams)}
    agreements = {each.name: each.kind for each in (*stored.agreements, *definitions.agreements)}
    for ownership in links.ownerships:
        _check_owner(ownership, teams.get(ownership.owner), agreements)
    for given in links.roles:
        defined.check(Reference("Team", given.team, given.findings, given.line))
        _check_role(given, teams.get(given.team))
    for promise in links.promises:
        _check_sides(promise, teams)


def _check_owner(ownership: Ownership, team: TeamKind | None, agreements: dict[str, AgreementKind]) -> None:
    owner, agreement = ownership.owner, ownership.agreement
    if team is TeamKind.CUSTOMER:
        text = f"`{owner}` is a customer; an objective is owned by a team of the provider."
        ownership.findings.add("E603", ownership.line, text)
    elif team is TeamKind.THIRD_PARTY and not _may_be_underpinning(agreement, agreements):
        text = f"`{owner}` is a third party; it owns only objectives of a UC (steward/agreement)."
        ownership.findings.add("E603", ownership.line, text)


def _check_role(given: RoleGiven, team: TeamKind | None) -> None:
    if team is TeamKind.CUSTOMER and given.role is Role.RESPONSIBLE:
        text = f"`{given.team}` is a customer, who cannot be responsible; name it in steward/informed."
        given.findings.add("E606", given.line, text)
    elif team is TeamKind.THIRD_PARTY:
        text = f"`{given.team}` is a third party: what it owes is a UC with objectives of its own."
        given.findings.add("W603", given.line, text)


def _check_sides(promise: Promise, teams: dict[str, TeamKind]) -> None:
    agreement = promise.agreement
    parties = (agreement.provider, agreement.customer)
    for side, party, kind in zip(("provider", "customer"), parties, SIDES[agreement.kind], strict=True):
        if teams.get(party, kind) is not kind:
            text = f"The {side} of an {agreement.kind} is {ARTICLES[kind]}; `{party}` is {ARTICLES[teams[party]]}."
            promise.findings.add("W302", promise.line, text)


def check_unused(documents: Iterable[Document], links: Links) -> None:
    """Note alert policies and conditions that nothing refers to."""
    used = {(reference.kind, reference.name) for reference in links.references}
    for each in documents:
        if each.kind in USED_BY and (each.kind, each.name) not in used:
            text = (
                f"{USED_BY[each.kind]} in these files names the {each.kind} `{each.name}`: it has no effect."
            )
            each.findings.add("W804", each.line, text)


def check_authors(documents: Iterable[Document], known: Known | None) -> None:
    """Note exclusions that have the name of one which was made in Slack: files never change that."""
    authors = {each.name: each.author for each in known.exclusions if each.author} if known else {}
    for document in documents:
        if document.kind == "Exclusion" and document.name in authors:
            text = f"{authors[document.name]} made `{document.name}` in Slack; give this one another name."
            document.findings.add("E604", document.line, text)


def _may_be_underpinning(agreement: str | None, agreements: dict[str, AgreementKind]) -> bool:
    """Whether the agreement is a UC, or one that is missing, which is said elsewhere."""
    return agreement is not None and agreements.get(agreement, AgreementKind.UC) is AgreementKind.UC
