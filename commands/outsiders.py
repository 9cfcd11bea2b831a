"""What customers and third parties may ask: their digest, planned work and help; nothing that is ours alone."""

from commands.ask import Ask
from commands.command import Command
from commands.meant import teams_of
from domain.refusal import Refusal
from storage.store import Store


def require_insider(ask: Ask, command: Command, store: Store) -> None:
    """Raises `Refusal` where the asker is known only as a member of a customer or a third party."""
    if command.for_outsiders:
        return
    with store.read(ask.workspace) as tx:
        theirs = teams_of(ask, tx.teams.all())
    if theirs and not any(team.internal for team in theirs):
        raise Refusal(
            f"This tells internal things.\n`{ask.command} digest now` shows what is agreed with you, "
            f"`{ask.command} maintenance` what is planned."
        )
