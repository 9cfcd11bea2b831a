"""What an entry of the gallery is, and the worst that anybody may call a thing."""

from collections.abc import Callable
from dataclasses import dataclass

from messages.form import Form
from messages.message import Message

HOSTILE = ("<!channel> *_~`\u202e🚀& " * 150)[:3000]


@dataclass(frozen=True)
class Shown:
    """`name` is that of its golden file in `tests/messages/golden/`; `draw` renders it anew."""

    name: str
    title: str
    draw: Callable[[], Message]


@dataclass(frozen=True)
class ShownForm:
    """The same of a form; its golden file is in `tests/messages/golden_forms/`."""

    name: str
    title: str
    draw: Callable[[], Form]
