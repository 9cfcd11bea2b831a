"""The ways to the probability that a period will be missed. None rolls dice: sums are exact but for their cells."""

from itertools import accumulate
from math import exp, log, sqrt

from domain.forecast_past import Past
from domain.forecast_sums import CELLS, Masses, beyond_normal, compound, convolved, normal, spread
from domain.outlook import Outlook

RECENT = 28
DRAWN = 100
"""The most recent incidents are drawn from, so many at most."""
NODES = ((0.0, 2 / 3), (sqrt(3), 1 / 6), (-sqrt(3), 1 / 6))
"""Three points with the first five moments of a normal distribution (Gauss and Hermite)."""
UNSEEN = 0.5
"""The incident that was not seen yet counts as half a one: Jeffreys' prior."""
STEPS = 12
MINUTES = 1440
LEAST = 1e-9
"""Where exactly nothing is left, any loss is too much."""


def linear_pace(outlook: Outlook) -> int:
    """1 when the period is missed if losses go on as they did in it so far, else 0."""
    held = outlook.held[0]
    if held > 1:
        return 1
    if not outlook.elapsed:
        return 0
    pace = held / outlook.elapsed
    if outlook.rolling:
        return int(any(kept + pace * ahead > 1 for kept, ahead in _ahead(outlook)))
    return int(pace * outlook.period_days > 1)


def recent_pace(outlook: Outlook, losses: list[float]) -> float:
    """The chance that days like these lose what is left: normally distributed, with a mean that is uncertain."""
    if outlook.left < 0 or not losses:
        return float(outlook.left < 0)
    mean = sum(losses) / len(losses)
    variance = sum((loss - mean) ** 2 for loss in losses) / max(len(losses) - 1, 1)
    instants = _ahead(outlook) if outlook.rolling else [(outlook.held[0], outlook.horizon)]
    return max(
        beyond_normal(1 - held, mean * ahead, variance * (ahead + ahead * ahead / len(losses)))
        for held, ahead in instants
    )


def past_rate(outlook: Outlook, losses: list[float]) -> float:
    """How many of the past stretches as long as what is to come lost more than is left, with Jeffreys' prior."""
    if outlook.left < 0 or not outlook.horizon:
        return float(outlook.left < 0)
    length = max(round(outlook.horizon), 1)
    sums = [0.0, *accumulate(losses)]
    starts = len(sums) - length
    if starts <= 0:
        return 0.5
    over = [False] * starts
    lefts = [1 - held for held in outlook.held[: length + 1]]
    for days, left in _barriers(lefts) if outlook.rolling else [(length, outlook.left)]:
        over = [was or end - begin > left for was, begin, end in zip(over, sums, sums[days:], strict=False)]
    whole = starts / length
    return (sum(over) / starts * whole + UNSEEN) / (whole + 2 * UNSEEN)


def own_past(outlook: Outlook, past: Past) -> float:
    """The chance that the drip and incidents drawn whole from the own past lose what is left."""
    if outlook.left < 0 or not outlook.horizon:
        return float(outlook.left < 0)
    lefts = (
        [max(1 - held, LEAST) for held in outlook.held] if outlook.rolling else [max(outlook.left, LEAST)] * 2
    )
    size = spread(_sizes(past, outlook.daily_budget), lefts[-1])
    share = outlook.horizon / (len(lefts) - 1)
    masses, begin = [1.0] + [0.0] * CELLS, 0
    for end, left in _barriers(lefts):
        masses = convolved(masses, _loss(past, size, (end - begin) * share, outlook.horizon, lefts[-1]))
        bound = left / lefts[-1] * (CELLS + 0.5)
        masses = [mass if cell <= bound else 0.0 for cell, mass in enumerate(masses)]
        begin = end
    return min(max(1 - sum(masses), 0.0), 1.0)


def _loss(past: Past, size: Masses, days: float, horizon: float, left: float) -> Masses:
    """What so many days of a longer stretch lose."""
    seen, exposure = past.rate.mean**2 / past.rate.variance, past.rate.variance / past.rate.mean
    lost = compound(size, seen, exposure * days)
    if not past.drip.mean:
        return lost
    variance = past.noise * days + past.drip.variance * days * horizon
    return convolved(lost, normal(past.drip.mean * days, variance, left))


def _sizes(past: Past, daily_budget: float) -> list[tuple[float, float]]:
    """What an incident costs: one of the past, give or take (as much as keeps their variance), or one never seen."""
    steps = [(daily_budget * MINUTES ** -((step + 0.5) / STEPS), UNSEEN / STEPS) for step in range(STEPS)]
    logs = [log(loss) for loss in past.incidents[-DRAWN:]]
    if not logs:
        return steps
    mean = sum(logs) / len(logs)
    deviation = sqrt((1 + sum((each - mean) ** 2 for each in logs)) / len(logs))
    width = deviation * (4 / 3 / len(logs)) ** 0.2
    shrunk = 1 / sqrt(1 + (width / deviation) ** 2)
    return steps + [
        (exp(mean + (each - mean + node * width) * shrunk), weight) for node, weight in NODES for each in logs
    ]


def _ahead(outlook: Outlook) -> list[tuple[float, float]]:
    """What is held at the end of each day to come, and how many usual days that is ahead."""
    share = outlook.horizon / max(len(outlook.held) - 1, 1)
    return [(held, number * share) for number, held in enumerate(outlook.held) if number]


def _barriers(lefts: list[float]) -> list[tuple[int, float]]:
    """After how many days more than what would be too much, of what is left each day; it never falls."""
    last = len(lefts) - 1
    return [
        (days, lefts[days]) for days in range(1, last + 1) if days == last or lefts[days] < lefts[days + 1]
    ]
