"""Every message and form that Steward can make, for the sandbox's gallery."""

from functools import cache

from messages.form import Origin, form_view
from messages.gallery.listing import FORMS, GALLERY
from messages.gallery.shown import ShownForm
from sandbox.gallery import Entry


@cache
def every_message() -> tuple[Entry, ...]:
    """In the order of the listing. Drawn once, when somebody first looks: it takes a second or two."""
    drawn = [
        Entry(group, one.title, message.text, message.blocks)
        for group, shown in GALLERY
        for one, message in ((one, one.draw()) for one in shown)
    ]
    return (*drawn, *map(_form, FORMS))


def _form(one: ShownForm) -> Entry:
    form = one.draw()
    return Entry("Forms", one.title, f"{form.title} … {form.submit}", form_view(form, Origin())["blocks"])
