"""Every message that Steward can make. A new one is listed here, and has a golden file of the same name."""

from messages.gallery import (
    digest,
    explain,
    history,
    planned,
    promised,
    rollup,
    small_answers,
    status,
    undelivered,
)
from messages.gallery.shown import Shown

GALLERY: tuple[tuple[str, tuple[Shown, ...]], ...] = (
    ("Digest", digest.SHOWN),
    ("All numbers", digest.SHOWN_FIGURES),
    ("Roll-up", rollup.SHOWN),
    ("What a customer sees", promised.SHOWN),
    ("Planned work", planned.SHOWN),
    ("Not delivered", undelivered.SHOWN),
    ("Greeting", small_answers.SHOWN_GREETINGS),
    ("/slm mine", status.SHOWN_MINE),
    ("/slm status", status.SHOWN),
    ("/slm explain", explain.SHOWN),
    ("/slm history", history.SHOWN),
    ("/slm who", status.SHOWN_WHO),
    ("/slm digest", small_answers.SHOWN_SETTINGS),
    ("/slm maintenance", planned.SHOWN_ANSWERS),
    ("/slm help", small_answers.SHOWN_HELP),
    ("Around answers", small_answers.SHOWN_REFUSALS),
)
