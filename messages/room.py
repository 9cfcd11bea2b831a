"""Fitting much into little: rows into a message's room, words into a phone's lines."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from messages.blocks import Block
from messages.limits import MOST_BLOCKS, MOST_CHARACTERS, weight

LINE = 50
"""Characters that a deliberate line has on a phone."""

SECTION = 2900
ROW = 80
"""Characters of JSON around a block's text."""

SPARE = 1800
"""Characters of a message that are kept for what is known only once the rows are there."""

FRAME = 600
"""Characters of a message that are kept for what is put around an answer."""

T = TypeVar("T")


def fitting(items: Sequence[T], write: Callable[[T], str], *, most: int, room: int) -> list[str]:
    """The texts of the first items: at most `most`, together at most `room` characters with their blocks."""
    shown: list[str] = []
    for item in items[:most]:
        text = write(item)
        room -= weight(text) + ROW
        if room < 0:
            break
        shown.append(text)
    return shown


def within(head: Sequence[Block], blocks: Sequence[Block], foot: Sequence[Block]) -> tuple[Block, ...]:
    """`head`, as many of `blocks` as a message has room for, and `foot`."""
    room = MOST_CHARACTERS - FRAME - weight([*head, *foot])
    kept: list[Block] = []
    for block in blocks:
        if weight(block) + 1 <= room and len(head) + len(kept) + len(foot) < MOST_BLOCKS - 2:
            room -= weight(block) + 1
            kept.append(block)
    return (*head, *kept, *foot)


def flowing(words: Iterable[str], *, separator: str = " · ", width: int = LINE) -> list[str]:
    """`words` with separators, in as few lines of at most `width` as they need."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(separator) + len(word) <= width:
            lines[-1] += separator + word
        else:
            lines.append(word)
    return lines


def pieces(lines: Iterable[str], *, most: int = SECTION) -> list[str]:
    """`lines` joined into texts of at most `most` characters; each line is shorter than that."""
    texts: list[str] = []
    for line in lines:
        if texts and weight(texts[-1]) + weight(line) <= most:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return texts
