"""What is answered to whoever acknowledges, hands back or snoozes a warning."""

from dataclasses import replace
from datetime import timedelta

from domain.breach_warning import BreachWarning, Taken
from messages.acked import EXAMPLE, Answered, acknowledged, handed_back, is_over, is_taken, snoozed
from messages.gallery.shown import HOSTILE, Shown
from messages.message import Message

ANA = "U0ANA"


def hostile() -> Answered:
    """About an objective that should not be called so."""
    [part] = EXAMPLE.warning.episodes
    return replace(
        EXAMPLE,
        warning=replace(EXAMPLE.warning, number=999_999_999, episodes=(replace(part, objective=HOSTILE),)),
    )


def taken(*, asked_by: str) -> Message:
    """Two minutes after @ana has it."""
    warning, at = EXAMPLE.warning, EXAMPLE.at + timedelta(minutes=2)
    refused = Taken(warning.name, by=ANA, since=EXAMPLE.at, asked_by=asked_by)
    return is_taken(refused, by=asked_by, at=at)


def seven() -> BreachWarning:
    """About seven objectives of a service."""
    [part] = EXAMPLE.warning.episodes
    parts = tuple(replace(part, objective=f"checkout-{n}") for n in range(7))
    return replace(EXAMPLE.warning, episodes=parts)


def over() -> Answered:
    """An hour after it was over."""
    [part] = EXAMPLE.warning.episodes
    at = EXAMPLE.at + timedelta(hours=1)
    warning = replace(EXAMPLE.warning, episodes=(replace(part, resolved_at=EXAMPLE.at),))
    return replace(EXAMPLE, warning=warning, at=at)


SHOWN = (
    Shown("acked", "you have it", lambda: acknowledged(EXAMPLE)),
    Shown("acked_seven", "of seven objectives", lambda: acknowledged(replace(EXAMPLE, warning=seven()))),
    Shown("acked_back", "handed back", lambda: handed_back(EXAMPLE)),
    Shown("acked_snoozed", "snoozed", lambda: snoozed(EXAMPLE)),
    Shown("acked_taken", "somebody else was first", lambda: taken(asked_by="U0BEN")),
    Shown("acked_twice", "the same person again", lambda: taken(asked_by=ANA)),
    Shown("acked_over", "it is over", lambda: is_over(over())),
    Shown("acked_longest", "with a hostile name", lambda: snoozed(hostile())),
)
