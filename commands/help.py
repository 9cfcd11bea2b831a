"""`/slm help [WORD|all]`: what one can ask."""

from collections.abc import Sequence
from dataclasses import replace

from commands.ask import Ask
from commands.command import Command
from commands.words import command_meant
from messages.help import command_help, every_command, help_message
from messages.message import Message


def show_help(ask: Ask, commands: Sequence[Command]) -> Message:
    """The first commands, all of them, or one with an example."""
    wanted = replace(ask, text=ask.rest)
    if wanted.word == "all":
        return every_command([command.shown for command in commands], command=ask.command)
    if wanted.word:
        meant = command_meant(wanted, commands)
        return command_help(meant.shown, command=ask.command, alias=meant.alias(ask.command))
    return help_message([command.shown for command in commands], command=ask.command)
