"""What customers and third parties may ask: their digest, planned work and help; nothing that is ours alone."""

from commands.ask import Ask
from commands.command import Command
from commands.meant import is_here, teams_of
from domain.refusal import Refusal
from domain.team import Team
from storage.store import Store
from storage.transaction import Transaction

ELSEWHERE = "Steward serves another Slack workspace here. Ask its operators for one of your own."


def require_insider(ask: Ask, command: Command, store: Store) -> None:
    """Raises `Refusal` where the asker is a member of a customer or third party only, or unknown in their channel."""
    if ask.guest_of and not command.for_guests:
        raise Refusal(ELSEWHERE)
    if command.for_outsiders:
        return
    with store.read(ask.workspace) as tx:
        refuse_outsiders(tx, ask)


def outsider_teams(tx: Transaction, ask: Ask) -> list[Team]:
    """The customers and third parties that the asker is of, or whose channel this is; none for one of ours.

    Raises `Refusal` for a guest of whom no team is known.
    """
    if ask.guest_of:
        if theirs := teams_of(ask, tx):
            return theirs
        raise Refusal(ELSEWHERE)
    here = [team for team in tx.teams.all() if is_here(team, ask)]
    theirs = teams_of(ask, tx) or [team for team in here if not team.internal]
    return [] if any(team.internal for team in theirs) else theirs


def refuse_outsiders(tx: Transaction, ask: Ask) -> None:
    """Raises `Refusal` where the asker is one."""
    if outsider_teams(tx, ask):
        raise Refusal(
            f"This tells internal things.\n`{ask.command} digest now` shows what is agreed with you, "
            f"`{ask.command} maintenance` what is planned."
        )
