"""Text objects and the small objects made of them."""

from sandbox.blocks.shape import Check, array, boolean, choice, kind, shape, text, untyped, url

ACTION_ID = text(255)


def plain(most: int) -> Check:
    return kind({"plain_text": shape({"text": text(most)}, {"emoji": boolean})})


def any_text(most: int) -> Check:
    return kind(
        {
            "plain_text": shape({"text": text(most)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": text(most)}, {"verbatim": boolean}),
        }
    )


CONFIRM = untyped(
    {"title": plain(100), "text": any_text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
OPTION = untyped({"text": any_text(75), "value": text(150)}, {"description": plain(75)})
OVERFLOW_OPTION = untyped({"text": plain(75), "value": text(150)}, {"description": plain(75), "url": url()})
SELECT_OPTION = untyped({"text": plain(75), "value": text(150)}, {"description": plain(75)})
OPTION_GROUP = untyped({"label": plain(75), "options": array(SELECT_OPTION, 100)})
