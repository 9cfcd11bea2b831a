"""Planned work in words: when, why, on what, and for whom it counts."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.announcement import Effect
from domain.person import called
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import SHORT, other_party
from messages.room import fitting, flowing

REASON = 200
"""Characters of a reason that are shown."""

MOST_EFFECTS = 30
ROOM_OF_EFFECTS = 8500
MOST_NAMES = 40
ROOM_OF_NAMES = 2400
PERSON = re.compile(r"[UW][A-Z0-9]{3,}")
_CALLED = re.compile(r"<?(?:@[^\s>]*|#[A-Za-z][^\s>]*)>?")
MOST_AHEAD = 20
"""Days ahead that are told as a number."""


def planned_words(occurrence: Period, reason: str, dates: Dates) -> str:
    """ "Sun 6 Dec `02:00–03:00`, database upgrade": times in code are those of the zone of `dates`."""
    start, end = dates.local(occurrence.start), dates.local(occurrence.end)
    return f"{_span(start, end, dates, mark='`')}, {plain(reason, REASON)}"


def span_words(occurrence: Period, dates: Dates) -> str:
    """ "Sun 6 Dec 02:00–03:00 Berlin"."""
    start, end = dates.local(occurrence.start), dates.local(occurrence.end)
    return f"{_span(start, end, dates)} {zone_words(dates.zone)}"


def span_lines(occurrence: Period, dates: Dates) -> list[str]:
    """From when to when on the zone's clocks, and on a second line in UTC where that differs."""
    lines = [span_words(occurrence, dates)]
    if _differs_from_utc(occurrence, dates):
        lines.append(f"({span_words(occurrence, Dates(dates.at))})")
    return lines


def until_words(occurrence: Period, dates: Dates) -> str:
    """ "02:00 Berlin (01:00 UTC)", with dates where it lasts more than a day."""
    instants = [_moment(occurrence, dates)]
    if _differs_from_utc(occurrence, dates):
        instants.append(f"({_moment(occurrence, Dates(dates.at))})")
    return " ".join(instants)


def zone_words(zone: str) -> str:
    """ "Berlin", "New York", "UTC"."""
    return zone.rpartition("/")[2].replace("_", " ")


def for_outsiders(reason: str) -> str:
    """A reason without the people and channels that it calls by name."""
    return " ".join(_CALLED.sub("", reason).split()) or "planned work"


def quoted_reason(reason: str) -> str:
    """ "“database upgrade”"."""
    return f"“{plain(reason, REASON)}”"


def person_words(person: str) -> str:
    """Somebody by Slack's ID."""
    person = called(person)
    return f"<@{person}>" if PERSON.fullmatch(person) else plain(person)


def objectives_words(names: Sequence[str]) -> str:
    """ "checkout-availability", or "3 objectives"."""
    if len(names) == 1:
        return plain(names[0])
    return f"{len(names):,} objectives" if names else "no objectives"


def names_lines(names: Sequence[str]) -> list[str]:
    """As many names as there is room for, and how many more."""
    shown = fitting(names, plain, most=MOST_NAMES, room=ROOM_OF_NAMES)
    more = [f"and {len(names) - len(shown):,} more"] if len(names) > len(shown) else []
    return flowing([*shown, *more])


def effects_texts(effects: Sequence[Effect]) -> list[str]:
    """What it means, agreement by agreement: those first for which it counts."""
    ordered = sorted(effects, key=lambda effect: effect.in_time)
    shown = fitting(ordered, _effect_text, most=MOST_EFFECTS, room=ROOM_OF_EFFECTS)
    left = len(ordered) - len(shown)
    return [*shown, *([f"and {left:,} more agreements"] if left else [])]


def customer_texts(effects: Sequence[Effect]) -> list[str]:
    """The same for the customer; agreements are named where there are several."""
    ordered = sorted(effects, key=lambda effect: effect.in_time)
    shown = fitting(
        ordered, lambda effect: _customer_text(effect, len(effects)), most=MOST_EFFECTS, room=ROOM_OF_EFFECTS
    )
    left = len(ordered) - len(shown)
    return [*shown, *([f"and {left:,} more agreements"] if left else [])]


def ahead_words(effect: Effect) -> str:
    """ "announced 2 working days ahead (5 agreed)"; nothing where no notice is agreed."""
    notice = effect.agreement.maintenance_notice if effect.agreement else None
    return notice_words(effect.ahead, notice) if notice else ""


def notice_words(ahead: int, notice: TimeLimit) -> str:
    """ "announced 9 working days ahead (5 agreed)"; of a series, announced months ago, only "in time"."""
    if notice.unit is LimitUnit.HOURS:
        return f"announced {ahead} h ahead ({notice.count} h agreed)"
    unit = "working day" if notice.unit is LimitUnit.WORKING_DAYS else "day"
    if ahead > max(MOST_AHEAD, notice.count):
        return f"announced in time ({notice.count} {unit}{'' if notice.count == 1 else 's'} agreed)"
    return f"announced {ahead} {unit}{'' if ahead == 1 else 's'} ahead ({notice.count} agreed)"


def _effect_text(effect: Effect) -> str:
    agreement = effect.agreement
    title = f"{agreement.kind} {plain(other_party(agreement), SHORT)}" if agreement else "No agreement"
    customer = plain(agreement.customer, SHORT) if agreement else ""
    counts = "does not count" if effect.in_time else f"counts, unless {customer} agrees"
    ahead = ahead_words(effect)
    return "\n".join([f"*{title}*: {counts}", *([ahead] if ahead else []), *names_lines(effect.objectives)])


def _customer_text(effect: Effect, of: int) -> str:
    title = f"*{effect.agreement.kind} {plain(effect.agreement.name, SHORT)}*" if effect.agreement else ""
    counts = "Not counted" if effect.in_time else "Counts, unless you agree"
    ahead = ahead_words(effect)
    head = f"{counts}: {ahead}" if ahead else counts
    return "\n".join([*([title] if of > 1 else []), head, *names_lines(effect.objectives)])


def _differs_from_utc(occurrence: Period, dates: Dates) -> bool:
    return any(dates.local(instant).utcoffset() for instant in (occurrence.start, occurrence.end))


def _moment(occurrence: Period, dates: Dates) -> str:
    end = dates.local(occurrence.end)
    day = f"{dates.day(end.date())} " if occurrence.end - occurrence.start > timedelta(days=1) else ""
    return f"{day}{end:%H:%M} {zone_words(dates.zone)}"


def _span(start: datetime, end: datetime, dates: Dates, *, mark: str = "") -> str:
    """ "Sun 6 Dec 02:00–03:00"; the second date too where it is another."""
    if start.date() == end.date():
        return f"{dates.day(start.date())} {mark}{start:%H:%M}–{end:%H:%M}{mark}"
    since, until = (f"{dates.day(one.date())} {mark}{one:%H:%M}{mark}" for one in (start, end))
    return f"{since} – {until}"
