"""Every message that Steward can make. A new one is listed here, and has a golden file of the same name."""

from messages.gallery import (
    acked,
    acknowledged,
    breached,
    digest,
    disputes,
    explain,
    forms,
    handover,
    history,
    planned,
    promised,
    requests,
    rollup,
    small_answers,
    status,
    undelivered,
    warnings,
    who,
)
from messages.gallery.shown import Shown, ShownForm

GALLERY: tuple[tuple[str, tuple[Shown, ...]], ...] = (
    ("Digest", digest.SHOWN),
    ("All numbers", digest.SHOWN_FIGURES),
    ("Roll-up", rollup.SHOWN),
    ("What a customer sees", promised.SHOWN),
    ("Planned work", planned.SHOWN),
    ("Warnings", warnings.SHOWN),
    ("In a warning's thread, and its channel", warnings.SHOWN_LINES),
    ("A breach that nothing had warned of", breached.SHOWN),
    ("Requests to acknowledge", requests.SHOWN),
    ("In a request's thread, and who is asked next", requests.SHOWN_LINES),
    ("Declined, to the service level managers", requests.SHOWN_DECLINED),
    ("Hand-overs and assignments", handover.SHOWN),
    ("Disputes", disputes.SHOWN),
    ("In a dispute's thread", disputes.SHOWN_LINES),
    ("Not delivered", undelivered.SHOWN),
    ("Greeting", small_answers.SHOWN_GREETINGS),
    ("/slm mine", status.SHOWN_MINE),
    ("/slm status", status.SHOWN),
    ("/slm explain", explain.SHOWN),
    ("/slm ack, /slm snooze", acked.SHOWN),
    ("/slm ack, decline, withdraw, ask", acknowledged.SHOWN),
    ("/slm handover, assign, confirm", handover.SHOWN_ANSWERS),
    ("/slm dispute, disputes, show, answer, rule, appeal", disputes.SHOWN_ANSWERS),
    ("/slm warnings", warnings.SHOWN_LISTS),
    ("/slm history", history.SHOWN),
    ("/slm who", (*status.SHOWN_WHO, *who.SHOWN)),
    ("/slm digest", small_answers.SHOWN_SETTINGS),
    ("/slm maintenance", planned.SHOWN_ANSWERS),
    ("/slm help", small_answers.SHOWN_HELP),
    ("Around answers", small_answers.SHOWN_REFUSALS),
)

FORMS: tuple[ShownForm, ...] = (
    *forms.SHOWN,
    *acknowledged.SHOWN_FORMS,
    *handover.SHOWN_FORMS,
    *disputes.SHOWN_FORMS,
)
"""What buttons open whose label ends in "…"."""
