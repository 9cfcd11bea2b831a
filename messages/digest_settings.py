"""When digests come to a channel or person, and what about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.readers import Reader, ReaderKind
from domain.team import DigestSchedule
from messages.blocks import section
from messages.dates import WEEKDAYS, Dates
from messages.escaping import plain
from messages.example import NINE, PAYMENTS
from messages.message import Message
from messages.parties import team_words
from messages.planned import zone_words
from messages.room import flowing

MOST_NAMES = 12
ALL_DAYS = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a reader as of `at`: its next digest comes at `next_at`, None where none is in sight.

    `changed`: it was changed just now; `here`: it reads in a channel, not in direct messages.
    """

    reader: Reader
    at: datetime
    next_at: datetime | None
    changed: bool = False
    here: bool = True


def digest_settings(settings: Sequence[Setting], *, command: str = "/slm") -> Message:
    """What holds now, and when the next one comes: a part for each."""
    parts = [_lines(setting, command) for setting in settings]
    changed = any(one.changed and one.reader.kind is not ReaderKind.SUBSCRIBER for one in settings)
    hint = "`steward plan` shows the change" if changed else ""
    text = " ".join(f"{_what(one)}: {_short(one)}." for one in settings)
    return Message(text, tuple(section(*lines) for lines in parts), hint)


def _lines(setting: Setting, command: str) -> list[str]:
    reader = setting.reader
    chosen = [plain(name) for name in reader.names[:MOST_NAMES]]
    more = [f"{len(reader.names) - len(chosen)} more"] if len(reader.names) > len(chosen) else []
    about = flowing([f"About {chosen[0]}", *chosen[1:], *more], separator=", ") if chosen else []
    return [f"*{_what(setting)}*", *about, *_when(setting, command)]


def _what(setting: Setting) -> str:
    match setting.reader.kind:
        case ReaderKind.SUBSCRIBER:
            return "Roll-up for this channel" if setting.here else "Roll-up for you"
        case ReaderKind.MANAGERS:
            return f"Roll-up for {team_words(setting.reader.team)}"
        case _:
            return f"Digest of {team_words(setting.reader.team)}"


def _when(setting: Setting, command: str) -> list[str]:
    schedule, zone = setting.reader.team.digest, setting.reader.team.timezone
    rhythm = f"{_days(schedule)} at `{schedule.at:%H:%M}`, {zone_words(zone)} time"
    if schedule.off:
        return [f"Off. It came {rhythm}.", f"On again: `{command} digest on`"]
    return [f"{rhythm[0].upper()}{rhythm[1:]}", f"Next: {_next(setting)}"]


def _next(setting: Setting) -> str:
    if setting.next_at is None:
        return "none in the next two months"
    if setting.next_at <= setting.at:
        return "in a moment"
    dates = Dates(setting.at, setting.reader.team.timezone)
    local = dates.local(setting.next_at)
    return f"{dates.day(local.date())} `{local:%H:%M}`"


def _short(setting: Setting) -> str:
    return "off" if setting.reader.team.digest.off else f"next {_next(setting)}".replace("`", "")


def _days(schedule: DigestSchedule) -> str:
    if schedule.days is None:
        return "every working day"
    if schedule.days == ALL_DAYS:
        return "every day"
    named = [WEEKDAYS[day] for day in sorted(schedule.days)]
    if sorted(schedule.days) == list(range(5)):
        return "Mon to Fri"
    return f"on {', '.join(named)}" if named else "on no day"


EXAMPLE = (
    Setting(Reader(ReaderKind.TEAM, PAYMENTS), NINE, datetime.fromisoformat("2026-11-25T08:00:00+00:00")),
)
