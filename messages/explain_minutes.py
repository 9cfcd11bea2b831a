"""How a figure came about, its second half: what does not count, and what was measured."""

from collections.abc import Sequence
from fractions import Fraction

from domain.agreement import Agreement
from domain.dispute import Ruling
from domain.planned import PlannedWork
from domain.ratio import floor_percent
from domain.reckoning import Reckoning, minutes_of, reckon
from domain.standing import Standing
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import RollingWindow
from messages.columns import code, columns
from messages.dates import Dates
from messages.escaping import plain
from messages.explain_ruled import ruled_lines, ruled_minutes
from messages.planned import REASON, person_words, planned_words
from messages.room import fitting
from messages.windows import window_words

MOST_PLANNED = 20
ROOM_OF_PLANNED = 2500
UNITS = {LimitUnit.WORKING_DAYS: "working day", LimitUnit.DAYS: "day", LimitUnit.HOURS: "hour"}


def not_counted_part(
    standing: Standing,
    planned: Sequence[PlannedWork],
    rulings: Sequence[Ruling],
    agreement: Agreement | None,
    dates: Dates,
) -> list[str]:
    """Planned work by name, what was announced too late, what was ruled out, minutes outside the service hours."""

    def told(works: Sequence[PlannedWork]) -> str:
        return "\n".join([*_work_lines(works, standing, dates), *_too_late(works[0], standing, agreement)])

    series = _series(planned, standing)
    newest = fitting(series[::-1], told, most=MOST_PLANNED, room=ROOM_OF_PLANNED)
    lines = [*newest[::-1], *_more(series[: len(series) - len(newest)], standing)]
    reckoning = reckon(standing)
    in_time = [one for one in planned if not is_late(one, standing)]
    lines += ruled_lines(rulings, standing, dates)
    overlapping = _minutes(in_time, standing) + ruled_minutes(rulings, standing) - reckoning.excluded
    if overlapping > 0:
        lines.append(f"• less what is in two of them: {overlapping:,} min")
    if reckoning.outside_hours:
        lines.append(f"• outside the service hours: {reckoning.outside_hours:,} min")
    return ["*5 Not counted*", *(lines or ["Nothing: every minute counts."])]


def measured_part(standing: Standing) -> list[str]:
    """From the minutes of the period to those that were measured."""
    reckoning = reckon(standing)
    rows = [
        (_elapsed_label(standing), f"{reckoning.elapsed:,}"),
        *_taken_away("before the first data", reckoning.not_begun),
        *_taken_away("outside service hours", reckoning.outside_hours),
        *_taken_away("planned work", reckoning.excluded),
        ("minutes that count", f"{reckoning.countable:,}"),
        ("measured", f"{reckoning.measured:,}", _coverage(reckoning)),
    ]
    return ["*6 Measured*", code(columns(rows))]


def limit_words(limit: TimeLimit) -> str:
    """ "5 working days", "1 day"."""
    return f"{limit.count} {UNITS[limit.unit]}{'' if limit.count == 1 else 's'}"


def _series(planned: Sequence[PlannedWork], standing: Standing) -> list[list[PlannedWork]]:
    """What took minutes away, or would have: the occurrences of one series together, those in time apart."""
    found: dict[tuple[str, bool], list[PlannedWork]] = {}
    for work in planned:
        if minutes_of(work.occurrence, standing):
            found.setdefault((work.exclusion.name, is_late(work, standing)), []).append(work)
    return list(found.values())


def _more(series: Sequence[Sequence[PlannedWork]], standing: Standing) -> list[str]:
    """Those that find no room: how many, and how many minutes."""
    lines = []
    for late, ending in ((False, ""), (True, ", announced too late: *they count*")):
        some = [one for works in series for one in works if is_late(one, standing) is late]
        lines += [f"• and {len(some):,} more: {_minutes(some, standing):,} min{ending}"] if some else []
    return lines


def _work_lines(works: Sequence[PlannedWork], standing: Standing, dates: Dates) -> list[str]:
    """When, or how often; why, how long; on what ground, by what name, announced when and by whom."""
    exclusion, name = works[0].exclusion, plain(works[0].exclusion.name)
    announced = f"announced {dates.short(dates.local(exclusion.announced_at).date())}"
    by = f" by {person_words(exclusion.author)}" if exclusion.author else ""
    what, which = planned_words(works[0].occurrence, exclusion.reason, dates), name
    if len(works) > 1:
        what, which = f"{name}, {len(works):,} times", plain(exclusion.reason, REASON)
    ground = exclusion.ground.replace("-", " ")
    return [f"• {what}: {_minutes(works, standing):,} min", f"  {ground}: {which}, {announced}{by}"]


def _minutes(works: Sequence[PlannedWork], standing: Standing) -> int:
    return sum(minutes_of(one.occurrence, standing) for one in works)


def _too_late(work: PlannedWork, standing: Standing, agreement: Agreement | None) -> list[str]:
    """ "*It counts*: announced too late; 5 working days ahead are agreed"."""
    if not is_late(work, standing):
        return []
    notice = agreement.maintenance_notice if agreement else None
    agreed = f"; {limit_words(notice)} ahead are agreed" if notice else ""
    return [f"  *It counts*: announced too late{agreed}"]


def is_late(work: PlannedWork, standing: Standing) -> bool:
    """Whether it was announced too late for this objective, and so counts."""
    return standing.name in work.too_late


def _elapsed_label(standing: Standing) -> str:
    window, period = standing.terms.window, standing.period
    so_far = "" if isinstance(window, RollingWindow) or standing.at >= period.end else " so far"
    return f"{window_words(window, period)}{so_far}"


def _taken_away(label: str, minutes: int) -> list[tuple[str, ...]]:
    return [(f"less {label}", f"{minutes:,}")] if minutes else []


def _coverage(reckoning: Reckoning) -> str:
    countable = reckoning.countable
    return floor_percent(Fraction(reckoning.measured, countable), 0) if countable else ""
