"""What lies ahead: planned work, agreements that end, reviews."""

from collections.abc import Sequence

from domain.agreement import Agreement, AgreementKind
from domain.planned import PlannedWork
from domain.renewal import Due, DueKind
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import SHORT, other_party
from messages.planned import for_outsiders, planned_words
from messages.room import fitting, flowing

MOST_PLANNED = 4
ROOM_OF_PLANNED = 1800
MOST_CONCERNED = 3
MOST_DUE = 6
ROOM_OF_DUE = 1200


def planned_section(planned: Sequence[PlannedWork], dates: Dates) -> list[Block]:
    """Work that began or lies ahead: when, why, on which objectives, and whether it counts all the same."""
    if not planned:
        return []

    def line(work: PlannedWork) -> str:
        return "\n    ".join([f"• {when_and_why(work, dates)}", *flowing(_concerned(work))])

    lines = fitting(planned, line, most=MOST_PLANNED, room=ROOM_OF_PLANNED)
    return [section("*Planned*", *lines, *_more(len(planned) - len(lines)))]


def when_and_why(work: PlannedWork, dates: Dates, *, outside: bool = False) -> str:
    """ "Sun 6 Dec `02:00–03:00`, database upgrade"; "now: …" while it is done. `outside` nobody is named."""
    being_done = work.occurrence.start <= dates.at < work.occurrence.end
    return ("now: " if being_done else "") + planned_words(
        work.occurrence, for_outsiders(work.exclusion.reason) if outside else work.exclusion.reason, dates
    )


def due_section(found: Sequence[Due], dates: Dates) -> list[Block]:
    """Agreements that end soon or have ended, and reviews, a line each."""
    if not found:
        return []
    lines = fitting(found, lambda one: f"• {due_words(one, dates)}", most=MOST_DUE, room=ROOM_OF_DUE)
    return [section("*Agreements*", *lines, *_more(len(found) - len(lines)))]


def due_words(one: Due, dates: Dates) -> str:
    """ "checkout-sla (SLA retail) ends on Thu 31 Dec"; "Review with retail on Tue 1 Dec"."""
    today, day = dates.today, dates.day(one.on)
    if one.kind is DueKind.REVIEW:
        what = f"Review with {plain(_reviewed_with(one.agreement), SHORT)}"
        if one.on == today:
            return f"{what} today"
        return f"{what} {'was due ' if one.on < today else ''}on {day}"
    what = f"{plain(one.agreement.name, SHORT)} ({one.agreement.kind} {plain(other_party(one.agreement), SHORT)})"
    if one.on < today:
        return f"{what}\n    ended on {day}{_ran_out(one)}"
    ends = "ends today" if one.on == today else f"ends on {day}"
    follows = f",\n    {plain(one.replaced_by, SHORT)} follows" if one.replaced_by else ""
    return f"{what} {ends}{follows}"


def _ran_out(one: Due) -> str:
    """ ", nothing in its place: 3 objectives are not counted"."""
    nothing = "" if one.replaced_by else ", nothing in its place"
    objectives = "1 objective is" if one.uncounted == 1 else f"{one.uncounted:,} objectives are"
    return nothing + (f":\n    {objectives} not counted" if one.uncounted else "")


def _reviewed_with(agreement: Agreement) -> str:
    return agreement.provider if agreement.kind is AgreementKind.UC else agreement.customer


def _concerned(work: PlannedWork) -> list[str]:
    names = [plain(name, SHORT) for name in work.objectives[:MOST_CONCERNED]]
    more = len(work.objectives) - len(names)
    told = [*names, *([f"{more:,} more"] if more else [])]
    if not work.too_late:
        return told
    which = (
        "it counts" if len(work.too_late) == len(work.objectives) else f"for {len(work.too_late)} it counts"
    )
    return [*told, f"announced too late: {which}"]


def _more(count: int) -> list[str]:
    return [f"• and {count:,} more"] if count else []
