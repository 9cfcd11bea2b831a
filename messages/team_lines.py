"""Teams, a line each: how many of their objectives are met."""

from collections.abc import Collection, Mapping, Sequence

from domain.agreement import Agreement, AgreementKind
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import ORDER
from messages.escaping import plain
from messages.parties import shown_name
from messages.promises import count_of
from messages.room import fitting, flowing
from messages.states import EMOJI, WORD

MOST_TEAMS = 15
MOST_NAMES = 2
MOST_MET_TEAMS = 20
ROOM_OF_TEAMS = 1500
ROOM_OF_MET_TEAMS = 1000


def teams_section(
    ranked: Sequence[Standing], teams: Mapping[str, Team], named: Collection[str], command: str
) -> list[str]:
    """A line for each team with something that is not met, the worst first; then those of which all is met.

    `named` are the objectives that are told elsewhere; the others that are not met are named here.
    """
    owned: dict[str, list[Standing]] = {}
    for standing in ranked:
        if standing.terms.owner:
            owned.setdefault(standing.terms.owner, []).append(standing)
    if not owned:
        return []
    order = sorted(owned, key=lambda name: (*_counts(owned[name]), name))
    wrong = [name for name in order if owned[name][0].state is not State.MET]

    def line(name: str) -> str:
        others = [one for one in owned[name] if one.state is not State.MET and one.name not in named]
        return "\n    ".join(flowing([_line(name, owned[name], teams), *_names(others)]))

    lines = fitting(wrong, line, most=MOST_TEAMS, room=ROOM_OF_TEAMS)
    more = len(wrong) - len(lines)
    rest = [f"and {more:,} more teams: `{command} status TEAM`"] if more else []
    return [
        "*Teams*",
        *lines,
        *rest,
        *_all_met([name for name in order if name not in set(wrong)], owned, teams),
    ]


def third_parties_line(standings: Sequence[Standing], agreements: Mapping[str, Agreement]) -> list[str]:
    """ "*Third parties:* 2 of 2 UC objectives met"."""
    of = [one for one in standings if _is_uc(agreements.get(one.terms.agreement or ""))]
    noun = "objective" if len(of) == 1 else "objectives"
    return [f"*Third parties:* {count_of(of)} UC {noun} met"] if of else []


def _counts(standings: Sequence[Standing]) -> tuple[int, ...]:
    """Sorts the team with the most that is breached first, then at risk, then without data."""
    return tuple(-sum(one.state is state for one in standings) for state in ORDER[:-1])


def _line(name: str, standings: Sequence[Standing], teams: Mapping[str, Team]) -> str:
    return f"{EMOJI[standings[0].state]} {shown_name(name, teams)}: {count_of(standings)} met"


def _names(standings: Sequence[Standing]) -> list[str]:
    more = len(standings) - MOST_NAMES
    named = [f"{plain(one.name)} {WORD[one.state]}" for one in standings[:MOST_NAMES]]
    return [*named, *([f"{more:,} more"] if more > 0 else [])]


def _all_met(
    names: Sequence[str], owned: Mapping[str, Sequence[Standing]], teams: Mapping[str, Team]
) -> list[str]:
    if not names:
        return []
    words = fitting(
        names,
        lambda name: f"{shown_name(name, teams)} {len(owned[name]):,}",
        most=MOST_MET_TEAMS,
        room=ROOM_OF_MET_TEAMS,
    )
    more = [f"{len(names) - len(words):,} more teams"] if len(names) > len(words) else []
    first, *others = [*words, *more]
    return flowing([f"✅ all met: {first}", *others], separator=", ")


def _is_uc(agreement: Agreement | None) -> bool:
    return agreement is not None and agreement.kind is AgreementKind.UC
