"""People's text inside Steward's: it never pings, formats, reorders or hides anything."""

import re
import unicodedata

from messages.text_limits import SECTION_LENGTH, length

NAME_LENGTH = 80
"""Characters of a name that are shown; longer ones end with …"""

SENTENCE_LENGTHS = (2800, 1400, 500)
"""Characters that a sentence is cut to until it fits into a section: escaping makes up to five of one."""

# Slack has no way to escape its formatting marks, so they become characters that look the same.
_LOOKALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_EMOJI_CODE = re.compile(r":(?=[a-z0-9_+'-]+:)", re.IGNORECASE)
_KEPT_FORMATS = "\u200c\u200d"  # the joiners: Persian and emoji of several parts need them
_SURROGATE = "Cs"
_JOINED_CATEGORIES = ("Mn", "Me", "Mc", "Sk")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def plain(text: str, most: int = NAME_LENGTH) -> str:
    """`text` as one line of at most `most` characters that reads as it was written and does nothing in Slack."""
    words = shortened(one_line(text), most).translate(_LOOKALIKES)
    words = _EDGE_UNDERSCORE.sub(lambda marks: "ˍ" * len(marks.group()), words)
    return _isolated(escape(_EMOJI_CODE.sub("∶", words))) or "?"


def sentence(text: str) -> str:
    """A sentence of Steward's own with names in it: its formatting stays, but it cannot ping."""
    lines = "\n".join(one_line(line) for line in text.split("\n")) or "?"
    cuts = (escape(shortened(lines, most)) for most in SENTENCE_LENGTHS)
    return next(cut for cut in cuts if length(cut) <= SECTION_LENGTH)


def escape(text: str) -> str:
    """`&`, `<` and `>` as Slack wants them, so that `<!channel>` is only text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str) -> str:
    """`text` without control characters, overrides of direction and line breaks."""
    return " ".join("".join(map(_visible, text)).split())


def shortened(text: str, most: int) -> str:
    """`text`, cut to `most` characters and … where longer; an emoji or accented letter is never cut in two."""
    if len(text) <= most:
        return text
    end = most - 1
    for _ in range(16):
        if end and (_belongs_to_previous(text[end]) or text[end - 1] == "\u200d"):
            end -= 1
    return text[:end].rstrip() + "…"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == _SURROGATE:
        return "\ufffd"
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category == "Cf" and character not in _KEPT_FORMATS else character


def _belongs_to_previous(character: str) -> bool:
    return character == "\u200d" or unicodedata.category(character) in _JOINED_CATEGORIES


def _isolated(text: str) -> str:
    """`text`, kept from reordering what stands around it where it is written from right to left."""
    if any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text
