"""Collective responsibility for a service: each promise, what stands under it, who answers for it, where it is thin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.acknowledgement import Stage
from domain.agreement import AgreementKind
from domain.chain import Link, Thin
from domain.ratio import exact_percent
from domain.responsibility import Role
from domain.team import Team
from messages.answered import pending_words
from messages.blocks import section
from messages.dates import Dates
from messages.escaping import plain
from messages.guarantee import series_percent
from messages.message import Message
from messages.parties import effect_words, other_party, team_words
from messages.room import fitting, pieces

SHORT = 24
"""Characters of a name in a line with others."""

STEP = "   "
DEEPEST = 4
"""Steps to the right that are drawn; what stands further down is drawn as far."""

MOST_LINKS = 100
ROOM_OF_LINKS = 10_000
MOST_TEAMS = 3
ROLES = (Role.RESPONSIBLE, Role.CONSULTED, Role.INFORMED)


@dataclass(frozen=True, slots=True)
class Chain:
    """The chains under a `title` that is escaped already; `on` is the date that was asked for, if any."""

    title: str
    links: Sequence[Link]
    dates: Dates
    teams: Mapping[str, Team] = field(default_factory=dict)
    on: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A link as deep as it is drawn; a `repeated` one is told further up with all that is under it."""

    link: Link
    depth: int
    repeated: bool
    first: bool


def who_answers_in_chain(facts: Chain, *, command: str = "/slm") -> Message:
    """The chain from each promise down, the thin places first."""
    rows = list(_rows(facts.links))
    shown = fitting(rows, lambda row: _entry(row, facts), most=MOST_LINKS, room=ROOM_OF_LINKS)
    rest = len(rows) - len(shown)
    texts = pieces([*shown, *([f"and {rest:,} more"] if rest else [])])
    head = section(f"*{facts.title}*{_day(facts)}", _counts(rows))
    hint = f"one of them: `{command} who NAME`"
    return Message(f"{facts.title}: {_counts(rows)}.", (head, *map(section, texts)), hint)


def teams_words(names: Sequence[str], teams: Mapping[str, Team]) -> str:
    """ "shop team, data platform team"; of many how many more."""
    shown = [team_words(teams.get(name, Team(name))) for name in names[:MOST_TEAMS]]
    more = [f"{len(names) - MOST_TEAMS:,} more"] if len(names) > MOST_TEAMS else []
    return ", ".join([*shown, *more])


def link_words(link: Link, dates: Dates) -> list[str]:
    """Where it is thin itself, a line each: "✍️ unacknowledged, by Mon 30 Nov"."""
    return [_WHY[why](link, dates) for why in link.thin]


def _rows(links: Sequence[Link]) -> Iterator[_Row]:
    told: set[str] = set()
    waiting = [(link, 0) for link in reversed(links)]
    while waiting:
        link, depth = waiting.pop()
        repeated = link.name in told
        yield _Row(link, depth, repeated, first=not told)
        told.add(link.name)
        waiting += [] if repeated else [(one, depth + 1) for one in reversed(link.under)]


def _entry(row: _Row, facts: Chain) -> str:
    link, left = row.link, STEP * min(row.depth, DEEPEST)
    name = plain(link.name) if row.depth else f"*{plain(link.name)}*"
    head = f"{'↳ ' if row.depth else ''}{name} {exact_percent(link.terms.target)}{_agreement(link)}"
    if row.repeated:
        return f"{left}{head}: as above"
    lines = [*_owner(link, facts), *_roles(link, facts), *link_words(link, facts.dates)]
    indent = left + (STEP if row.depth else "")
    # A blank line between promises.
    return "\n".join(
        [*([] if row.depth or row.first else [""]), f"{left}{head}", *(f"{indent}{line}" for line in lines)]
    )


def _owner(link: Link, facts: Chain) -> list[str]:
    owner = link.terms.owner
    if owner is None:
        return []
    agreed = " · acknowledged" if link.answers.holding and not link.unacknowledged else ""
    return [f"{teams_words([owner], facts.teams)}{agreed}"]


def _roles(link: Link, facts: Chain) -> list[str]:
    """ "responsible: shop team"."""
    found = ((role, link.roles(role)) for role in ROLES)
    return [f"{role}: {teams_words(names, facts.teams)}" for role, names in found if names]


def _agreement(link: Link) -> str:
    """ " · SLA retail", " · OLA"."""
    agreement = link.agreement
    if agreement is None:
        return ""
    # Both parties of an OLA are ours: whose it is stands in the next line.
    party = "" if agreement.kind is AgreementKind.OLA else f" {plain(other_party(agreement), SHORT)}"
    return f" · {agreement.kind}{party}"


def _declined(link: Link, dates: Dates) -> str:
    pending = link.answers.pending
    return f"✋ {pending_words(pending, dates)}" if pending else ""


def _unacknowledged(link: Link, dates: Dates) -> str:
    pending = link.answers.pending
    until = pending and pending.stage is Stage.OPEN and dates.local(pending.due_at).date()
    return f"✍️ unacknowledged, by {dates.day(until)}" if until else "✍️ unacknowledged"


def _not_in_effect(link: Link, dates: Dates) -> str:
    agreement = link.agreement
    if agreement is None:
        return ""
    words = "".join(effect_words(agreement, link.on or dates.today, dates))
    return f"⚠️ {agreement.kind} {plain(agreement.name, SHORT)}: {words}"


def _short(link: Link, dates: Dates) -> str:
    figure = series_percent(link.guarantee) if link.guarantee else ""
    return f"⚠️ what stands under it guarantees {figure}"


def _nothing_left(link: Link, dates: Dates) -> str:
    return f"⚠️ nothing is left under it: {plain(link.gone[0], SHORT)} retired"


def _unowned(link: Link, dates: Dates) -> str:
    return "⚠️ nobody answers for it"


_WHY = {
    Thin.UNOWNED: _unowned,
    Thin.DECLINED: _declined,
    Thin.NOTHING_LEFT: _nothing_left,
    Thin.NOT_IN_EFFECT: _not_in_effect,
    Thin.SHORT: _short,
    Thin.UNACKNOWLEDGED: _unacknowledged,
}


def _counts(rows: Sequence[_Row]) -> str:
    """ "5 objectives, thin in 2"; each is counted once."""
    if not rows:
        return "no objectives"
    links = {row.link.name: row.link for row in rows}
    thin = sum(bool(link.thin) for link in links.values())
    objectives = f"{len(links):,} objective{'' if len(links) == 1 else 's'}"
    return f"{objectives}, {f'thin in {thin:,}' if thin else 'nowhere thin'}"


def _day(facts: Chain) -> str:
    return f" · on {facts.dates.day(facts.on)}" if facts.on else ""
