"""Whether a burn condition that somebody wrote down can work for an objective."""

from collections.abc import Iterator
from datetime import timedelta

from domain.burn import BurnCondition
from domain.objective import Terms
from domain.ratio import exact_percent, floor_decimal
from domain.retention import longest_period
from domain.watching_words import condition_words, minutes_words


def misfits(condition: BurnCondition, terms: Terms) -> Iterator[str]:
    """What keeps it from working under these terms, each as a sentence with its remedy; nothing where it fits."""
    longest = longest_period(terms.window) // timedelta(minutes=1)
    slice_length = terms.method.slice_minutes
    for window in condition.windows:
        if window > longest:
            yield (
                f"It looks back {minutes_words(window)}, longer than the objective's window of "
                f"{minutes_words(longest)}; take a shorter lookbackWindow."
            )
        if window < slice_length:
            yield (
                f"It looks back {minutes_words(window)}, shorter than a slice of {minutes_words(slice_length)}; "
                "take a longer lookbackWindow."
            )
    if condition.after > longest:
        yield (
            f"It waits {minutes_words(condition.after)}, longer than the objective's window of "
            f"{minutes_words(longest)}; take a shorter alertAfter."
        )
    if condition.unreachable(terms.target):
        yield (
            f"It could never warn (burn rate {condition_words(condition)}): {largest_burn(terms)}. "
            "Take a lower threshold."
        )


def largest_burn(terms: Terms) -> str:
    """What the burn rate of a total outage is."""
    largest = floor_decimal(1 / (1 - terms.target), 2)
    return f"at {exact_percent(terms.target)} even a total outage is a burn rate of only {largest}"
