"""How an objective is watched: the conditions and limits at which Steward warns."""

from dataclasses import dataclass
from fractions import Fraction

from domain.burn import BurnCondition

WARN_AT = Fraction(6, 10)
"""The probability of a breach from which a forecast warns, where nothing else is said."""

WITHDRAW_BELOW = Fraction(2, 3)
"""A forecast is withdrawn below so large a part of the probability from which it warns."""


@dataclass(frozen=True, slots=True)
class Watching:
    """`conditions` None are the defaults; `silent` is whether missing data is warned of; `warn_at` a probability."""

    conditions: tuple[BurnCondition, ...] | None = None
    silent: bool = True
    warn_at: Fraction = WARN_AT

    @property
    def lengths(self) -> tuple[int, ...]:
        """The windows, in minutes, of the conditions that are written down."""
        return tuple(sorted({window for one in self.conditions or () for window in one.windows}))


DEFAULT_WATCHING = Watching()
