"""The rich_text block."""

from sandbox.blocks.shape import Shape, array, boolean, choice, integer, kind, shape, text, untyped, url

_STYLE = untyped({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "unlink"), boolean))
_PARTS = kind(
    {
        "text": shape({"text": text(13_200)}, {"style": _STYLE}),
        "link": shape({"url": url()}, {"text": text(3000, 0), "style": _STYLE, "unsafe": boolean}),
        "emoji": shape(
            {"name": text(255)}, {"unicode": text(255), "skin_tone": integer(1, 6), "style": _STYLE}
        ),
        "user": shape({"user_id": text(255)}, {"style": _STYLE}),
        "usergroup": shape({"usergroup_id": text(255)}, {"style": _STYLE}),
        "channel": shape({"channel_id": text(255)}, {"style": _STYLE}),
        "broadcast": shape({"range": choice("here", "channel", "everyone")}, {"style": _STYLE}),
        "date": shape(
            {"timestamp": integer(0, 10**11), "format": text(255)},
            {"url": url(), "fallback": text(255), "style": _STYLE},
        ),
        "color": shape({"value": text(7)}, {"style": _STYLE}),
    }
)
_SECTION = shape({"elements": array(_PARTS, 1000, 0)})
_LIST = shape(
    {"elements": array(kind({"rich_text_section": _SECTION}), 1000), "style": choice("bullet", "ordered")},
    {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
)
_FENCED = shape({"elements": array(_PARTS, 1000, 0)}, {"border": integer(0, 1), "language": text(64)})

RICH_TEXT: Shape = shape(
    {
        "elements": array(
            kind(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_preformatted": _FENCED,
                    "rich_text_quote": _FENCED,
                }
            ),
            1000,
        )
    },
    {"block_id": text(255)},
)
