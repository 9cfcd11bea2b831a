"""All commands, and who answers an ask."""

from commands.ask import Ask
from commands.command import Command
from commands.status import find_in, status
from domain.lookup import AmbiguousName, UnknownName, cleaned, quoted
from domain.refusal import Refusal, Unreachable, suggestions
from messages.help import command_help, help_message
from messages.message import Message
from messages.refusal import refusal_message
from storage.store import Store


def answer(ask: Ask, store: Store) -> Message:
    """The answer to `ask`; a refusal is one too. What only an operator can mend, or nobody foresaw, is raised."""
    try:
        return _command(ask, store).run(ask, store)
    except Unreachable:
        raise
    except Refusal as refusal:
        return refusal_message(refusal)


def show_help(ask: Ask, _store: Store) -> Message:
    """What one can ask; with a word, that command."""
    wanted = ask.rest.lower()
    if wanted in ("", "all"):
        return help_message([command.shown for command in COMMANDS], command=ask.command)
    for command in COMMANDS:
        if command.word == wanted:
            return command_help(command.shown, command=ask.command)
    raise _no_command(ask, wanted)


def _command(ask: Ask, store: Store) -> Command:
    for command in COMMANDS:
        if command.word == (ask.word or "help"):
            return command
    raise _no_command(ask, ask.word, _meant_name(ask, store))


def _meant_name(ask: Ask, store: Store) -> str | None:
    """The name that somebody typed without a command, if it is one."""
    with store.read(ask.workspace) as tx:
        try:
            return find_in(tx, ask.text).name
        except AmbiguousName:
            return ask.text
        except UnknownName:
            return None


def _no_command(ask: Ask, word: str, name: str | None = None) -> Refusal:
    close = suggestions(word[:40], [command.word for command in COMMANDS], most=1)
    meant = close[0] if close else f"status {cleaned(name)}" if name else None
    hint = f"Did you mean `{ask.command} {meant}`? " if meant else ""
    return Refusal(f'There is no command "{quoted(word)}".\n{hint}`{ask.command} help` shows all.')


COMMANDS: tuple[Command, ...] = (
    Command("status", "status [NAME]", "how it stands", "status checkout", status),
    Command("help", "help [WORD]", "what you can ask", "help status", show_help),
)
