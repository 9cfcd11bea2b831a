"""Every message that Steward can make, for the sandbox's gallery."""

from functools import cache

from messages.gallery.listing import GALLERY
from sandbox.gallery import Entry


@cache
def every_message() -> tuple[Entry, ...]:
    """In the order of the listing. Drawn once, when somebody first looks: it takes a second or two."""
    return tuple(
        Entry(group, one.title, message.text, message.blocks)
        for group, shown in GALLERY
        for one, message in ((one, one.draw()) for one in shown)
    )
