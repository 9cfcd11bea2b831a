"""Sums of losses, against trying all cases or thousands of random ones."""

from itertools import product
from math import exp, isclose, lgamma, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forecast_sums import CELLS, beyond_normal, compound, convolved, normal, spread

cells = st.integers(0, CELLS + 20)
pairs = st.lists(st.tuples(cells, st.floats(0.1, 10)), min_size=1, max_size=4)
WHOLE = CELLS + 0.5
"""With this left a cell is as wide as 1."""


def chances(pairs: list[tuple[int, float]]) -> dict[int, float]:
    whole = sum(weight for _, weight in pairs)
    found: dict[int, float] = {}
    for loss, weight in pairs:
        found[loss] = found.get(loss, 0.0) + weight / whole
    return found


@given(pairs, pairs)
def test_a_sum_of_two_is_every_pair_of_them(
    one: list[tuple[int, float]], other: list[tuple[int, float]]
) -> None:
    summed = convolved(spread(one, WHOLE), spread(other, WHOLE))
    wanted = [0.0] * (CELLS + 1)
    for (first, chance), (second, also) in product(chances(one).items(), chances(other).items()):
        if first + second <= CELLS:
            wanted[first + second] += chance * also
    assert summed == pytest.approx(wanted, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(pairs, st.floats(0.5, 20), st.floats(0.01, 1.5))
def test_a_compound_is_the_sum_over_how_many_come(
    sizes: list[tuple[int, float]], seen: float, exposure: float
) -> None:
    size = spread(sizes, WHOLE)
    wanted, power = [0.0] * (CELLS + 1), [1.0] + [0.0] * CELLS
    for count in range(400):
        ways = lgamma(seen + count) - lgamma(seen) - lgamma(count + 1)
        chance = exp(ways + count * log(exposure / (1 + exposure)) - seen * log(1 + exposure))
        wanted = [mass + chance * each for mass, each in zip(wanted, power, strict=True)]
        if sum(power) * chance < 1e-15 and count > 3 * seen * exposure:
            break
        power = convolved(power, size)
    assert compound(size, seen, exposure) == pytest.approx(wanted, abs=1e-9)


def test_a_compound_is_what_thousands_of_random_months_lose() -> None:
    rng, losses = Random(1), [0.1, 0.3, 0.02, 1.2]  # noqa: S311
    within = 0
    for _ in range(20_000):
        rate, lost, at = rng.gammavariate(3.5, 0.4), 0.0, 0.0
        while (at := at + rng.expovariate(1)) < rate:
            lost += rng.choice(losses)
        within += lost <= 0.77
    masses = compound(spread([(loss, 1.0) for loss in losses], 0.77), 3.5, 0.4)
    assert sum(masses) == pytest.approx(within / 20_000, abs=0.012)


def test_a_loss_between_two_cells_keeps_its_mean() -> None:
    masses = spread([(3.25, 2.0)], WHOLE)
    assert masses[3:5] == pytest.approx([0.75, 0.25])
    assert sum(masses) == pytest.approx(1)


@pytest.mark.parametrize(
    ("loss", "within"),
    [pytest.param(0.9, 1.0, id="less than is left"), pytest.param(1.1, 0.0, id="more than is left")],
)
def test_the_edge_is_what_is_left(loss: float, within: float) -> None:
    assert sum(spread([(loss, 1.0)], 1.0)) == pytest.approx(within)


def test_a_normal_loss_ends_at_what_is_left_and_never_below_nothing() -> None:
    masses = normal(0.4, 0.09, 1.0)
    assert sum(masses) == pytest.approx(1 - beyond_normal(1.0, 0.4, 0.09))
    assert isclose(masses[0], 1 - beyond_normal(0.5 / WHOLE, 0.4, 0.09))
    assert min(masses) >= 0


def test_without_variance_a_normal_loss_is_its_mean() -> None:
    assert [beyond_normal(1.0, 1.1, 0.0), beyond_normal(1.0, 1.0, 0.0)] == [1.0, 0.0]
