"""`/slm help [WORD|all]`: what one can ask."""

from collections.abc import Sequence
from dataclasses import replace

from commands.ask import Ask
from commands.command import Command
from commands.words import command_meant
from messages.help import command_help, every_command, help_message
from messages.message import Message
from storage.store import Store


def show_help(ask: Ask, commands: Sequence[Command], store: Store) -> Message:
    """The first commands, all of them, or one with an example; how to load definitions where `store` has none."""
    wanted = replace(ask, text=ask.rest)
    usages = [command.shown for command in commands]
    empty = _is_empty(ask, store)
    if wanted.word == "all":
        return every_command(usages, command=ask.command, empty=empty)
    if wanted.word:
        meant = command_meant(wanted, commands)
        return command_help(meant.shown, command=ask.command, alias=meant.alias(ask.command))
    return help_message(usages, command=ask.command, empty=empty)


def _is_empty(ask: Ask, store: Store) -> bool:
    with store.read(ask.workspace) as tx:
        return not tx.objectives.all()
