"""What waits for a team in its digest: questions about its objectives, hand-overs, warnings; and what it waits for."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.handover import Handover
from domain.questions import Questions
from domain.team import Team
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import NINE, WALLET
from messages.parties import SHORT
from messages.room import fitting, flowing

MOST_ONE_BY_ONE = 3
"""More objectives that a team was asked about are one line."""

MOST_LISTED = 4
ROOM_OF_LISTED = 800
MANAGERS = "service level managers"

T = TypeVar("T")


def waiting_section(asked: Questions, team: Team, dates: Dates, warned: Sequence[str] = ()) -> list[Block]:
    """What a person of the team has to answer; `warned` are lines about warnings and disputes."""
    handed = listed(asked.handovers_to(team.name), lambda one: _handed(one, team.name))
    lines = [*_asked_lines(asked.open, dates), *handed, *warned]
    return [section("*Waiting for this team*", *lines)] if lines else []


def others_section(asked: Questions, team: Team, dates: Dates, disputed: Sequence[str] = ()) -> list[Block]:
    """What the team waits for: decisions about what it declined, agreement to hand-overs, others in disputes."""
    decided = listed(asked.declined, lambda one: _declined(one, dates))
    handed = listed(asked.handovers_of(team.name), lambda one: handover_of(one, team.name))
    lines = [*decided, *handed, *disputed]
    return [section("*Waiting for others*", *lines)] if lines else []


def asked_line(one: Acknowledgement, dates: Dates) -> str:
    """ "✍️ wallet-availability: unacknowledged, answer by Mon 30 Nov"."""
    missing = one.missing_from <= dates.at
    what = "unacknowledged," if missing else "to be acknowledged again,"
    return item(f"✍️ {plain(one.objective)}:", what, answer_words(one.due_at, dates))


def answer_words(due_at: datetime, dates: Dates) -> str:
    """ "answer by Mon 30 Nov"; "the answer was due Fri 20 Nov"."""
    word = "the answer was due" if due_at < dates.at else "answer by"
    return f"{word} {dates.day(dates.local(due_at).date())}"


def handover_of(one: Handover, team: str) -> str:
    """ "🤝 search-latency: hand-over to shop, which has to agree"."""
    direction, other = ("to", one.taker) if team == one.giver else ("from", one.giver)
    return item(
        f"🤝 {plain(one.objective)}:", f"hand-over {direction} {plain(other, SHORT)},", "which has to agree"
    )


def item(*words: str) -> str:
    """An entry of a list, in lines that fit."""
    return "\n    ".join(flowing(words, separator=" "))


def listed(found: Sequence[T], line: Callable[[T], str], *, most: int = MOST_LISTED) -> list[str]:
    """A line for each, as far as there is room."""
    lines = fitting(found, line, most=most, room=ROOM_OF_LISTED)
    more = len(found) - len(lines)
    return [*lines, *([f"and {more:,} more"] if more else [])]


def _asked_lines(found: Sequence[Acknowledgement], dates: Dates) -> list[str]:
    if len(found) <= MOST_ONE_BY_ONE:
        return listed(found, lambda one: asked_line(one, dates))
    first = answer_words(found[0].due_at, dates)
    return [item(f"✍️ {len(found):,} objectives: unacknowledged,", f"first {first.removeprefix('the ')}")]


def _declined(one: Acknowledgement, dates: Dates) -> str:
    when = f" {dates.since(one.answered_at)}" if one.answered_at else ""
    return item(f"✋ {plain(one.objective)}: declined{when},", f"the {MANAGERS} decide")


def _handed(one: Handover, team: str) -> str:
    direction = f"from {plain(one.giver, SHORT)}" if team == one.taker else f"to {plain(one.taker, SHORT)}"
    return item(f"🤝 {plain(one.objective)}: hand-over {direction},", "agree or refuse")


def question(objective: str, team: str, due: date, **more: object) -> Acknowledgement:
    """An open one of the examples, asked on the morning of a Monday and due on the evening of `due`."""
    made = {
        "version": 2,
        "hours": "",
        "because": Because.TERMS,
        "asked_at": datetime(2026, 11, 23, 8, tzinfo=UTC),
        "due_at": datetime(due.year, due.month, due.day, 17, tzinfo=UTC),
        "missing_from": datetime(2026, 11, 23, 8, tzinfo=UTC),
    } | more
    return Acknowledgement(objective, team, **made)  # type: ignore[arg-type]


SEVENTEENTH = datetime(2026, 11, 17, 10, 4, tzinfo=UTC)
EXAMPLE = Questions([question(WALLET.name, "payments", date(2026, 11, 30))])
"""On Tuesday the payments team was asked about new terms."""

DECLINED = question(
    "search-latency",
    "payments",
    date(2026, 11, 20),
    stage=Stage.DECLINED,
    answered_by="U0ANA",
    answered_at=SEVENTEENTH,
    ground=Ground.UNREALISTIC,
)
HANDOVER = Handover(
    "invoice-availability", 1, "payments", "shop", "U0ANA", NINE - timedelta(days=1), "U0ANA", NINE, id=7
)
