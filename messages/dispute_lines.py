"""Open disputes in a team's digest, and in what waits for a person: whose turn it is, until when, how old."""

from collections.abc import Sequence

from domain.dispute import Dispute, DisputeStage
from domain.minutes import minute_of
from messages.amounts import age
from messages.asking import ask_button, askable
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import SHORT
from messages.waiting import item, listed

MOST = 5


def disputes_for(disputes: Sequence[Dispute], team: str, dates: Dates) -> list[str]:
    """Those in which it is the team's turn: "⚖️ D-17 card-auth: answer by Thu 26 Nov"."""
    return listed([one for one in disputes if one.turn == team], lambda one: _ours(one, dates))


def disputes_with_others(disputes: Sequence[Dispute], team: str, dates: Dates) -> list[str]:
    """Those of the team in which it is another's: "⚖️ D-17: retail, by Thu 26 Nov · open for 21 h"."""
    others = [one for one in disputes if team in one.teams and one.turn != team]
    return listed(others, lambda one: _theirs(one, dates))


def dispute_sections(disputes: Sequence[Dispute], dates: Dates, *, command: str) -> list[Block]:
    """Those that wait for a person: an answer of their team, or a ruling of their own; with a button each."""
    rest = len(disputes) - MOST
    more = [section(f"and {rest:,} more: `{command} disputes mine`")] if rest > 0 else []
    return [*(_section(one, dates) for one in disputes[:MOST]), *more]


def _section(one: Dispute, dates: Dates) -> Block:
    show = f"show {one.called}"
    button = ask_button(f"Show {one.called}", show) if askable(show) else None
    return section(_ours(one, dates), _age(one, dates), accessory=button)


def _ours(one: Dispute, dates: Dates) -> str:
    what = "rule" if one.turn is None else "answer"
    return item(f"⚖️ {one.called} {plain(one.objective)}:", f"{what}{_until(one, dates)}")


def _theirs(one: Dispute, dates: Dates) -> str:
    if one.stage is DisputeStage.RULED:
        who = "ruled, can be appealed"
    else:
        who = "the arbiter" if one.turn is None else plain(one.turn, SHORT)
    return item(f"⚖️ {one.called}: {who},", f"{_until(one, dates).strip()} · {_age(one, dates)}")


def _until(one: Dispute, dates: Dates) -> str:
    if one.due_at is None:
        return ""
    late = "overdue since" if one.due_at < dates.at else "by"
    return f" {late} {dates.day(dates.local(one.due_at).date())}"


def _age(one: Dispute, dates: Dates) -> str:
    return f"open for {age(minute_of(dates.at) - minute_of(one.raised_at))}"
