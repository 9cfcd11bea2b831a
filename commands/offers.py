"""What a refusal offers to ask instead: a button each."""

from commands.ask import Ask
from commands.words import UnknownCommand
from domain.refusal import Refusal

Offers = list[tuple[str, str]]
"""Labels, each with the text that it asks."""


def offers(ask: Ask, refusal: Refusal) -> Offers:
    """The asks that may have been meant: another command, or another name in the same one."""
    if isinstance(refusal, UnknownCommand):
        return [(asked, asked) for asked in refusal.asks]
    return [(one, f"{ask.word} {_with_name(ask.rest, refusal.name, one)}") for one in refusal.candidates]


def _with_name(rest: str, name: str, candidate: str) -> str:
    """What was typed after the command's word, with `candidate` instead of `name`; before it where none was typed."""
    if not name:
        return f"{candidate} {rest}".strip()
    before, found, after = rest.rpartition(name)
    return f"{before}{candidate}{after}" if found else candidate
