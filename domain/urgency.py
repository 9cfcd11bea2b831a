"""The order in which standings are told: the most urgent first."""

from collections.abc import Iterable
from fractions import Fraction

from domain.standing import Standing, State

ORDER = (State.BREACHED, State.AT_RISK, State.NO_DATA, State.MET)


def by_urgency(standings: Iterable[Standing]) -> list[Standing]:
    """Breached, at risk, no data, met; inside a state the smallest budget left first, then by name."""
    return sorted(standings, key=_urgency)


def _urgency(standing: Standing) -> tuple[int, Fraction, str]:
    left = standing.budget.left_ratio
    return ORDER.index(standing.state), Fraction(1) if left is None else left, standing.name
