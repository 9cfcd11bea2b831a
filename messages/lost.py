"""Messages that were not delivered, in a list."""

import html
from collections.abc import Sequence

from domain.notice import Notice, NoticeState
from messages.blocks import Block, section
from messages.escaping import plain
from messages.room import fitting, flowing
from messages.undelivered import Undelivered, in_words

MOST_LOST = 5
ROOM_OF_LOST = 1800
SUBJECT = 60


def lost_section(lost: Sequence[Notice]) -> list[Block]:
    """What did not arrive, why, and the remedy's first line; the newest where they are many."""
    if not lost:
        return []
    lines = fitting(list(reversed(lost)), _line, most=MOST_LOST, room=ROOM_OF_LOST)
    more = len(lost) - len(lines)
    return [section("*Not delivered*", *lines, *([f"• and {more:,} more"] if more else []))]


def undelivered_of(notice: Notice) -> Undelivered:
    """A notice that was given up, named by what it says."""
    subject = f"“{html.unescape(notice.content.text)}”"
    return Undelivered(subject, notice.team, notice.channel, error_of(notice))


def _line(notice: Notice) -> str:
    subject = f"“{plain(html.unescape(notice.content.text), SUBJECT)}”"
    problem, remedy = in_words(undelivered_of(notice))
    return "\n".join(flowing([f"• {subject}", problem, remedy.split("\n")[0]], separator=" "))


def error_of(notice: Notice) -> str:
    """Slack's word for why a notice did not arrive."""
    if notice.state is NoticeState.AMBIGUOUS:
        return "ambiguous"
    if notice.state is NoticeState.STALE:
        return "stale"
    return (notice.reason or "").partition(":")[0]
