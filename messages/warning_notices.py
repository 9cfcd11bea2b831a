"""All that is said of a warning after something happened in it: its message as it is now, and new lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.notice import Content, Notice
from domain.warned import Happening, Turn, Warned
from messages.message import Message
from messages.warning import warning_message
from messages.warning_breach import breach_line
from messages.warning_thread import thread_line

KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Said:
    """`content` is the whole message as it is now; `lines` are new: in its thread, of a breach in the channel."""

    content: Content
    lines: tuple[Notice, ...]


def said_of(warned: Warned, happenings: Sequence[Happening], *, command: str = "/slm") -> Said:
    """What is said of `happenings`, the worst first; no lines where there is no channel to say them in."""
    back = next((one for one in happenings if one.turn is Turn.HANDED_BACK), None)
    content = warning_message(warned, command=command, handed_back=back).content
    lines = [_notice(one, warned) for one in happenings] if warned.warning.channel else []
    return Said(content, tuple(lines))


def _notice(happening: Happening, warned: Warned) -> Notice:
    warning = warned.warning
    if happening.turn is Turn.BREACHED and happening.objectives:
        key = f"{warning.key}:breached:{happening.objectives[0]}"[:KEY_LENGTH]
        return _line(key, breach_line(warned, *happening.objectives), happening, warned)
    return _line(
        happening.key(warning), thread_line(happening, warned), happening, warned, thread=warning.key
    )


def _line(
    key: str, message: Message, happening: Happening, warned: Warned, *, thread: str | None = None
) -> Notice:
    warning = warned.warning
    return Notice(key, warning.channel, message.content, happening.at, warning.team, thread=thread)
