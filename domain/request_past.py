"""How an objective did before it is asked about: nobody accepts blind."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from itertools import accumulate, pairwise

from domain.budget import overspends
from domain.minutes import DAY, instant_of, minute_of
from domain.objective import Terms
from domain.outlook import DayLoss
from domain.outlooks import PAST_DAYS
from domain.request import DAYS, PastDays, PastMonth
from domain.standing import Standing
from domain.window import CalendarUnit, CalendarWindow, Period, RollingWindow

MONTHS = 3
USUAL_DAYS = 30


def told_by_days(terms: Terms) -> bool:
    """Whether its past is told by days, as that of a rolling window; else by months."""
    window = terms.window
    if isinstance(window, RollingWindow):
        return window.length <= (PAST_DAYS - DAYS) * DAY
    return window.unit is CalendarUnit.DAY


def past_days(terms: Terms, losses: Sequence[DayLoss], *, at: datetime) -> PastDays | None:
    """At the end of how many of the last UTC days the window that ended there was met; None without figures.

    A window that is no whole number of days is taken a little longer.
    """
    length = -(-terms.window.length // DAY) if isinstance(terms.window, RollingWindow) else 1
    days = [one.day for one in losses]
    bads = list(accumulate((one.bad for one in losses), initial=0))
    totals = list(accumulate((one.total for one in losses), initial=0))
    today, judged = minute_of(at) // DAY, []
    for day in range(today - DAYS, today):
        since, until = bisect_right(days, day - length), bisect_right(days, day)
        if totals[until] > totals[since]:
            judged.append(overspends(terms.target, bads[until] - bads[since], totals[until] - totals[since]))
    return PastDays(judged.count(False), len(judged)) if judged else None


def events_a_day(losses: Sequence[DayLoss], *, at: datetime) -> Fraction | None:
    """The usual number of events of a day, by the last 30 of them since the first one that is known."""
    today = minute_of(at) // DAY
    lately = [one for one in losses if one.day >= today - USUAL_DAYS]
    return Fraction(sum(one.total for one in lately), today - lately[0].day) if lately else None


def month_of(terms: Terms) -> CalendarWindow:
    """The months by which its past is told: those of its own window where it is one."""
    window = terms.window
    if isinstance(window, RollingWindow):
        return CalendarWindow(CalendarUnit.MONTH)
    return window if window.unit is CalendarUnit.MONTH else CalendarWindow(CalendarUnit.MONTH, window.zone)


def month_edges(window: CalendarWindow, *, at: datetime) -> list[int]:
    """The minutes that the last three months begin at, the running one among them, and that of `at`; rising."""
    edges = [minute_of(at)]
    for _ in range(MONTHS):
        edges.append(window.period(at=instant_of(edges[-1] - 1)).start_minute)
    return edges[::-1]


def past_months(
    window: CalendarWindow, edges: Sequence[int], standings: Sequence[Standing]
) -> list[PastMonth]:
    """The months between these edges, of which something was measured."""
    found = []
    for (start, end), standing in zip(pairwise(edges), standings, strict=True):
        attainment = standing.attainment
        if attainment is not None:
            period = Period(instant_of(start), instant_of(end))
            running = end < window.period(at=period.start).end_minute
            met = attainment >= standing.terms.target
            found.append(PastMonth(window, period, attainment, met, running))
    return found
