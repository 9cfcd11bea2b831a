"""Every message that Steward can make. A new one is listed here, and has a golden file of the same name."""

from messages.gallery import (
    acked,
    breached,
    digest,
    explain,
    history,
    planned,
    promised,
    rollup,
    small_answers,
    status,
    undelivered,
    warnings,
)
from messages.gallery.shown import Shown

GALLERY: tuple[tuple[str, tuple[Shown, ...]], ...] = (
    ("Digest", digest.SHOWN),
    ("All numbers", digest.SHOWN_FIGURES),
    ("Roll-up", rollup.SHOWN),
    ("What a customer sees", promised.SHOWN),
    ("Planned work", planned.SHOWN),
    ("Warnings", warnings.SHOWN),
    ("In a warning's thread, and its channel", warnings.SHOWN_LINES),
    ("A breach that nothing had warned of", breached.SHOWN),
    ("Not delivered", undelivered.SHOWN),
    ("Greeting", small_answers.SHOWN_GREETINGS),
    ("/slm mine", status.SHOWN_MINE),
    ("/slm status", status.SHOWN),
    ("/slm explain", explain.SHOWN),
    ("/slm ack, /slm snooze", acked.SHOWN),
    ("/slm warnings", warnings.SHOWN_LISTS),
    ("/slm history", history.SHOWN),
    ("/slm who", status.SHOWN_WHO),
    ("/slm digest", small_answers.SHOWN_SETTINGS),
    ("/slm maintenance", planned.SHOWN_ANSWERS),
    ("/slm help", small_answers.SHOWN_HELP),
    ("Around answers", small_answers.SHOWN_REFUSALS),
)
