"""Which promises are in effect: of what was promised in an agreement that does not hold nothing is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.agreement import Agreement
from domain.planned import Promises
from domain.standing import Standing
from domain.team import Team


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Objectives that do not count, since their agreement does not hold on its provider's date `on`."""

    agreement: Agreement
    on: date
    objectives: tuple[str, ...]


def date_of(agreement: Agreement, teams: Mapping[str, Team], *, at: datetime) -> date:
    """The date in the zone of the agreement's provider; of its customer where that is not known."""
    known = (teams.get(name) for name in (agreement.provider, agreement.customer))
    return next((team.local(at).date() for team in known if team), at.astimezone(UTC).date())


def in_effect(agreement: Agreement | None, teams: Mapping[str, Team], *, at: datetime) -> bool:
    """Whether what is promised in it holds at `at`; what is promised in none always does."""
    return agreement is None or agreement.in_effect(date_of(agreement, teams, at=at))


def apart(
    standings: Iterable[Standing], promises: Promises, *, at: datetime
) -> tuple[list[Standing], list[Standing]]:
    """Those that count at `at`, and those whose agreement has ended or did not begin yet."""
    lapsed = {name for name, one in promises.agreements.items() if not in_effect(one, promises.teams, at=at)}
    counted: list[Standing] = []
    uncounted: list[Standing] = []
    for standing in standings:
        (uncounted if standing.terms.agreement in lapsed else counted).append(standing)
    return counted, uncounted


def uncounted_by(standings: Sequence[Standing], promises: Promises, *, at: datetime) -> list[Uncounted]:
    """Those of them that do not count, by agreement."""
    _, left = apart(standings, promises, at=at)
    names: dict[str, list[str]] = {}
    for standing in left:
        names.setdefault(standing.terms.agreement or "", []).append(standing.name)
    agreements = [promises.agreements[name] for name in sorted(names)]
    return [
        Uncounted(one, date_of(one, promises.teams, at=at), tuple(sorted(names[one.name])))
        for one in agreements
    ]
