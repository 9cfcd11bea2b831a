"""Distributions of losses in equal cells of what is left of a budget, and of sums of such losses."""

from collections.abc import Iterable, Sequence
from math import erf, sqrt
from operator import mul

CELLS = 60
"""Into how many parts what is left is divided. All beyond it is one: the budget is spent."""

Masses = list[float]
"""The probability of each cell from nothing lost to all that is left; what lacks to 1 lost more than that."""


def spread(losses: Iterable[tuple[float, float]], left: float) -> Masses:
    """The distribution of a loss drawn from pairs of loss and weight; one between two cells goes to both.

    `left` is above 0. It lies in the middle between the last cell and what is beyond.
    """
    masses = [0.0] * (CELLS + 2)
    scale, whole = (CELLS + 0.5) / left, 0.0
    for loss, weight in losses:
        whole += weight
        place = loss * scale
        if place < CELLS + 1:
            cell = int(place)
            masses[cell + 1] += weight * (place - cell)
            masses[cell] += weight * (cell + 1 - place)
    return [mass / whole for mass in masses[: CELLS + 1]]


def normal(mean: float, variance: float, left: float) -> Masses:
    """The distribution of a normal loss; what would be below nothing is nothing."""
    scale = (CELLS + 0.5) / left
    edges = [1 - beyond_normal((cell + 0.5) / scale, mean, variance) for cell in range(CELLS + 1)]
    return [upper - lower for lower, upper in zip([0.0, *edges], edges, strict=False)]


def beyond_normal(edge: float, mean: float, variance: float) -> float:
    """The probability that a normal loss is more than `edge`."""
    if variance <= 0:
        return float(mean > edge)
    return 0.5 * (1 - erf((edge - mean) / sqrt(2 * variance)))


def convolved(one: Sequence[float], other: Sequence[float]) -> Masses:
    """The distribution of the sum of two losses, independent of each other."""
    turned = other[::-1]
    return [sum(map(mul, one, turned[CELLS - cell :])) for cell in range(CELLS + 1)]


def compound(size: Sequence[float], seen: float, exposure: float) -> Masses:
    """The distribution of the sum of as many losses as come, at a rate that is known from `seen` of them.

    The rate is Gamma(seen) distributed and `exposure` the time to come as a share of that in which they were seen, so
    their number is negative binomial. Source: H. H. Panjer, "Recursive evaluation of a family of compound
    distributions", 1981.
    """
    share = exposure / (1 + exposure)
    scale = 1 / (1 - share * size[0])
    masses = [(1 + exposure * (1 - size[0])) ** -seen]
    turned = size[:0:-1]
    by_cell = [cell * mass for cell, mass in enumerate(size)][:0:-1]
    for cell in range(1, CELLS + 1):
        plain = sum(map(mul, masses, turned[CELLS - cell :]))
        weighed = sum(map(mul, masses, by_cell[CELLS - cell :]))
        masses.append(scale * share * (plain + (seen - 1) / cell * weighed))
    return masses
