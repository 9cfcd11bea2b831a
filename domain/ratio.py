"""Rounding: the one place where an exact ratio becomes digits. Never kind: nothing is rounded across a target."""

from fractions import Fraction


def floor_decimal(value: Fraction | int, places: int) -> str:
    """`value` as a decimal string, rounded towards −∞ at `places` digits; shorter where exact.

    For attainment, coverage and budget left.
    """
    return _shortest(value.numerator * 10**places // value.denominator, places)


def ceil_decimal(value: Fraction | int, places: int) -> str:
    """`value` as a decimal string, rounded towards +∞ at `places` digits; shorter where exact.

    For burn rates and spent shares.
    """
    return _shortest(-(-value.numerator * 10**places // value.denominator), places)


def floor_percent(ratio: Fraction, places: int) -> str:
    """ "99.89%", "−11,012%": `ratio` in percent with exactly `places` digits, rounded towards −∞."""
    whole, point, digits = _fixed(ratio.numerator * 100 * 10**places // ratio.denominator, places).partition(
        "."
    )
    sign = "−" if whole.startswith("−") else ""
    return f"{sign}{int(whole.removeprefix('−')):,}{point}{digits}%"


def ceil_percent(ratio: Fraction, places: int) -> str:
    """ "99.90%": `ratio` in percent with exactly `places` digits, rounded towards +∞."""
    return f"{_fixed(-(-ratio.numerator * 100 * 10**places // ratio.denominator), places)}%"


def exact_percent(ratio: Fraction) -> str:
    """ "99.9%": a target as it was written (targets have finitely many digits; more than 12 are cut)."""
    return f"{floor_decimal(ratio * 100, 12)}%"


def percent_places(target: Fraction) -> int:
    """Digits of an attainment beside `target`: one more than the target's own, at least two."""
    digits = floor_decimal(target * 100, 12)
    return max(2, len(digits.partition(".")[2]) + 1)


def _fixed(scaled: int, places: int) -> str:
    sign, digits = ("−" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _shortest(scaled: int, places: int) -> str:
    digits = _fixed(scaled, places).replace("−", "-")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
