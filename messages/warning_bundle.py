"""A warning about several objectives of one service: one message, a line each, the worst first."""

from collections import Counter
from collections.abc import Sequence

from domain.burn import Severity
from domain.episode import WarningKind
from domain.ratio import ceil_percent
from domain.standing import State
from domain.team import Team
from domain.urgency import by_urgency
from domain.warned import Warned, WarnedObjective
from messages.amounts import left_percent
from messages.escaping import plain
from messages.parties import SHORT, team_words
from messages.room import fitting, flowing
from messages.states import EMOJI, TOLD_FIRST, WORD
from messages.warning_burn import countdown_lines
from messages.warning_forecast import chance_words
from messages.warning_people import who_lines
from messages.warning_silent import silent_words
from messages.warning_times import push_moment
from messages.warning_told import Told
from messages.warning_words import (
    OVER_MARK,
    burning_lines,
    countdown_of,
    dates_of,
    failing_briefly,
    state_of,
)

MOST_LINES = 40
MOST_OWNERS = 3
ROOM_OF_LINES = 7500
SAID = {
    WarningKind.BURN: "Their budgets burn.",
    WarningKind.FORECAST: "They will probably be breached.",
    WarningKind.SILENT: "Nothing is received of them.",
}


def bundle_told(warned: Warned, *, command: str) -> Told:
    """All of them; those that are open first, then the most urgent, then the least budget left."""
    ranked = ranked_of(warned.objectives)
    title = f"{len(ranked):,} objectives of {plain(warned.warning.service, SHORT)}"
    mark, words = _state(ranked)
    lines = fitting(ranked, lambda one: _line(one, warned), most=MOST_LINES, room=ROOM_OF_LINES)
    more = len(ranked) - len(lines)
    rest = [f"and {more:,} more: `{command} status {plain(warned.warning.service)}`"] if more else []
    head = [f"{mark} *{title}* · {words}", *_first_gone(ranked, warned)]
    push = f"{title}: {words}{_push_gone(ranked, warned)}"
    parts = [head, [*lines, *rest], [*_owners(ranked, warned), *burning_lines(warned)], who_lines(warned)]
    return Told(push, parts, ending="" if warned.warning.is_open else "over")


def _owners(objectives: Sequence[WarnedObjective], warned: Warned) -> list[str]:
    """The teams that own them, the first few."""
    teams = warned.promises.teams
    names = dict.fromkeys(one.standing.terms.owner for one in objectives)
    words = [team_words(teams.get(name, Team(name))) if name else "nobody" for name in names]
    more = [f"{len(words) - MOST_OWNERS:,} more"] if len(words) > MOST_OWNERS else []
    return flowing([f"Owner: {words[0]}", *words[1:MOST_OWNERS], *more])


def ranked_of(objectives: Sequence[WarnedObjective]) -> list[WarnedObjective]:
    """The open ones first, then by urgency."""
    place = {one.name: index for index, one in enumerate(by_urgency(one.standing for one in objectives))}
    return sorted(
        objectives,
        key=lambda one: (
            not one.episode.is_open,
            state_of(one) is not State.BREACHED,
            one.episode.severity is not Severity.PAGE,
            place[one.name],
        ),
    )


def _state(ranked: Sequence[WarnedObjective]) -> tuple[str, str]:
    """The worst state's mark, and how many are in which: only the word where all are in one."""
    states = Counter(state_of(one) for one in ranked if one.episode.is_open)
    over = sum(not one.episode.is_open for one in ranked)
    if over == len(ranked):
        return OVER_MARK, "over"
    worst = next(state for state in (State.BREACHED, State.AT_RISK, State.NO_DATA) if states[state])
    if states[worst] == len(ranked):
        return EMOJI[worst], WORD[worst]
    told = [
        f"{states[state]:,} {WORD[state]}" for state in sorted(TOLD_FIRST, key=_ORDER.index) if states[state]
    ]
    return EMOJI[worst], ", ".join([*told, *([f"{over:,} over"] if over else [])])


_ORDER = (State.BREACHED, State.AT_RISK, State.NO_DATA)


def _first_gone(ranked: Sequence[WarnedObjective], warned: Warned) -> list[str]:
    """Whose budget is gone first, and when."""
    if not warned.warning.is_open:
        return []
    first = _first(ranked)
    if first is None:
        return [SAID[warned.warning.kind]]
    return countdown_lines(first, warned, of_several=True)


def _push_gone(ranked: Sequence[WarnedObjective], warned: Warned) -> str:
    if not warned.warning.is_open:
        return ""
    first = _first(ranked)
    counted = countdown_of(first) if first else None
    if counted is None or counted.gone_at is None:
        said = SAID[warned.warning.kind].removesuffix(".")
        return f"; {said[:1].lower()}{said[1:]}"
    return f"; at this pace a budget is gone {push_moment(counted.gone_at, dates_of(warned))}"


def _first(ranked: Sequence[WarnedObjective]) -> WarnedObjective | None:
    gone = [
        (counted.gone_at, index)
        for index, one in enumerate(ranked)
        if one.episode.is_open and one.episode.kind is WarningKind.BURN
        if (counted := countdown_of(one)) and counted.gone_at
    ]
    return ranked[min(gone)[1]] if gone else None


def _line(one: WarnedObjective, warned: Warned) -> str:
    mark = EMOJI[state_of(one)] if one.episode.is_open else OVER_MARK
    return "\n    ".join(flowing([f"{mark} {plain(one.name)}", *_words(one, warned)]))


def _words(one: WarnedObjective, warned: Warned) -> list[str]:
    left = left_percent(one.standing)
    budget = [f"budget left {left}"] if left else []
    if not one.episode.is_open:
        took = [f"took {ceil_percent(one.cost, 0)}"] if one.cost else budget
        return ["forecast withdrawn" if one.episode.withdrawn else "over", *took]
    match one.episode.kind:
        case WarningKind.SILENT:
            words = silent_words(one, warned)
            return [words[:1].lower() + words[1:]]
        case WarningKind.FORECAST:
            return [f"{chance_words(one)} to be breached"]
        case WarningKind.BURN:
            failing = failing_briefly(one)
            return [*([failing] if failing else []), *budget]
