"""Forms."""

from dataclasses import replace

from messages.acked import EXAMPLE, snooze_form
from messages.escaping import one_line, plain
from messages.form import Choice, Field, Form, Words
from messages.gallery.shown import HOSTILE, ShownForm

GROUNDS = (
    ("Not ours", "not-ours"),
    ("Target unrealistic", "target-unrealistic"),
    ("Terms unclear", "unclear"),
)


def longest_form() -> Form:
    """As much as Slack takes, or nearly."""
    name = one_line(HOSTILE)
    options = [(f"{n} {name}"[:70], f"word-{n}") for n in range(100)]
    fields: list[Field] = [
        Choice(name[:150], options, optional=True),
        Words(name[:150], name[:20], hint=name[:300]),
    ]
    return Form(name[:23], f"status {HOSTILE[:1800]}", fields, name[:23], [plain(HOSTILE, 1500)] * 20)


def several_fields() -> Form:
    """What a form can have."""
    fields: list[Field] = [
        Choice("Ground", GROUNDS),
        Words("Why", "because", optional=True, hint="Others read it too."),
    ]
    return Form(
        "Decline", "decline wallet-availability@2", fields, "Decline", ["*wallet-availability*, 99.9%"]
    )


SHOWN = (
    ShownForm("snooze", "snooze an urgent warning", lambda: snooze_form(EXAMPLE.warning)),
    ShownForm(
        "snooze_can_wait",
        "snooze one that can wait",
        lambda: snooze_form(replace(EXAMPLE.warning, urgent_at=None)),
    ),
    ShownForm("several_fields", "to choose and to write", several_fields),
    ShownForm(
        "nothing_to_fill_in",
        "empty: only to confirm",
        lambda: Form("Acknowledge all 2", "ack all", lines=["checkout-availability", "payout-latency"]),
    ),
    ShownForm("longest", "huge, with hostile names", longest_form),
)
