"""Which warning somebody means: by its number, or by what it is about."""

from collections.abc import Collection, Sequence

from domain.breach_warning import BreachWarning, by_need
from domain.lookup import cleaned
from domain.refusal import Refusal

MOST_NAMED = 5


class NotOneWarning(Refusal):
    """No warning is meant, or several are; the open ones that may be are told, urgent ones first."""

    def __init__(self, why: str, name: str, among: Sequence[BreachWarning]) -> None:
        known = by_need(among)
        self.name, self.candidates = name, tuple(one.name for one in known)
        listed = ", ".join(f"{one.name} {cleaned(about(one))}" for one in known[:MOST_NAMED])
        more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
        told = f"Open: {listed}{more}. Which one?" if known else "No warning is open."
        super().__init__(f"{why}\n{told}".strip())


def about(warning: BreachWarning) -> str:
    """ "checkout-availability", "3 objectives of checkout": as it is written, so to be escaped."""
    parts = warning.open_episodes or warning.episodes
    if len(parts) == 1:
        return parts[0].objective
    return f"{len(parts):,} objectives of {warning.service}"


def about_any(warnings: Sequence[BreachWarning], names: Collection[str]) -> list[BreachWarning]:
    """Those with an episode about some of these objectives that is open; of warnings that are over with any."""
    return [
        one for one in warnings if any(part.objective in names for part in one.open_episodes or one.episodes)
    ]
