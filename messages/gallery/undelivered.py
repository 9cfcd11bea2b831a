"""What could not be delivered, as the service level managers hear of it."""

from messages.gallery.shown import HOSTILE, Shown
from messages.undelivered import EXAMPLE, EXAMPLE_OF_SEVERAL, Undelivered, undelivered

LONGEST = (Undelivered(HOSTILE, HOSTILE, HOSTILE, "not_in_channel"),)


def very_many() -> list[Undelivered]:
    """2,000 messages, of 300 channels."""
    return [
        Undelivered(HOSTILE, HOSTILE, f"#team-{number % 300}", "not_in_channel") for number in range(2_000)
    ]


SHOWN = (
    Shown("undelivered", "one message", lambda: undelivered(EXAMPLE)),
    Shown("undelivered_several", "several on one day", lambda: undelivered(EXAMPLE_OF_SEVERAL)),
    Shown("undelivered_nothing", "empty: all has arrived after all", lambda: undelivered(())),
    Shown("undelivered_longest", "one, with hostile names", lambda: undelivered(LONGEST)),
    Shown("undelivered_very_many", "huge: 2,000 with hostile names", lambda: undelivered(very_many())),
)
