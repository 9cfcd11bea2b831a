"""All commands, and who answers an ask."""

from dataclasses import replace

from commands.ack import ack
from commands.ask import Ask
from commands.breach_warnings import warnings
from commands.command import Command
from commands.digest import digest
from commands.explain import explain
from commands.help import show_help
from commands.history import history
from commands.maintenance import maintenance
from commands.meant import is_here
from commands.mine import mine
from commands.offers import offers
from commands.outsiders import require_insider
from commands.snooze import snooze
from commands.status import status
from commands.who import who
from commands.words import UnknownCommand, command_meant, corrected, in_full
from domain.channel import Channel
from domain.refusal import Refusal, Unreachable
from messages.asking import askable
from messages.framing import for_all, for_asker
from messages.message import Message
from messages.refusal import refusal_message
from storage.store import Store


def answer(ask: Ask, store: Store) -> Message:
    """The answer to `ask` for its asker; a refusal is one too.

    What only an operator can mend, or nobody foresaw, is raised.
    """
    meant = ask
    try:
        command = command_meant(ask, COMMANDS)
        meant = in_full(ask, command)
        require_insider(meant, command, store)
        said = command.run(meant, store)
    except Refusal as refusal:
        return _refused(meant, refusal, store)
    can_share = command.shareable and not ask.in_direct_message and askable(meant.text)
    return for_asker(said, share=meant.text if can_share else None)


def shared(ask: Ask, store: Store, channel: Channel) -> Message:
    """The answer to `ask` for all in `channel`. Raises `Refusal` where they may not see it."""
    here = replace(ask, channel_name=channel.name or ask.channel_name)
    if channel.shared:
        raise _internal_only("This channel is shared with people outside")
    if _is_outsiders(here, store):
        raise _internal_only("This channel is a customer's or a third party's")
    command = command_meant(here, COMMANDS)
    require_insider(here, command, store)
    if not command.shareable:
        raise Refusal(f"What `{ask.command} {command.word}` answers is for you only.")
    return for_all(command.run(in_full(here, command), store), by=ask.person)


def slash_commands(command: str) -> list[str]:
    """ "/slm", and what is short for a word after it: "/slm-status"."""
    aliases = [one.alias(command) for one in COMMANDS]
    return [command, *(alias for alias in aliases if alias)]


def _is_outsiders(here: Ask, store: Store) -> bool:
    with store.read(here.workspace) as tx:
        return any(is_here(team, here) and not team.internal for team in tx.teams.all())


def _internal_only(why: str) -> Refusal:
    return Refusal(
        f"{why}, so\nnothing internal is shown to all here. Share it in a\nchannel of your own: ask there."
    )


def _refused(ask: Ask, refusal: Refusal, store: Store) -> Message:
    if isinstance(refusal, Unreachable):
        raise refusal
    meant = corrected(refusal, ask, store) if isinstance(refusal, UnknownCommand) else refusal
    return refusal_message(meant, offers(ask, meant))


def _help(ask: Ask, store: Store) -> Message:
    return show_help(ask, COMMANDS, store)


COMMANDS: tuple[Command, ...] = (
    Command("mine", "mine", "what waits for you", "mine", mine, shareable=False),
    Command("status", "status [NAME]", "how it stands", "status checkout", status),
    Command("explain", "explain NAME", "how a figure came about", "explain checkout-a", explain),
    Command("ack", "ack NAME", "you have a warning: nobody else is asked", "ack W-42", ack, shareable=False),
    Command("warnings", "warnings [NAME]", "what is warned of, and was", "warnings checkout", warnings),
    Command("history", "history NAME", "how it stood before", "history checkout by week", history),
    Command("who", "who NAME", "who answers for it", "who checkout", who, shareable=False),
    Command(
        "snooze",
        "snooze NAME TIME",
        "no reminders of a warning for a while",
        "snooze W-42 until digest",
        snooze,
        shareable=False,
    ),
    Command(
        "digest",
        "digest [WORD]",
        "when digests come",
        "digest at 08:30",
        digest,
        shareable=False,
        for_outsiders=True,
    ),
    Command(
        "maintenance",
        "maintenance [NAME]",
        "planned work",
        "maintenance checkout from sat 22:00 to 02:00 because upgrade",
        maintenance,
        shareable=False,
        for_outsiders=True,
    ),
    Command(
        "help", "help [WORD]", "what you can ask", "help status", _help, shareable=False, for_outsiders=True
    ),
)
"""The first is asked by the slash command alone; help shows the first eight."""
