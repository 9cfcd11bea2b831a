"""Who rules: a service level manager who belongs to no party and owns nothing in dispute."""

from collections.abc import Collection, Iterable, Sequence

from domain.agreement import Agreement
from domain.dispute import Dispute
from domain.membership import Groups, answerers, is_member
from domain.team import Team


def neutral(person: str, teams: Iterable[Team], groups: Groups) -> bool:
    """Whether the person is of none of these teams."""
    return not any(is_member(team, person, groups) for team in teams)


def eligible(
    managers: Iterable[Team],
    parties: Sequence[Team],
    agreement: Agreement | None,
    groups: Groups,
    *,
    but: Collection[str] = (),
) -> list[str]:
    """The service level managers who may rule, in their teams' order; else the agreement's arbiter, if neutral.

    `parties` are the teams of the dispute and the owner of what it is about; `but` are people who may not, as the
    arbiter whose ruling is appealed against.
    """
    able = dict.fromkeys(person for team in managers for person in answerers(team, groups))
    found = [person for person in able if person not in but and neutral(person, parties, groups)]
    named = agreement.disputes.arbiter if agreement else None
    if not found and named and named not in but and neutral(named, parties, groups):
        return [named]
    return found


def next_in_turn(able: Sequence[str], earlier: Sequence[Dispute]) -> str | None:
    """Whoever of these was given a dispute least often, then longest ago; None where there is nobody.

    `earlier` are all disputes, oldest first.
    """
    if not able:
        return None
    given = [one.arbiter for one in earlier if one.arbiter] + [
        one.first_arbiter for one in earlier if one.first_arbiter
    ]
    last = {person: place for place, person in enumerate(given)}
    return min(able, key=lambda person: (given.count(person), last.get(person, -1), able.index(person)))
