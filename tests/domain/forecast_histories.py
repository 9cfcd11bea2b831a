"""Generated histories, whose truth is known, and the outlooks of their calendar months and rolling windows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

from domain.outlook import DayLoss, Outlook

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = datetime(2020, 1, 1, tzinfo=UTC)
FIRST = (START - EPOCH).days
DAY = 1_440


@dataclass(frozen=True)
class Month:
    """A calendar month, whether it was missed, and the outlooks at 00:00 UTC of its days until it was."""

    start: datetime
    breached: bool
    outlooks: Sequence[Outlook]


def incidents(seed: int, *, days: int, a_month: float, minutes: float, sigma: float) -> list[int]:
    """The minutes lost each day: incidents come at random and last lognormally."""
    rng = Random(seed)  # noqa: S311
    lost, at = [0] * days, 0.0
    while (at := at + rng.expovariate(a_month / 30)) < days:
        day, left = int(at), round(minutes * exp(sigma * rng.gauss(0, 1)))
        at += left / DAY
        while left > 0 and day < days:
            taken = min(left, DAY - lost[day])
            lost[day], left, day = lost[day] + taken, left - taken, day + 1
    return lost


def steady(seed: int, *, days: int, level: float, noise: float, target: float) -> list[int]:
    """Lost units of 14,400 a day, about `level` times what is allowed."""
    rng = Random(seed)  # noqa: S311
    usual = level * (1 - target) * DAY * 10
    return [max(round(usual * exp(rng.gauss(-noise * noise / 2, noise))), 0) for _ in range(days)]


def months(lost: Sequence[int], target: float, *, a_day: int = DAY, first: int = FIRST) -> Iterator[Month]:
    """The whole calendar months of a history that begins on day `first`."""
    days = [DayLoss(first + number, bad, a_day) for number, bad in enumerate(lost)]
    start = EPOCH + timedelta(days=first)
    start = (start.replace(day=1) + timedelta(days=32 * (start.day > 1))).replace(day=1)
    while True:
        end = (start + timedelta(days=32)).replace(day=1)
        begin, stop = (start - EPOCH).days - first, (end - EPOCH).days - first
        if stop > len(lost):
            return
        budget = (1 - target) * (stop - begin) * a_day
        found = [
            _outlook(days[:at], end, sum(lost[begin:at]) / budget, (begin, stop), a_day / budget)
            for at in range(begin, stop)
        ]
        yield Month(start, sum(lost[begin:stop]) > budget, [each for each in found if each.left >= 0])
        start = end


def _outlook(
    days: Sequence[DayLoss], end: datetime, held: float, span: tuple[int, int], daily_budget: float
) -> Outlook:
    begin, stop = span
    ahead = stop - len(days)
    at = end - timedelta(days=ahead)
    return Outlook(
        at,
        end,
        days,
        (held,) * (ahead + 1),
        float(ahead),
        float(len(days) - begin),
        daily_budget,
        stop - begin,
        False,
    )


def rolling(
    lost: Sequence[int], target: float, *, a_day: int = DAY, length: int = 30
) -> Iterator[tuple[Outlook, bool]]:
    """At each 00:00 UTC at which a rolling window is not breached: the outlook, and whether it will be in 7 days."""
    days = [DayLoss(FIRST + number, bad, a_day) for number, bad in enumerate(lost)]
    budget = (1 - target) * length * a_day
    for at in range(length, len(lost) - 7):
        held = [sum(lost[at - length + ahead : at]) / budget for ahead in range(8)]
        stands = [sum(lost[at + ahead - length : at + ahead]) / budget for ahead in range(8)]
        if stands[0] <= 1:
            now = START + timedelta(days=at)
            end = now + timedelta(days=7)
            outlook = Outlook(
                now, end, days[:at], held, 7.0, float(length), a_day / budget, float(length), True
            )
            yield outlook, max(stands) > 1
