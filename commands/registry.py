"""Who answers an ask."""

from dataclasses import dataclass, replace

from commands.ask import Ask
from commands.listing import COMMANDS
from commands.meant import is_here
from commands.offers import offers
from commands.outsiders import require_insider
from commands.words import UnknownCommand, command_meant, corrected, in_full
from domain.channel import Channel
from domain.refusal import Refusal, Unreachable
from messages.asking import askable
from messages.form import Form
from messages.framing import for_all, for_asker
from messages.message import Message
from messages.refusal import refusal_message
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer; `refused` says in words why nothing was done, "" where it was."""

    message: Message
    refused: str = ""


def answer(ask: Ask, store: Store) -> Message:
    """The answer to `ask` for its asker; a refusal is one too.

    What only an operator can mend, or nobody foresaw, is raised.
    """
    return attempt(ask, store).message


def attempt(ask: Ask, store: Store) -> Attempt:
    """The same, and whether it was refused."""
    meant = ask
    try:
        command = command_meant(ask, COMMANDS)
        meant = in_full(ask, command)
        require_insider(meant, command, store)
        said = command.run(meant, store)
    except Refusal as refusal:
        return Attempt(_refused(meant, refusal, store), str(refusal))
    can_share = command.shareable and not ask.in_direct_message and askable(meant.text)
    return Attempt(for_asker(said, share=meant.text if can_share else None))


def form_for(ask: Ask, store: Store) -> Form | Message:
    """The form for what is missing in `ask`; where nothing is, or where it is refused, the answer. Raises as that."""
    meant = ask
    try:
        command = command_meant(ask, COMMANDS)
        meant = in_full(ask, command)
        require_insider(meant, command, store)
        form = command.form(meant, store) if command.form else None
    except Refusal as refusal:
        return _refused(meant, refusal, store)
    return form or answer(meant, store)


def form_of(ask: Ask, store: Store) -> Form | None:
    """The form for what is missing in `ask`; None where nothing is, or where it is refused."""
    try:
        command = command_meant(ask, COMMANDS)
        meant = in_full(ask, command)
        require_insider(meant, command, store)
        return command.form(meant, store) if command.form else None
    except Refusal:
        return None


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
