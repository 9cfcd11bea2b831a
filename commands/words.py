"""Which command is meant by the first word of an ask."""

from collections.abc import Sequence
from dataclasses import replace

from commands.ask import Ask
from commands.command import Command
from commands.meant import find_in
from domain.lookup import AmbiguousName, UnknownName, cleaned, quoted
from domain.refusal import Refusal, suggestions
from storage.store import Store

MOST_WORD = 40


class UnknownCommand(Refusal):
    """No command, or several, begin so; `asks` are whole asks that may have been meant."""

    def __init__(self, sentence: str, asks: Sequence[str] = ()) -> None:
        self.asks = tuple(asks)
        super().__init__(sentence)


def command_meant(ask: Ask, commands: Sequence[Command]) -> Command:
    """The one of this word, or the only one that begins so; the first where nothing was said.

    Raises `UnknownCommand`.
    """
    if not ask.word:
        return commands[0]
    found = [command for command in commands if command.word == ask.word]
    found = found or [command for command in commands if command.word.startswith(ask.word)]
    if len(found) > 1:
        words = [command.word for command in found]
        sentence = f'"{quoted(ask.word)}" may be {" or ".join(f"`{ask.command} {word}`" for word in words)}.'
        raise UnknownCommand(f"{sentence}\nWhich one?", [f"{word} {ask.rest}".strip() for word in words])
    if not found:
        raise _no_command(ask, commands)
    return found[0]


def corrected(unknown: UnknownCommand, ask: Ask, store: Store) -> UnknownCommand:
    """The same; but where somebody typed a name without a command, with that name's status."""
    name = None if unknown.asks else _name_typed(ask, store)
    if name is None:
        return unknown
    return _refused(ask, f"status {name}")


def in_full(ask: Ask, command: Command) -> Ask:
    """The ask with the whole word of its command."""
    return replace(ask, text=f"{command.word} {ask.rest}".strip())


def _no_command(ask: Ask, commands: Sequence[Command]) -> UnknownCommand:
    close = suggestions(ask.word[:MOST_WORD], [command.word for command in commands], most=1)
    return _refused(ask, *(f"{word} {ask.rest}".strip() for word in close))


def _refused(ask: Ask, *meant: str) -> UnknownCommand:
    hint = f"Did you mean `{ask.command} {cleaned(meant[0])}`? " if meant else ""
    return UnknownCommand(
        f'There is no command "{quoted(ask.word)}".\n{hint}`{ask.command} help` shows all.', meant
    )


def _name_typed(ask: Ask, store: Store) -> str | None:
    with store.read(ask.workspace) as tx:
        try:
            return find_in(tx, ask.text, at=ask.at).name
        except AmbiguousName:
            return ask.text
        except UnknownName:
            return None
