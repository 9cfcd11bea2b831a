"""What a NAME means: an objective, a service or a team."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.agreement import Agreement
from domain.objective import Objective, Terms
from domain.refusal import Refusal, meant_words, suggestions

MOST_NAMED = 5
MOST_QUOTED = 40
MOST_NAME = 80
NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_NOT_QUOTED = re.compile(r"[`*~<>|\"]|(?<![^\W_])_+|_+(?![^\W_])")


class Kind(StrEnum):
    """What may have a name; where beginnings are the same, the earlier kind is meant."""

    OBJECTIVE = "objective"
    SERVICE = "service"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Found:
    """What a NAME means."""

    kind: Kind
    name: str


Known = Mapping[Kind, tuple[tuple[str, str], ...]]
"""The names of each kind: as they are compared, and as they are written."""


class UnknownName(Refusal):
    """Nothing begins so."""

    def __init__(self, name: str, kinds: Collection[Kind], known: Iterable[str]) -> None:
        what = " or ".join(", ".join(kinds).rsplit(", ", 1))
        written = {cleaned(one): one for one in known}
        close = suggestions(name[:MOST_NAME], written) if name.strip() else []
        self.name, self.candidates = name, tuple(written[one] for one in close)
        remedy = meant_words(close).strip()
        super().__init__(f'No {what} begins with "{quoted(name)}".\n{remedy}'.rstrip())


class AmbiguousName(Refusal):
    """Several begin so, or are called so."""

    def __init__(self, name: str, candidates: Collection[str], *, mark: str = "") -> None:
        self.name, self.candidates = name, tuple(sorted(candidates))
        count = len(self.candidates)
        named = ", ".join(f"{mark}{cleaned(one)}{mark}" for one in self.candidates[:MOST_NAMED])
        more = f" and {count - MOST_NAMED} more" if count > MOST_NAMED else ""
        number = NUMBERS[count] if count < len(NUMBERS) else str(count)
        super().__init__(f'{number} fit "{quoted(name)}": {named}{more}. Which one?')


def find(
    name: str, *, objectives: Iterable[str], services: Iterable[str] = (), teams: Iterable[str] = ()
) -> Found:
    """What `name` means: an exact name first, then the only one that begins so, whatever the case.

    Objectives are tried before services, and these before teams. `service:checkout` says which kind.
    Raises `UnknownName` or `AmbiguousName`.
    """
    return Names(objectives, services=services, teams=teams).find(name)


class Names:
    """Names that are known, made ready to be looked for in; see `find`."""

    def __init__(
        self, objectives: Iterable[str], *, services: Iterable[str] = (), teams: Iterable[str] = ()
    ) -> None:
        kinds = {Kind.OBJECTIVE: objectives, Kind.SERVICE: services, Kind.TEAM: teams}
        self._known = {kind: tuple((_folded(one), one) for one in names) for kind, names in kinds.items()}
        self._exactly: dict[str, list[Found]] = {}
        for kind, names in self._known.items():
            for folded, one in names:
                self._exactly.setdefault(folded, []).append(Found(kind, one))

    def find(self, name: str) -> Found:
        """What `name` means. Raises `UnknownName` or `AmbiguousName`."""
        known, (kind, colon, rest) = self._known, name.strip().partition(":")
        if colon and kind.lower() in known:
            name, known = rest, {Kind(kind.lower()): known[Kind(kind.lower())]}
        wanted = _folded(name)
        return self._exact(name, wanted, known) or _beginning(name, wanted, known) or _unknown(name, known)

    def _exact(self, name: str, wanted: str, kinds: Collection[Kind]) -> Found | None:
        found = [one for one in self._exactly.get(wanted, ()) if one.kind in kinds]
        if len(found) > 1:
            raise AmbiguousName(name, [f"{one.kind}:{one.name}" for one in found], mark="`")
        return found[0] if found else None


def quoted(text: str) -> str:
    """What somebody typed, safe to repeat between quotation marks: one line, no marks of formatting, not long."""
    words = cleaned(text)
    return words if len(words) <= MOST_QUOTED else words[: MOST_QUOTED - 1] + "…"


def cleaned(text: str) -> str:
    """At most 80 characters of `text` without marks of formatting and control characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[:MOST_NAME])
    return " ".join(_NOT_QUOTED.sub("", printable).split())


def _beginning(name: str, wanted: str, known: Known) -> Found | None:
    for kind, names in known.items() if wanted else ():
        found = [one for folded, one in names if folded.startswith(wanted)]
        if len(found) > 1:
            raise AmbiguousName(name, found)
        if found:
            return Found(kind, found[0])
    return None


def _unknown(name: str, known: Known) -> Found:
    raise UnknownName(name, tuple(known), _all(known))


def _all(known: Known) -> Iterator[str]:
    return (one for names in known.values() for _, one in names)


def _folded(name: str) -> str:
    """As names are compared: without case, and with hyphens where somebody types spaces."""
    return "-".join(name.casefold().split())


def objectives_of(
    found: Found, objectives: Iterable[Objective], agreements: Iterable[Agreement], *, at: datetime
) -> list[str]:
    """The names of the objectives meant by `found`: itself, a service's, or those of a team.

    A team's are those it owns at `at`; a customer's those promised to it, a third party's those it promises.
    """
    if found.kind is Kind.OBJECTIVE:
        return [found.name]
    if found.kind is Kind.SERVICE:
        return [objective.name for objective in objectives if objective.service == found.name]
    promised = {agreement.name for agreement in agreements if found.name == agreement.outsider}
    return [one.name for one in objectives if _is_of_team(one.terms(at=at), found.name, promised)]


def _is_of_team(terms: Terms, team: str, promised: Collection[str]) -> bool:
    return terms.owner == team or terms.agreement in promised
