"""The command line's boundary: where a refusal becomes a line and an exit status."""

import os
import sys
from collections.abc import Callable, Sequence

from domain.refusal import Refusal


def guarded(verb: Callable[[Sequence[str]], int], words: Sequence[str]) -> int:
    """The verb's exit status; 1 with one line where it is refused, 130 where it is interrupted."""
    try:
        return verb(words)
    except Refusal as refusal:
        print(f"steward: {_printable(str(refusal))}", file=sys.stderr)  # noqa: T201
        return 1
    except BrokenPipeError:
        # Who read our output has gone (`steward status | head`): say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _printable(text: str) -> str:
    """One line without what a terminal would obey: a refusal repeats what stood in somebody's file."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))
