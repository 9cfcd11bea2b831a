"""Which disputes there are: whose turn it is, since when, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.dispute import Dispute, DisputeStage
from domain.minutes import minute_of
from domain.team import Team
from messages.amounts import age
from messages.asking import ask_menu, askable
from messages.blocks import Block, section
from messages.dates import Dates
from messages.dispute_example import CONTESTED
from messages.dispute_words import GROUND_WORDS, STAGE_WORDS, whose
from messages.escaping import plain
from messages.example import BERLIN, PAYMENTS, RETAIL
from messages.message import Message
from messages.parties import shown_name
from messages.planned import person_words

MOST = 20
EMPTY = {
    "open": "No dispute is open.",
    "mine": "No open dispute concerns you.",
    "to-rule": "No dispute waits for your ruling.",
    "all": "There was no dispute yet.",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Disputes, oldest first, as somebody in `zone` reads them at `at`."""

    word: str
    disputes: Sequence[Dispute]
    teams: Mapping[str, Team]
    at: datetime
    zone: str = "UTC"


def disputes_list(facts: Listed, *, command: str = "/slm") -> Message:
    """What waits the longest first; of those that are over the newest."""
    found = facts.disputes
    if not found:
        text = EMPTY[facts.word]
        return Message(text, (section(text, f"To raise one: `{command} dispute NAME`"),))
    alive = [one for one in found if one.ended_at is None]
    over = [one for one in reversed(found) if one.ended_at is not None]
    shown = [*alive, *over][:MOST]
    title = f"{len(alive):,} open" if alive else f"{len(over):,} over"
    more = [section(f"and {len(found) - MOST:,} more")] if len(found) > MOST else []
    head = section(f"⚖️ *Disputes* · {title}")
    return Message(f"Disputes: {title}", (head, *(_row(one, facts) for one in shown), *more))


def _row(one: Dispute, facts: Listed) -> Block:
    raiser, other = (shown_name(name, facts.teams) for name in (one.raiser, one.counterpart))
    lines = [
        f"*{one.called}* · {plain(one.objective)} · {STAGE_WORDS[one.stage]}",
        f"{raiser} against {other}: {GROUND_WORDS[one.ground]}",
        turn_words(one, facts.teams, Dates(facts.at, facts.zone)),
    ]
    menu = ask_menu([(f"Show {one.called}", f"show {one.called}")], place=f"dispute:{one.called}")
    return section(*lines, accessory=menu if askable(f"show {one.called}") else None)


def turn_words(one: Dispute, teams: Mapping[str, Team], dates: Dates) -> str:
    """ "retail's turn, by Thu 26 Nov · open for 2 d"."""
    opened = f"open for {age(minute_of(dates.at) - minute_of(one.raised_at))}"
    if one.ended_at is not None:
        return f"{STAGE_WORDS[one.stage]} {dates.on(one.ended_at)}"
    due = one.due_at
    until = f", by {dates.day(dates.local(due).date())}" if due else ""
    late = " (overdue)" if due and due < dates.at else ""
    match one.stage:
        case DisputeStage.RULED:
            return f"ruled; can be appealed{until} · {opened}"
        case DisputeStage.ANSWERING:
            who = f"{whose(shown_name(one.counterpart, teams))} turn"
        case DisputeStage.PROPOSED:
            who = f"{whose(shown_name(one.raiser, teams))} turn"
        case _:
            who = f"arbiter's turn: {person_words(one.arbiter) if one.arbiter else 'nobody neutral'}"
    return f"{who}{until}{late} · {opened}"


EXAMPLE = Listed(
    "open",
    [CONTESTED.dispute],
    {team.name: team for team in (PAYMENTS, RETAIL)},
    CONTESTED.at,
    BERLIN,
)
