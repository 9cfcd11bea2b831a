"""Breaches that nothing had warned of."""

from dataclasses import replace

from domain.standing import Standing
from messages.breached import EXAMPLE, breached_message
from messages.example import BERLIN
from messages.gallery.shown import HOSTILE, Shown

HOSTILE_ONE = replace(
    EXAMPLE[0], objective=replace(EXAMPLE[0].objective, name=HOSTILE[:63], service=HOSTILE[:63])
)


def very_many() -> list[Standing]:
    """All 2,000 objectives of a service."""
    return [HOSTILE_ONE] * 2_000


SHOWN = (
    Shown("breached", "one objective", lambda: breached_message(EXAMPLE, zone=BERLIN)),
    Shown(
        "breached_longest", "one, with a hostile name", lambda: breached_message([HOSTILE_ONE], zone=BERLIN)
    ),
    Shown("breached_very_many", "huge: 2,000 at once", lambda: breached_message(very_many(), zone=BERLIN)),
)
