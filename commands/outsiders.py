"""What customers and third parties may ask: their digest, planned work and help; nothing that is ours alone."""

from commands.ask import Ask
from commands.command import Command
from commands.meant import is_here, teams_of
from domain.refusal import Refusal
from storage.store import Store


def require_insider(ask: Ask, command: Command, store: Store) -> None:
    """Raises `Refusal` where the asker is a member of a customer or third party only, or unknown in their channel."""
    if command.for_outsiders:
        return
    with store.read(ask.workspace) as tx:
        teams = tx.teams.all()
    theirs = teams_of(ask, teams) or [team for team in teams if is_here(team, ask) and not team.internal]
    if theirs and not any(team.internal for team in theirs):
        raise Refusal(
            f"This tells internal things.\n`{ask.command} digest now` shows what is agreed with you, "
            f"`{ask.command} maintenance` what is planned."
        )
