"""What a warning's message is put together from."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """`push` is for the lock screen; each of `parts` is lines that stand together.

    In the footer stand `ending` (over, breached), and `beside`, which is told as long as there is none.
    """

    push: str
    parts: Sequence[Sequence[str]]
    beside: str = ""
    ending: str = ""
