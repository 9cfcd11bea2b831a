"""How sure an attainment of few events is: Wilson's score interval."""

from fractions import Fraction
from math import isqrt

Z = Fraction(1_959_963_984_540_055, 10**15)
"""The 97.5 % quantile of the normal distribution, rounded up: two-sided 95 %."""

FEW_FAILURES = 10
"""Where fewer may fail than this, luck decides as much as the service."""

DIGITS = 10**12
"""The square root is rounded up to this part of itself: outwards."""


def wilson(good: int, total: int) -> tuple[Fraction, Fraction]:
    """The 95 % interval of a share of which `good` of `total` events are a sample; `total` is above 0.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927:
    (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n). Rounded outwards, and never beyond 0 and 1.
    """
    if not 0 <= good <= total or not total:
        raise ValueError(f"{good} of {total} is no share")
    share, square = Fraction(good, total), Z * Z
    centre = share + square / (2 * total)
    spread = Z * _root_up(share * (1 - share) / total + square / (4 * total * total))
    scale = 1 + square / total
    low = (centre - spread) / scale if good else Fraction(0)
    high = (centre + spread) / scale if good < total else Fraction(1)
    return max(low, Fraction(0)), min(high, Fraction(1))


def is_surely_below(good: int, total: int, share: Fraction) -> bool:
    """Whether the interval of `good` of `total` events lies below `share`; asked each minute, so without its root.

    Wilson's interval has just those shares from which the sample is no further than z standard errors.
    """
    short = share.numerator * total - good * share.denominator
    error = share.numerator * (share.denominator - share.numerator) * total
    return short > 0 and short * short * Z.denominator**2 > Z.numerator**2 * error


def is_few(total: int, target: Fraction) -> bool:
    """Whether of so many events fewer than ten may fail."""
    return total * (1 - target) < FEW_FAILURES


def _root_up(value: Fraction) -> Fraction:
    """The square root, rounded up."""
    scaled = value.numerator * value.denominator * DIGITS * DIGITS
    root = isqrt(scaled)
    root += root * root < scaled
    return Fraction(root, value.denominator * DIGITS)
